import { open } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import { sha256Hex } from '../base/hash.ts'
import type { Path } from '../commitments/commitment-kind.ts'
import { Fault, type Place } from '../language/fault.ts'
import { type Mark, type Marks, markKey, pathText } from './place.ts'
import { plainValue } from './plain-value.ts'

/** A YAML file that was read: its plain value, and where each part of it stands. */
export interface Located {
  readonly file: string
  readonly source: string
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string
  readonly value: unknown
  /** Place of a key or value; of the nearest enclosing one where the path leads to nothing. */
  place(path: Path, at?: 'key' | 'value'): Place
}

// Larger than any policy written by people; a limit so that a wrong path cannot fill the memory.
const mostBytes = 1_048_576

const readBytes = async (file: string): Promise<Buffer> => {
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.alloc(mostBytes + 1)
    let length = 0
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return buffer.subarray(0, length)
  } finally {
    await handle.close()
  }
}

const placeFinder =
  (file: string, marks: Marks) =>
  (path: Path, at: 'key' | 'value' = 'value'): Place => {
    let mark: Mark | undefined
    for (let length = path.length; length >= 0 && mark === undefined; length--) {
      const key = markKey(path.slice(0, length))
      mark =
        at === 'key' || length < path.length ? (marks.keys.get(key) ?? marks.values.get(key)) : marks.values.get(key)
    }
    return { file, ...mark, ...(path.length === 0 ? {} : { path: pathText(path) }) }
  }

/** The YAML library's messages quote the source in later lines; only the first is kept. */
const firstLine = (message: string): string => {
  const line = (message.split('\n', 1)[0] ?? '').replace(/:$/, '')
  // Some quote a token, which may be part of a connection string.
  return /[=@]|:\/\//.test(line) ? (line.split(':', 1)[0] ?? '') : line
}

const unreadable = (file: string, cause: unknown): Fault => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  const what = { ENOENT: 'there is no such file', EISDIR: 'this is a directory', EACCES: 'it may not be read' }[code]
  return new Fault({
    code: 'yaml.unreadable',
    where: { file },
    what: `cannot read ${file}: ${what ?? code}`,
    mend: 'name a readable YAML file',
    cause,
  })
}

/** Reads a YAML 1.2 file (core schema, one document, at most 1 MB) with the places of everything in it. */
export const readLocated = async (file: string): Promise<{ located?: Located; faults: Fault[] }> => {
  let bytes: Buffer
  try {
    bytes = await readBytes(file)
  } catch (cause) {
    return { faults: [unreadable(file, cause)] }
  }
  return locate(file, bytes)
}

/** The same for the bytes of a file. */
export const locate = (file: string, bytes: Uint8Array): { located?: Located; faults: Fault[] } => {
  const refuse = (code: string, what: string, mend: string): { faults: Fault[] } => ({
    faults: [new Fault({ code, where: { file }, what, mend })],
  })
  if (bytes.length > mostBytes)
    return refuse('yaml.too-large', 'the file is larger than 1 MB', 'split it, or take out what is no policy')
  let source: string
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('yaml.not-utf8', 'the file is not UTF-8 text', 'save it as UTF-8')
  }
  const lines = new LineCounter()
  const markAt = (offset: number): Mark => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  try {
    const document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      merge: false,
      // Checked by ourselves: the library compares every pair of keys.
      uniqueKeys: false,
      lineCounter: lines,
      prettyErrors: false,
      // Not silent: a second document would be dropped without a word.
      logLevel: 'error',
    })
    const faults = [...document.errors, ...document.warnings].map(
      (error) =>
        new Fault({
          code: 'yaml.syntax',
          where: { file, ...markAt(error.pos[0]) },
          what: firstLine(error.message),
          mend: 'write plain YAML 1.2: one document, no tags of your own',
        }),
    )
    if (faults.length > 0) return { faults }
    const { value, marks, faults: found } = plainValue(document, file, markAt)
    const sha256 = sha256Hex(bytes)
    return { located: { file, source, sha256, value, place: placeFinder(file, marks) }, faults: [...found] }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    return refuse('yaml.too-deep', 'the file is nested too deeply', 'write it with fewer levels')
  }
}
