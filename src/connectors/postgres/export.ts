import type { ExportTable, Found } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import { codedRows } from './export-rows.ts'
import { classHits, type TableHits } from './hits.ts'
import type { FieldLayout, Layout, TableLayout } from './layout.ts'
import { Parameters } from './parameters.ts'
import { placeNames } from './row-key.ts'
import { storedRows } from './stored-rows.ts'
import { Subjects } from './subjects.ts'

export interface ExportColumn {
  readonly name: string
  readonly category?: string
  readonly sql: string
  readonly field?: FieldLayout
}

/** What is exported of one table: its rows' SQL, with values still bound. */
export interface ExportSource {
  readonly hits: TableHits
  readonly columns: readonly ExportColumn[]
  readonly parts: SourceParts
  readonly values: readonly unknown[]
}

/** A statement before it is put together: more columns may be selected from the same rows. */
export interface SourceParts {
  readonly head: string
  readonly select: readonly string[]
  readonly rest: string
}

export function sourceText(parts: SourceParts, more: readonly string[] = []): string {
  return `${parts.head} SELECT ${[...parts.select, ...more].join(', ')} ${parts.rest}`
}

/** The tables that hold something of the person, ready to be streamed inside the transaction that is open. */
export function exportTables(
  session: SqlSession,
  layout: Layout,
  found: Found,
  others: 'redact' | 'keep',
): ExportTable[] {
  const work = [{ step: 'export', found, salt: new Uint8Array(32) }]
  const hits = classHits(layout, work, { now: new Date() })
  return hits.tables.map((one): ExportTable => {
    const columns = exportColumns(one.table)
    const source: ExportSource = {
      hits: one,
      columns,
      ...(one.plain ? plainSource(one, columns, hits) : classedSource(one, columns, hits)),
    }
    const rule = one.plain ? 'none' : others === 'redact' ? 'redacted' : 'kept'
    const asStored = one.plain && !hasCodec(one.table) && columns.length > 0
    return {
      table: one.table.name,
      columns: columns.map(({ name, category }) => {
        const to = linkedTable(one.table, name)
        return { name, ...(category === undefined ? {} : { category }), ...(to === undefined ? {} : { to }) }
      }),
      roles: [...new Set(one.chains.map((chain) => chain.role))],
      others: rule,
      rows: () => (asStored ? storedRows(session, source) : codedRows(session, layout, source, found, others)),
    }
  })
}

/** The table whose rows a column names: by a reference of the schema, or by a role of the map. */
export function linkedTable({ live, map }: TableLayout, column: string): string | undefined {
  const declared = live.references.find(({ columns: [only, second] }) => only === column && second === undefined)
  if (declared !== undefined) return declared.to.table
  for (const { link } of map.people) {
    if ('via' in link || link.columns.length !== 1) continue
    const [from] = link.columns
    if (from?.column === column && from.path === undefined) return link.to[0]?.table
  }
  return undefined
}

function hasCodec(table: TableLayout): boolean {
  return table.fields.some((field) => field.is !== undefined && (field.codec !== undefined || field.base === 'bytea'))
}

/** Key and clock columns locate a row; declared fields say what is held. */
export function exportColumns(table: TableLayout): ExportColumn[] {
  const columns = new Map<string, ExportColumn>()
  const add = (name: string, field?: FieldLayout) => {
    const known = columns.get(name)
    if (known?.category !== undefined || (known !== undefined && field?.is === undefined)) return
    columns.set(name, {
      name,
      sql: quoteIdentifier(name),
      ...(field?.is === undefined ? {} : { category: field.is, field }),
    })
  }
  for (const column of table.key) if (!placeNames.includes(column.name)) add(column.name)
  for (const clock of Object.values(table.map.clock)) add(clock)
  for (const field of table.fields) if (field.is !== undefined) add(field.column.column, field)
  return [...columns.values()]
}

function plainSource(one: TableHits, columns: readonly ExportColumn[], hits: ReturnType<typeof classHits>) {
  const chain = one.chains[0]
  if (chain === undefined) throw new RangeError('a plain table has one chain')
  // Values of its own: the server refuses a statement that is given values it does not name.
  const parameters = new Parameters()
  const { from, where } = new Subjects(hits.subjects.work, parameters).reach(chain)
  const rest = `FROM ${[`${one.table.live.sql} t`, ...from].join(', ')} WHERE ${where.join(' AND ')}`
  return { parts: { head: '', select: columns.map((column) => `t.${column.sql}`), rest }, values: parameters.values }
}

/** In a row where the person only has a kept link or a mention, other people's fields stay out. */
function classedSource(one: TableHits, columns: readonly ExportColumn[], hits: ReturnType<typeof classHits>) {
  const row = one.table.key.map((column, index) => `t.${column.sql} = h.k${index}`).join(' AND ')
  const select = columns.map((column) => {
    if (column.category === undefined) return `t.${column.sql}`
    const redacts = one.table.fields.some((field) => field.column.column === column.name && field.erase === 'redact')
    const mention = redacts ? ' OR h.mentioned' : ''
    return `CASE WHEN h.wants_row OR h.wants_part${mention} THEN t.${column.sql} END AS ${column.sql}`
  })
  const head = `WITH RECURSIVE ${[hits.parameters.types(), ...hits.tables.flatMap((table) => table.ctes)].join(',\n')}`
  const rest = `FROM hit${one.number} h JOIN ${one.table.live.sql} t ON ${row}`
  return { parts: { head, select, rest }, values: hits.parameters.values }
}
