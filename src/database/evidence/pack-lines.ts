import { isUtf8 } from 'node:buffer'
import { type JsonValue, parseCanonical } from '../../base/canonical-json.ts'
import { leafDigest, nodeDigest } from './tree.ts'

/** Lines of one subtree: a chunk that begins at a multiple of this and is full comes back as one root. */
export const chunkLines = 1024
const mostProblems = 20

/** A part of a pack: whole lines with their newlines. */
export interface Chunk {
  readonly bytes: Uint8Array
  /** Index of the first line's entry. */
  readonly first: number
  readonly controller: string
  /** False: only hashes are wanted. */
  readonly form: boolean
  /** The single leaf hashes are wanted, because an older checkpoint ends inside. */
  readonly leaves: boolean
}

export interface PackProblem {
  readonly code:
    | 'form'
    | 'header'
    | 'canonical'
    | 'index'
    | 'controller'
    | 'count'
    | 'root'
    | 'signature'
    | 'key'
    | 'rewritten'
    | 'cut-off'
    | 'since'
    | 'rotation'
  readonly what: string
  /** Line of the file, from 1. */
  readonly line?: number
}

export interface CheckedChunk {
  readonly first: number
  readonly count: number
  /** Root of the chunk's complete subtree, or its leaf hashes one after the other. */
  readonly root?: Uint8Array
  readonly leaves?: Uint8Array
  readonly problems: readonly PackProblem[]
}

/** Hashes every line and checks its form, index and controller. */
export function checkChunk(chunk: Chunk): CheckedChunk {
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.length)
  const problems: PackProblem[] = []
  if (!isUtf8(bytes)) problems.push({ code: 'canonical', what: 'bytes that are not UTF-8', line: chunk.first + 2 })
  const leaves: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at)
    const line = bytes.subarray(at, end)
    const index = chunk.first + leaves.length
    leaves.push(leafDigest(line))
    const problem = chunk.form ? lineProblem(line.toString('utf8'), index, chunk.controller) : undefined
    if (problem !== undefined && problems.length < mostProblems) problems.push(problem)
    at = end + 1
  }
  const count = leaves.length
  const whole = count === chunkLines && chunk.first % chunkLines === 0 && !chunk.leaves
  const result = { first: chunk.first, count, problems }
  return whole ? { ...result, root: toBytes([subtree(leaves)]) } : { ...result, leaves: toBytes(leaves) }
}

/** Root over a power of two of leaves. */
function subtree(leaves: readonly string[]): string {
  let level = leaves
  while (level.length > 1) {
    const next: string[] = []
    for (let i = 0; i < level.length; i += 2) next.push(nodeDigest(level[i] as string, level[i + 1] as string))
    level = next
  }
  return level[0] as string
}

function toBytes(digests: readonly string[]): Uint8Array {
  return new Uint8Array(Buffer.from(digests.join(''), 'latin1'))
}

function lineProblem(text: string, index: number, controller: string): PackProblem | undefined {
  const line = index + 2
  const entry = parseCanonical(text)
  if (entry === undefined) return { code: 'canonical', what: 'a line is not canonical JSON', line }
  if (!isEntry(entry)) return { code: 'form', what: 'a line is not an entry', line }
  if (entry.index !== index) {
    return { code: 'index', what: `entry ${index} is expected here; something is missing, added or out of order`, line }
  }
  if (entry.controller !== controller) return { code: 'controller', what: "an entry is another controller's", line }
  return undefined
}

function isEntry(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'at,body,controller,index,type'
}
