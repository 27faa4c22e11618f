import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { canonicalJson, type JsonValue } from '../base/canonical-json.ts'
import { sha256Hex } from '../base/hash.ts'
import { Fault } from '../language/fault.ts'
import type { Operation } from './operations.ts'

/** One durable commit of the embedded database: the entries and what they attest, without secrets. */
export interface JournalLine {
  readonly controller: string
  /** Index of the first entry; the log's size before this commit. */
  readonly first: number
  readonly entries: readonly string[]
  readonly operations: readonly Operation[]
}

/** How far a journal goes: its commits, bytes and running hash. The database keeps the same of what it holds. */
export interface JournalPosition {
  readonly commits: number
  readonly bytes: number
  readonly hash: string
}

export const journalStart: JournalPosition = { commits: 0, bytes: 0, hash: '0'.repeat(64) }

/** The line to be written after `position`: running hash, space, canonical JSON; and where the journal then stands. */
export function journalLine(position: JournalPosition, line: JournalLine): { text: string; position: JournalPosition } {
  const content = canonicalJson(line as unknown as JsonValue)
  const hash = sha256Hex(`${position.hash} ${content}`)
  const text = `${hash} ${content}\n`
  return { text, position: { commits: position.commits + 1, bytes: position.bytes + Buffer.byteLength(text), hash } }
}

/** An append-only file that is on the disk before a commit is acknowledged: PGlite itself never waits for the disk. */
export class Journal {
  readonly path: string
  readonly #file: FileHandle
  position: JournalPosition

  private constructor(path: string, file: FileHandle, position: JournalPosition) {
    this.path = path
    this.#file = file
    this.position = position
  }

  /**
   * Opens the journal where the database stands and hands every later line to `putBack`, in order. A torn last line is
   * cut off. Faults: `evidence.journal-behind` where the database is ahead, `evidence.journal-broken`.
   */
  static async open(
    path: string,
    known: JournalPosition,
    putBack: (line: JournalLine, position: JournalPosition) => Promise<void>,
    lastEntry: () => Promise<string>,
  ): Promise<Journal> {
    const file = await open(path, 'a+', 0o600)
    try {
      await syncDirectory(dirname(path))
      const { size } = await file.stat()
      if (size < known.bytes) throw await behind(path, lastEntry)
      if (known.bytes > 0 && !(await endsAt(file, known))) throw await behind(path, lastEntry)
      let position = known
      for await (const { bytes, text, whole } of linesFrom(path, known.bytes)) {
        const line = whole ? readLine(text, position) : undefined
        if (line === undefined) {
          // Cut off only what a crash leaves: a last line without its end, or with blocks that never reached the disk.
          const torn = !whole || text.includes('\0')
          if (!torn || position.bytes + bytes < size) throw broken(path, position)
          await file.truncate(position.bytes)
          await file.datasync()
          break
        }
        const next = { commits: position.commits + 1, bytes: position.bytes + bytes, hash: text.slice(0, 64) }
        await putBack(line, next)
        position = next
      }
      return new Journal(path, file, position)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** Writes the line and waits until it is on the disk. */
  async append(text: string, position: JournalPosition): Promise<void> {
    await this.#file.appendFile(text)
    await this.#file.datasync()
    this.position = position
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}

/** True where the line that ends at the known place carries the known hash. */
async function endsAt(file: FileHandle, known: JournalPosition): Promise<boolean> {
  const step = 65_536
  let tail = Buffer.alloc(0)
  for (let end = known.bytes; end > 0; ) {
    const start = Math.max(0, end - step)
    const chunk = Buffer.alloc(end - start)
    await file.read(chunk, 0, chunk.length, start)
    tail = Buffer.concat([chunk, tail])
    const newline = tail.lastIndexOf(10, tail.length - 2)
    if (newline >= 0 || start === 0) {
      const line = tail.subarray(newline + 1)
      return line.at(-1) === 10 && line.subarray(0, 64).toString('latin1') === known.hash
    }
    end = start
  }
  return false
}

async function* linesFrom(
  path: string,
  start: number,
): AsyncGenerator<{ bytes: number; text: string; whole: boolean }> {
  let pieces: Buffer[] = []
  for await (const chunk of createReadStream(path, { start, highWaterMark: 1 << 20 })) {
    let at = 0
    for (;;) {
      const newline = (chunk as Buffer).indexOf(10, at)
      if (newline < 0) break
      const line = Buffer.concat([...pieces, (chunk as Buffer).subarray(at, newline)])
      pieces = []
      yield { bytes: line.length + 1, text: line.toString('utf8'), whole: true }
      at = newline + 1
    }
    if (at < chunk.length) pieces.push((chunk as Buffer).subarray(at))
  }
  const rest = Buffer.concat(pieces)
  if (rest.length > 0) yield { bytes: rest.length, text: rest.toString('utf8'), whole: false }
}

function readLine(text: string, position: JournalPosition): JournalLine | undefined {
  const content = text.slice(65)
  if (text[64] !== ' ' || sha256Hex(`${position.hash} ${content}`) !== text.slice(0, 64)) return undefined
  return JSON.parse(content) as JournalLine
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function behind(path: string, lastEntry: () => Promise<string>): Promise<Fault> {
  return new Fault({
    code: 'evidence.journal-behind',
    what: `The database holds evidence that the journal does not: up to ${await lastEntry()}. One of the two was replaced or cut.`,
    mend: 'Put the journal and the database of the same time in place, both from one backup.',
    where: { file: path },
  })
}

function broken(path: string, position: JournalPosition): Fault {
  return new Fault({
    code: 'evidence.journal-broken',
    what: `The evidence journal was changed after commit ${position.commits}, at byte ${position.bytes}.`,
    mend: 'Put the journal back from a backup; keep the changed one, it may be evidence itself.',
    where: { file: path, line: position.commits + 1 },
  })
}
