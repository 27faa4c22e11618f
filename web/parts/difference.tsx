/** Two texts, line by line: what goes and what comes, each said in a word as well as by colour. */
export function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  const lines = changedLines(before.split('\n'), after.split('\n'))
  return (
    <pre className="difference">
      {lines.map(({ sign, line, at }) => (
        <span key={`${sign} ${at}`} className={sign === '+' ? 'comes' : sign === '-' ? 'goes' : undefined}>
          {sign !== ' ' && <span className="hidden">{sign === '+' ? 'comes: ' : 'goes: '}</span>}
          {`${sign} ${line}\n`}
        </span>
      ))}
    </pre>
  )
}

interface Line {
  readonly sign: '+' | '-' | ' '
  readonly line: string
  readonly at: number
}

const AROUND = 2

/** What stands between the common beginning and the common end, with a little of both: right for one edit. */
function changedLines(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1
  const from = Math.max(0, start - AROUND)
  const as = (sign: Line['sign'], lines: readonly string[], first: number) =>
    lines.map((line, index): Line => ({ sign, line, at: first + index }))
  return [
    ...as(' ', before.slice(from, start), from),
    ...as('-', before.slice(start, before.length - end), start),
    ...as('+', after.slice(start, after.length - end), start),
    ...as(' ', after.slice(after.length - end, after.length - end + AROUND), after.length - end),
  ]
}
