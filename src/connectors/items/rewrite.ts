import { type Codec, parseCodec, type Redactor, rewrite } from '../../content/index.ts'
import { textsOf } from './cell-value.ts'
import type { ItemField } from './layout.ts'
import type { Cell, Item } from './source.ts'

export interface RewrittenCell {
  readonly cell: Cell
  /** A container that could not be rewritten went whole. */
  readonly removed: boolean
}

/** The codec of one cell: named by the map, or by another cell of the item; what nobody knows is sniffed. */
export function codecOf(field: ItemField, item: Item): Codec {
  if (field.codec === undefined) return field.live.base === 'bytes' ? 'auto' : ['text']
  if ('name' in field.codec) return parseCodec(field.codec.name) ?? 'auto'
  return parseCodec(textsOf(item.cells[field.codec.by] ?? null)[0] ?? '') ?? 'auto'
}

/** The cell without the people's identifiers, or undefined where it holds none. */
export async function rewriteCell(
  item: Item,
  field: ItemField,
  redactor: Redactor,
): Promise<RewrittenCell | undefined> {
  const cell = item.cells[field.column.column] ?? null
  if (cell === null) return undefined
  const codec = codecOf(field, item)
  if (typeof cell !== 'string' && !(cell instanceof Uint8Array)) {
    const texts = cell.map((text) => redactor.text(text))
    return texts.some(({ replaced }) => replaced > 0)
      ? { cell: texts.map(({ text }) => text), removed: false }
      : undefined
  }
  const bytes = typeof cell === 'string' ? Buffer.from(cell) : cell
  const result = await rewrite(bytes, codec, redactor)
  if (result.outcome === 'unchanged') return undefined
  if (result.outcome === 'removed') return { cell: field.live.nullable ? null : '', removed: true }
  return { cell: typeof cell === 'string' ? Buffer.from(result.bytes).toString('utf8') : result.bytes, removed: false }
}
