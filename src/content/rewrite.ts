/** One cell, rewritten without a person's identifiers or read as text. Bounded in memory; nothing is written to disk. */
import { CODECS, type Codec } from './codecs.ts'
import { applyEdits, type Edit } from './edit.ts'
import { LIMITS, type Limits, Uncleared } from './limits.ts'
import type { Redactor } from './redactor.ts'
import { sniff } from './sniff.ts'
import { type At, Walk } from './walk.ts'

/** What became of a cell. */
export interface Rewritten {
  /** The new bytes; the very bytes given when unchanged, none when removed. */
  readonly bytes: Uint8Array
  readonly replaced: number
  readonly outcome: 'unchanged' | 'rewritten' | 'removed'
  /** Why the cell, or parts inside it, were removed: formats and limits, never data. */
  readonly why?: string
}

/** What was read from a cell, layer by layer. */
export interface Part {
  /** The layers passed: `base64>zip:word/document.xml`. When a layer could not be read: its path, `!`, the reason. */
  readonly path: string
  /** Empty when the layer could not be read. */
  readonly text: string
}

/** A second look finds what the first one joined; more than this says that the replacement itself is an identifier. */
const MOST_ROUNDS = 4

function edits(cell: Uint8Array, codec: Codec, walk: Walk): readonly Edit[] {
  const at: At = { path: '', place: '', rest: codec === 'auto' ? [] : codec, depth: 0 }
  return codec === 'auto' ? walk.inside(cell, at) : walk.value(cell, at)
}

/** A fault of the engine's own limits (string length, stack, memory) counts as not cleared; anything else is a defect. */
function whyNot(error: unknown): { why: string; hit: boolean } | undefined {
  if (error instanceof Uncleared) return error
  return error instanceof RangeError ? { why: 'limit: size or depth', hit: false } : undefined
}

/**
 * Rewrites one cell without the identifiers of `redactor`; everything else stays byte-identical. A layer that cannot be
 * rewritten (PDF, signed mail) or read (damaged, encrypted, beyond `limits`) is removed: inside a mail or an archive that part
 * only, and `why` lists it; otherwise the whole cell, outcome `removed`. With `auto` nothing was declared: what cannot be read
 * stays, and `why` says so although the outcome is `unchanged` or `rewritten`. Never throws on bad input.
 *
 * @example await rewrite(cell, ['base64', 'zip'], compileRedactor(identifiers))
 */
export async function rewrite(
  cell: Uint8Array,
  codec: Codec,
  redactor: Redactor,
  limits?: Partial<Limits>,
): Promise<Rewritten> {
  const bounds = { ...LIMITS, ...limits }
  const notes = new Set<string>()
  let bytes = cell
  let replaced = 0
  try {
    if (cell.length > bounds.cellBytes) throw new Uncleared('limit: bytes of the cell')
    for (let round = 0; ; round++) {
      const walk = new Walk({
        visit: (text) => redactor.spans(text),
        codecs: (name) => CODECS[name],
        sniff,
        limits: bounds,
        replacement: redactor.replacement,
        declared: codec !== 'auto',
      })
      const found = edits(bytes, codec, walk)
      for (const note of walk.notes) notes.add(note)
      if (found.length === 0) break
      if (round === MOST_ROUNDS) throw new Uncleared('identifiers that come back when replaced', true)
      bytes = applyEdits(bytes, found)
      replaced += walk.replaced
    }
  } catch (error) {
    const not = whyNot(error)
    if (not === undefined) throw error
    const why = [...notes, not.why].join('; ')
    if (codec === 'auto' && !not.hit && bytes === cell) return { bytes: cell, replaced: 0, outcome: 'unchanged', why }
    return { bytes: new Uint8Array(0), replaced: replaced + 1, outcome: 'removed', why }
  }
  const why = notes.size === 0 ? {} : { why: [...notes].join('; ') }
  if (bytes === cell) return { bytes: cell, replaced: 0, outcome: 'unchanged', ...why }
  return { bytes, replaced, outcome: 'rewritten', ...why }
}

/**
 * Reads one cell as text for an export, layer by layer. A layer that cannot be read gives a part with empty text whose path
 * ends in `!` and the reason. Never throws on bad input.
 */
export async function* readParts(cell: Uint8Array, codec: Codec, limits?: Partial<Limits>): AsyncIterable<Part> {
  const bounds = { ...LIMITS, ...limits }
  const parts: { path: string; text: string }[] = []
  const walk = new Walk({
    visit: (text, at) => {
      const shown = text.replaceAll('\n\u0001', '\n').replaceAll('\u0001', '\n')
      const last = parts.at(-1)
      if (last !== undefined && last.path === at.path && last.text !== '') last.text += `\n${shown}`
      else if (shown !== '') parts.push({ path: at.path, text: shown })
      return []
    },
    codecs: (name) => CODECS[name],
    sniff,
    limits: bounds,
    replacement: '',
    declared: codec !== 'auto',
    unread: (at, why) => parts.push({ path: `${at.path}!${why}`, text: '' }),
  })
  try {
    if (cell.length > bounds.cellBytes) throw new Uncleared('limit: bytes of the cell')
    edits(cell, codec, walk)
  } catch (error) {
    const not = whyNot(error)
    if (not === undefined) throw error
    parts.push({ path: `!${not.why}`, text: '' })
  }
  yield* parts
}
