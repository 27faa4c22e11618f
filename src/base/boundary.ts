/**
 * Places in the code where a crash must lose nothing. A test kills the process there; otherwise passing one does nothing.
 */
export const BOUNDARIES = [
  'request.before-create',
  'request.after-create',
  'look.before-record',
  'look.after-record',
  'approve.before-record',
  'approve.after-record',
  'execute.before-store',
  'execute.in-store',
  'execute.after-store',
  'execute.before-record',
  'execute.after-record',
  'settle.before',
  'settle.after',
  'again.before-find',
  'again.after-find',
  'prove.before-search',
  'prove.after-search',
  'close.before-record',
  'close.after-record',
  'export.before-rename',
  'export.after-rename',
  'publish.before-record',
  'publish.after-record',
  'publish.before-rename',
] as const

export type Boundary = (typeof BOUNDARIES)[number]

type Watcher = (name: Boundary) => void

const watcher: Watcher | undefined = fromEnvironment(process.env.KEPT_TEST_KILL_AT)

/** `NAME` or `NAME:3` (the third passing) kills this very process with SIGKILL. */
function fromEnvironment(setting: string | undefined): Watcher | undefined {
  if (!setting) return undefined
  const [wanted, times] = setting.split(':')
  let left = Number(times ?? 1)
  return (name) => {
    if (name !== wanted) return
    left -= 1
    if (left <= 0) process.kill(process.pid, 'SIGKILL')
  }
}

/** Marks a place where the process may be killed. */
export function boundary(name: Boundary): void {
  watcher?.(name)
}
