import { Badge } from './badge.tsx'

export interface ToldFault {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly what: string
  readonly mend: string
  readonly where?: { readonly line?: number; readonly column?: number; readonly path?: string }
}

/** Faults in the order of their places, each with how to mend it. `go`: leads to a place of the text. */
export function FaultList({
  faults,
  go,
}: {
  readonly faults: readonly ToldFault[]
  readonly go?: (line: number, column: number) => void
}) {
  return (
    <ul className="plain faults">
      {faults.map((fault) => {
        const { line, column = 1 } = fault.where ?? {}
        return (
          <li key={`${line}:${column} ${fault.code} ${fault.what}`}>
            <p className="tight">
              <Badge tone={fault.severity === 'error' ? 'bad' : 'warn'}>{fault.severity}</Badge>{' '}
              {line !== undefined &&
                (go ? (
                  <button type="button" className="link" onClick={() => go(line, column)}>
                    line {line}
                  </button>
                ) : (
                  <span className="quiet">line {line}</span>
                ))}{' '}
              {fault.what}
            </p>
            <p className="tight quiet">{fault.mend}</p>
          </li>
        )
      })}
    </ul>
  )
}
