import { runCommand } from './run.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** Runs a command here, or in the process that holds the data directory. */
export async function runForwarded(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  return runCommand(words, terminal)
}
