/** Logs are one JSON object a line; no addresses, no queries, no paths with ids, nothing of persons. */
export interface LogLine {
  readonly level: 'info' | 'warning' | 'error'
  /** What happened, in words that never change: `request`, `job`, `started`. */
  readonly event: string
  readonly [member: string]: string | number | boolean | undefined
}

export type Log = (line: LogLine) => void

/** Writes each line to a stream with the instant first. */
export function jsonLog(write: (text: string) => void, now: () => Date = () => new Date()): Log {
  return (line) => write(`${JSON.stringify({ at: now().toISOString(), ...line })}\n`)
}
