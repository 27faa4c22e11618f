import type { ExportRows, ExportTable, Found } from '../../connector.ts'
import { compileRedactor, excerpt, type Identifier, type Redactor, readParts } from '../../content/index.ts'
import { identityOf } from '../../language/store-map.ts'
import { identifiers } from '../known-identities.ts'
import type { Bench, Judgement } from './judge.ts'
import type { ItemField, ItemLayout, Layout } from './layout.ts'
import { codecOf } from './rewrite.ts'
import type { Cell, ItemSource } from './source.ts'
import { benchFor, visitTable } from './visit.ts'

/** A decoded text longer than this becomes a file of its own instead of a cell. */
const longestInline = 100_000

/** The tables that hold something of the person, each read when its rows are asked for. */
export async function exportTables(
  source: ItemSource,
  layout: Layout,
  found: Found,
  others: 'redact' | 'keep',
): Promise<ExportTable[]> {
  const bench = await benchFor(source, layout, [{ found }], new Date())
  const tables = layout.tables.filter((table) => bench.standings.concerns(table) || names(found, table))
  return tables.map((table): ExportTable => {
    const columns = columnsOf(table)
    return {
      table: table.name,
      columns: columns.map(({ name, field }) => {
        const to = table.roles.find(({ column, leads }) => column.column === name && leads !== 'identity')?.target.table
        return { name, ...(field?.is === undefined ? {} : { category: field.is }), ...(to === undefined ? {} : { to }) }
      }),
      roles: [...(table.map.person === undefined ? [] : ['person']), ...table.roles.map(({ role }) => role)],
      others: table.roles.length === 0 ? 'none' : others === 'redact' ? 'redacted' : 'kept',
      rows: () => rowsOf(source, bench, table, columns, found, others),
    }
  })
}

const names = ({ persons, mentions }: Found, { name }: ItemLayout) =>
  [...persons, ...mentions].some(({ table }) => table === name)

interface Column {
  readonly name: string
  readonly field?: ItemField
}

/** Key and clock columns locate an item; declared fields say what is held. */
function columnsOf(table: ItemLayout): Column[] {
  const columns = new Map<string, Column>()
  for (const name of [...table.live.key, ...Object.values(table.map.clock)]) columns.set(name, { name })
  for (const field of table.fields)
    if (field.is !== undefined) columns.set(field.column.column, { name: field.column.column, field })
  return [...columns.values()]
}

async function* rowsOf(
  source: ItemSource,
  bench: Bench,
  table: ItemLayout,
  columns: readonly Column[],
  found: Found,
  others: 'redact' | 'keep',
): AsyncGenerator<ExportRows> {
  const keys = compileRedactor(identifiers(found, 'strong'))
  let separator = ''
  for await (const judged of visitTable(source, bench, table)) {
    const own = judged.wantsPart || judged.wantsRow
    const theirs = others === 'redact' && judged.others ? otherPeople(bench, judged, found) : undefined
    const values = new Map<string, string | readonly string[] | null>()
    const files: { name: string; bytes: Uint8Array }[] = []
    for (const { name, field } of columns) {
      const cell = judged.item.cells[name] ?? null
      if (field === undefined) values.set(name, plain(cell))
      else if (!own && !(judged.mentioned && field.erase === 'redact')) values.set(name, null)
      else
        values.set(
          name,
          await shown(judged, field, cell, theirs, own ? undefined : others === 'redact' ? keys : undefined, files),
        )
    }
    const json = JSON.stringify(Object.fromEntries(values))
    yield {
      csv: Buffer.from(`${columns.map(({ name }) => csvCell(values.get(name))).join(',')}\n`),
      json: Buffer.from(separator + json),
      rows: 1,
      files,
    }
    separator = ',\n'
  }
}

function plain(cell: Cell): string | readonly string[] | null {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('utf8') : cell
}

/** A cell as its reader sees it: decoded, other people's words treated, of mere mentions the lines that name the person. */
async function shown(
  judged: Judgement,
  field: ItemField,
  cell: Cell,
  others: Redactor | undefined,
  mentionOf: Redactor | undefined,
  files: { name: string; bytes: Uint8Array }[],
): Promise<string | readonly string[] | null> {
  const clean = (text: string): string => {
    const part = mentionOf === undefined ? text : excerpt(text, mentionOf)
    return others === undefined ? part : others.text(part).text
  }
  if (cell === null) return null
  if (typeof cell !== 'string' && !(cell instanceof Uint8Array)) return cell.map(clean)
  const codec = codecOf(field, judged.item)
  const bytes = typeof cell === 'string' ? Buffer.from(cell) : cell
  let text = typeof cell === 'string' ? cell : ''
  if (codec === 'auto' || codec.length !== 1 || codec[0] !== 'text') {
    const parts: string[] = []
    for await (const part of readParts(bytes, codec)) parts.push(part.text)
    text = parts.join('\n')
  }
  const read = clean(text)
  const unreadable = mentionOf === undefined && read === '' && bytes.length > 0
  if (read.length <= longestInline && !unreadable) return read === '' && mentionOf !== undefined ? null : read
  const base = [...judged.item.key, field.column.column]
    .join('-')
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .slice(-120)
  const file = unreadable ? { name: `${base}.bin`, bytes } : { name: `${base}.txt`, bytes: Buffer.from(read) }
  files.push(file)
  return `see files/${file.name}`
}

/** A redactor of the names and addresses of everybody else who stands in the item. */
function otherPeople({ standings }: Bench, judged: Judgement, found: Found): Redactor | undefined {
  const mine = new Set(found.identities.map(({ value }) => value.toLowerCase()))
  const theirs = standings.in(judged.table, judged.item).flatMap(({ role, others }): Identifier[] => {
    const kind = identityOf(role.target.table) ?? (others.some((value) => value.includes('@')) ? 'email' : 'text')
    return others.filter((value) => !mine.has(value)).map((value) => ({ kind, value, strong: true }))
  })
  return theirs.length === 0 ? undefined : compileRedactor(theirs, '[another person]')
}

function csvCell(value: string | readonly string[] | null | undefined): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
