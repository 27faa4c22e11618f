import type { Surroundings } from '../workspace/surroundings.ts'
import type { Keyboard } from './desk.ts'

/** Where a command runs: its folder, its variables, and where it writes. In a server it is another process's. */
export interface Terminal extends Surroundings {
  /** A person looks at stderr: progress may be shown there. */
  readonly interactive: boolean
  /** Where a person can be asked; without one nobody is. */
  readonly keyboard?: Keyboard
  out(text: string): void
  /** Aborted when the person interrupts. */
  readonly interrupted?: AbortSignal
}

/** 0 done; 1 something is wrong in what was looked at; 2 wrong use, unreadable file, our own fault. */
export type ExitCode = 0 | 1 | 2

/** The terminal of this very process. */
export function processTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    env: process.env,
    interactive: process.stderr.isTTY === true,
    // Asked on stderr: stdout may go into a file.
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { keyboard: { input: process.stdin, output: process.stderr } }
      : {}),
    out: (text) => {
      process.stdout.write(text)
    },
    err: (text) => {
      process.stderr.write(text)
    },
  }
}

/** Exactly one JSON document on stdout. */
export function printJson(terminal: Terminal, document: unknown): void {
  terminal.out(`${JSON.stringify(document, null, 2)}\n`)
}
