import { connect, type Socket } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { runCommand } from './run.ts'
import { type Answer, type Asked, socketPath } from './socket.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/**
 * Runs a command here, or in the process that holds the data directory, when one listens there. With a database server
 * (KEPT_DATABASE_URL) nobody holds anything, and every command runs where it was called.
 */
export async function runForwarded(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (terminal.env.KEPT_DATABASE_URL || !needsDatabase(words)) return runCommand(words, terminal)
  const socket = await reach(socketPath(resolve(terminal.cwd, dataOf(words))))
  return socket ? ask(socket, words, terminal) : runCommand(words, terminal)
}

/** Commands that open no database run where they are called. */
function needsDatabase(words: readonly string[]): boolean {
  const [first, second] = words.filter((word) => !word.startsWith('-'))
  if (words.includes('--help') || words.includes('-h')) return false
  // `check` keeps nothing, but the stores it looks into may be open in that process, and an embedded one only there.
  if (['request', 'case', 'backup', 'status', 'check', 'retention', 'hold', 'staff'].includes(first ?? '')) return true
  if (first === 'notice') return second !== 'build' || words.includes('--checked')
  if (first === 'evidence') return second === 'export' || second === 'rotate-key'
  return first === 'store' && (second === 'check' || second === 'guard')
}

/** The folder that --data names, as the command line will read it. */
function dataOf(words: readonly string[]): string {
  let data = '.kept'
  for (const [index, word] of words.entries()) {
    if (word === '--') break
    if (word === '--data') data = words[index + 1] ?? data
    else if (word.startsWith('--data=')) data = word.slice('--data='.length)
  }
  return data
}

function reach(path: string): Promise<Socket | undefined> {
  return new Promise((done) => {
    const socket = connect(path)
    socket.once('connect', () => done(socket))
    socket.once('error', () => done(undefined))
  })
}

async function ask(socket: Socket, words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const asked: Asked = {
    words,
    cwd: terminal.cwd,
    interactive: terminal.interactive,
    env: Object.fromEntries(
      Object.entries(terminal.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
  }
  socket.on('error', () => socket.destroy())
  socket.write(`${JSON.stringify(asked)}\n`)
  for await (const line of createInterface({ input: socket })) {
    const answer = JSON.parse(line) as Answer
    if ('out' in answer) terminal.out(answer.out)
    else if ('err' in answer) terminal.err(answer.err)
    else return answer.code === 0 || answer.code === 1 ? answer.code : 2
  }
  terminal.err('kept: the process that holds the data directory ended before it answered.\n')
  terminal.err('  mend: run the command again; a request goes on with kept request resume ID\n')
  return 2
}
