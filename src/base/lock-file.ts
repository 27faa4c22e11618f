import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'

interface Holder {
  readonly pid: number
  /** When the process started, as the system tells it: a reused pid is not taken for the holder. */
  readonly started: string
  readonly host: string
  readonly nonce: string
}

/** What a lock stands for is held by a living process: `holder` names it. */
export class Held extends Error {
  readonly path: string
  readonly holder: string

  constructor(path: string, holder: Holder | undefined) {
    const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
    super(`held by ${who}`)
    this.name = 'Held'
    this.path = path
    this.holder = who
  }
}

/**
 * Takes the lock at `path` for this process. One whose process is dead is reaped; a living one's throws `Held`.
 * Returns the function that gives it back.
 */
export function lockFile(path: string): () => void {
  return take(path, 0)
}

function take(path: string, depth: number): () => void {
  const mine: Holder = {
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    host: hostname(),
    nonce: randomBytes(8).toString('hex'),
  }
  for (let attempt = 0; attempt < 50; attempt++) {
    if (place(path, mine)) return () => remove(path, mine.nonce)
    const holder = read(path)
    if (holder === undefined) continue
    if (depth > 3 || !isDead(holder)) throw new Held(path, holder)
    // Reaping is itself exclusive for this one dead holder: two that saw it dead cannot remove each other's new lock.
    const done = take(`${path}.reap-${holder.nonce}`, depth + 1)
    try {
      remove(path, holder.nonce)
    } finally {
      done()
    }
  }
  throw new Held(path, undefined)
}

/** Puts the lock in place whole, or not at all where one stands. */
function place(path: string, holder: Holder): boolean {
  const unfinished = `${path}.${holder.nonce}`
  writeFileSync(unfinished, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(unfinished, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(unfinished)
  }
}

function read(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder
    return typeof holder.pid === 'number' && /^[0-9a-f]{16}$/.test(holder.nonce) ? holder : undefined
  } catch {
    return undefined
  }
}

function remove(path: string, nonce: string): void {
  if (read(path)?.nonce !== nonce) return
  try {
    unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** Only a process of this machine can be known to be dead. */
function isDead(holder: Holder): boolean {
  if (holder.host !== hostname()) return false
  const started = startOf(holder.pid)
  return started === undefined || started !== holder.started
}

/** When a living process started; undefined where there is none. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Field 3 is the state: a zombie holds nothing any more. Field 22 is the start, in ticks since boot.
    return fields[0] === 'Z' ? undefined : `${boot} ${fields[19]}`
  } catch {
    return startByPs(pid)
  }
}

function startByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}
