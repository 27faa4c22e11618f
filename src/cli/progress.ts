import type { Progress } from '../requests/engine.ts'
import type { CommonOptions } from '../workspace/workspace.ts'
import type { Terminal } from './terminal.ts'

const ACTS: Record<Progress['act'], string> = {
  look: 'looking in',
  execute: 'erasing in',
  again: 'looking again in',
  search: 'searching every cell of',
  export: 'copying from',
  replay: 'erasing again in',
}

/** A line of progress on stderr, at most five a second; nothing where nobody looks, unless asked for. */
export function progressFor(terminal: Terminal, options: CommonOptions): (progress: Progress) => void {
  if (options.progress !== true && !terminal.interactive) return () => {}
  let last = ''
  let lastAt = 0
  return ({ act, store, done, of, bytes }) => {
    const head = `${ACTS[act]} ${store}`
    const now = Date.now()
    if (head === last && now - lastAt < 200) return
    last = head
    lastAt = now
    const counts = of !== undefined && of > 1 ? `: ${done ?? 0} of ${of}` : done ? `: ${done}` : ''
    const read = bytes ? ` (${(bytes / 1e6).toFixed(0)} MB)` : ''
    terminal.err(`kept: ${head}${counts}${read}\n`)
  }
}
