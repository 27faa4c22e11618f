import type { Difference } from '../../src/notice/difference/difference.ts'
import { Badge, type Tone } from '../parts/badge.tsx'

const CLASSES: Record<Difference['class'], { readonly word: string; readonly tone: Tone }> = {
  wider: { word: 'more is done with data', tone: 'bad' },
  narrower: { word: 'less is done with data', tone: 'good' },
  neutral: { word: 'nothing changes for people', tone: 'calm' },
}

/** What changes for people, the widest first. */
export function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  if (differences.length === 0) return <p className="done">Nothing changes against the version in force.</p>
  const order = ['wider', 'narrower', 'neutral']
  const sorted = differences.toSorted((one, other) => order.indexOf(one.class) - order.indexOf(other.class))
  return (
    <ul className="plain card">
      {sorted.map((one) => (
        <li key={`${one.commitment} ${one.key} ${one.what}`}>
          <p className="tight">
            <Badge tone={CLASSES[one.class].tone}>{CLASSES[one.class].word}</Badge> {one.what}
          </p>
          <p className="tight quiet">
            <span className="mono">{one.commitment}</span> · {one.why}
          </p>
        </li>
      ))}
    </ul>
  )
}
