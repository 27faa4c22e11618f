import { runForwarded } from './forward.ts'
import { processTerminal } from './terminal.ts'

process.exitCode = await runForwarded(process.argv.slice(2), processTerminal())
