import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

// A socket's path holds at most 107 bytes on Linux and 103 on macOS (sockaddr_un).
const MOST_PATH_BYTES = 100

/** Where the process that holds a data directory listens for commands: inside it, else under a hash in the temporary folder. */
export function socketPath(directory: string): string {
  const inside = join(resolve(directory), 'kept.sock')
  if (Buffer.byteLength(inside) <= MOST_PATH_BYTES) return inside
  const hash = createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 24)
  return join(tmpdir(), `kept-${process.getuid?.() ?? 0}-${hash}.sock`)
}

/** What a command line asks of the process that holds the directory: one JSON line. */
export interface Asked {
  readonly words: readonly string[]
  readonly cwd: string
  readonly interactive: boolean
  /** Variables of the asking process that name connections or Kept's own settings. */
  readonly env: Readonly<Record<string, string>>
}

/** What comes back, one JSON line each; the last one says the exit code. */
export type Answer = { readonly out: string } | { readonly err: string } | { readonly code: number }

/** A command line longer than this is none of ours. */
export const MOST_ASKED_BYTES = 1 << 20
