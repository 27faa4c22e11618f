import type { Direction } from '../../commitments/comparison.ts'
import { columns, count } from './columns.ts'

interface Told {
  readonly class: Direction
  readonly what: string
  readonly why: string
  readonly commitment: string
}

const order: readonly Direction[] = ['wider', 'narrower', 'neutral']

/** Differences as lines: what is wider for people first, then how many there are of each class. */
export function differenceLines(differences: readonly Told[]): string[] {
  if (differences.length === 0) return ['No difference in what is committed to.']
  const lines = order.flatMap((direction) =>
    columns(
      differences
        .filter((one) => one.class === direction)
        .map((one) => [one.class.padEnd('narrower'.length), one.commitment, `${one.what}: ${one.why}`]),
    ),
  )
  const counts = order.map((direction) => `${differences.filter((one) => one.class === direction).length} ${direction}`)
  return [...lines, '', `${count(differences.length, 'difference')}: ${counts.join(', ')}`]
}
