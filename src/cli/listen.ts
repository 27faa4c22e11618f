import { chmodSync, lstatSync, unlinkSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { KeptDatabase } from '../database/open.ts'
import { runCommand } from './run.ts'
import { type Answer, type Asked, MOST_ASKED_BYTES, socketPath } from './socket.ts'
import type { Terminal } from './terminal.ts'

/**
 * Lets other processes of the same user run commands in this one, which holds the data directory: the socket's mode is
 * 0600. Commands run one after the other on the one database. Returns the function that ends it.
 */
export async function listen(directory: string, opened: KeptDatabase): Promise<() => Promise<void>> {
  const path = socketPath(directory)
  removeStale(path)
  const open = new Set<Socket>()
  let last: Promise<unknown> = Promise.resolve()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    void readAsked(socket)
      .then((asked) => {
        const run = () => answer(socket, asked, { directory, opened })
        last = last.then(run, run)
        return last
      })
      .catch(() => socket.destroy())
  })
  // The directory is the user's own (0700), so nobody else can connect before the mode is set.
  const before = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
  } finally {
    process.umask(before)
  }
  chmodSync(path, 0o600)
  return async () => {
    for (const socket of open) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

/** A socket that a dead process left: whoever listens here holds the directory's lock, so nobody lives behind it. */
function removeStale(path: string): void {
  try {
    if (lstatSync(path).isSocket()) unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function readAsked(socket: Socket): Promise<Asked> {
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
    if (bytes > MOST_ASKED_BYTES) socket.destroy()
  })
  for await (const line of createInterface({ input: socket })) return JSON.parse(line) as Asked
  throw new Error('the connection ended before it asked anything')
}

async function answer(
  socket: Socket,
  { words, cwd, env, interactive }: Asked,
  database: NonNullable<Terminal['database']>,
): Promise<void> {
  const say = (given: Answer) => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(given)}\n`)
  }
  const terminal: Terminal = {
    cwd,
    env: { ...process.env, ...env },
    interactive,
    out: (out) => say({ out }),
    err: (err) => say({ err }),
    database,
  }
  const code = await runCommand(words, terminal)
  say({ code })
  socket.end()
}
