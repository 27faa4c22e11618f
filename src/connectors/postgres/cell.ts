import { type Codec, parseCodec, type Redactor, rewrite } from '../../content/index.ts'
import type { FieldLayout } from './layout.ts'

export interface RewrittenCell {
  /** As the column takes it: text, bytes, or null where the container was removed whole. */
  readonly value: string | Uint8Array | null
  readonly removed: boolean
  readonly replaced: number
}

/** The codec of one cell: named by the map, or by a column of the same row; what nobody knows is sniffed. */
export function codecOf(field: FieldLayout, named: string | null): Codec {
  if (field.codec === undefined) return ['text']
  if ('name' in field.codec) return parseCodec(field.codec.name) ?? 'auto'
  return parseCodec(named ?? '') ?? 'auto'
}

/** The cell without the person's identifiers, or undefined where it holds none. */
export async function rewriteCell(
  cell: unknown,
  field: FieldLayout,
  named: string | null,
  redactor: Redactor,
): Promise<RewrittenCell | undefined> {
  if (typeof cell !== 'string' && !(cell instanceof Uint8Array)) return undefined
  const bytes = typeof cell === 'string' ? Buffer.from(cell, 'utf8') : cell
  const result = await rewrite(bytes, codecOf(field, named), redactor)
  if (result.outcome === 'unchanged') return undefined
  if (result.outcome === 'removed') return { value: null, removed: true, replaced: result.replaced }
  const value = typeof cell === 'string' ? Buffer.from(result.bytes).toString('utf8') : result.bytes
  return { value, removed: false, replaced: result.replaced }
}
