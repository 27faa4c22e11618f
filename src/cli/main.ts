import { rmSync } from 'node:fs'
import { unfinished } from '../requests/export/sink.ts'
import { runForwarded } from './forward.ts'
import { processTerminal } from './terminal.ts'

/** As after a crash: every step is restartable, so an interrupted process only clears away what is half written. */
function stopAt(signal: 'SIGINT' | 'SIGTERM', code: number): void {
  process.once(signal, () => {
    for (const path of unfinished) rmSync(path, { recursive: true, force: true })
    process.stderr.write('\nkept: interrupted. A request goes on with: kept request resume ID (kept request list)\n')
    process.exit(code)
  })
}

// A server ends in order, by itself; 128 and the signal's number else, as shells tell it.
if (!['serve', 'worker'].includes(process.argv[2] ?? '')) {
  stopAt('SIGINT', 130)
  stopAt('SIGTERM', 143)
}
// Whoever reads the output may stop reading (`| head`): what was begun is carried out all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
process.exitCode = await runForwarded(process.argv.slice(2), processTerminal())
