import type { ExportRows, ExportTable, Found, RowRef } from '../../connector.ts'
import { compileRedactor, type Redactor } from '../../content/index.ts'
import { identifiers } from '../known-identities.ts'
import { type ExportColumn, exportColumns, linkedTable } from '../postgres/export.ts'
import { pieceOf, prepareRow } from '../postgres/export-rows.ts'
import type { Layout } from '../postgres/layout.ts'
import { type Dialect, PLACE, type Session } from './dialect.ts'
import { classHits, type Hit, type TableHits } from './hits.ts'
import { identitiesOf, readOwners } from './owners.ts'
import { keyOf, keySelect, pieces, placed } from './rows.ts'
import { bySize } from './size.ts'
import { joined, raw, sql } from './statement.ts'

const batchRows = 200

/** The tables that hold something of the person, read in the snapshot that is open, a bounded number of rows at a time. */
export async function exportTables(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  found: Found,
  others: 'redact' | 'keep',
): Promise<ExportTable[]> {
  const hits = await classHits(session, dialect, layout, [{ found }], { now: new Date() })
  return hits.tables.map((one): ExportTable => {
    const columns = exportColumns(one.table).filter(({ name }) => name !== PLACE)
    const shared = [...one.rows.values()].some((hit) => hit.others || hit.mentioned)
    return {
      table: one.table.name,
      columns: columns.map(({ name, category }) => {
        const to = linkedTable(one.table, name)
        return { name, ...(category === undefined ? {} : { category }), ...(to === undefined ? {} : { to }) }
      }),
      roles: [...new Set([...one.rows.values()].flatMap(({ roles }) => [...roles]))].sort(),
      others: shared ? (others === 'redact' ? 'redacted' : 'kept') : 'none',
      rows: () => rowsOf(session, dialect, layout, one, columns, found, others),
    }
  })
}

async function* rowsOf(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  one: TableHits,
  columns: readonly ExportColumn[],
  found: Found,
  others: 'redact' | 'keep',
): AsyncGenerator<ExportRows> {
  const { table } = one
  const keys = compileRedactor(identifiers(found, 'strong'))
  const typed = columns.map(({ name }) => ({
    sql: dialect.column('t', table.live, name),
    table: table.live,
    column: name,
  }))
  const bases = columns.map(({ name }) => table.live.columns.find((column) => column.name === name)?.base ?? 'text')
  const cells = typed.map((cell, index) => sql`${dialect.text(cell)} AS ${raw(`cell${index}`)}`)
  const codecs = columns.map(({ field }, index) => {
    const by = field?.codec !== undefined && 'by' in field.codec ? field.codec.by : undefined
    const cell =
      by === undefined
        ? raw('NULL')
        : dialect.text({ sql: dialect.column('t', table.live, by), table: table.live, column: by })
    return sql`${cell} AS ${raw(`codec${index}`)}`
  })
  let separator = ''
  for await (const some of groupsOf(session, dialect, one, columns)) {
    const { from } = placed(dialect, table, some)
    const rows = await session.query(
      sql`SELECT ${joined([keySelect(dialect, table), ...cells, ...codecs], ', ')} FROM ${from}`,
    )
    const strangers = others === 'redact' ? await otherPeople(session, dialect, layout, one, some, found) : new Map()
    const batch = []
    for (const row of rows) {
      const key = keyOf(row, table)
      const place = JSON.stringify(key)
      const hit = one.rows.get(place)
      if (hit === undefined) continue
      const values = new Map(
        columns.map((column, index) => {
          const shown = column.category === undefined || isShown(hit, column, one)
          return [column.name, shown ? shownValue(row[`cell${index}`], bases[index] ?? 'text') : null]
        }),
      )
      const named = columns.map((_column, index) => {
        const codec = row[`codec${index}`]
        return typeof codec === 'string' ? codec : null
      })
      const mention = hit.mentioned && !hit.wantsRow && !hit.wantsPart && others === 'redact' ? keys : undefined
      batch.push(await prepareRow(columns, { key, values, codecs: named }, strangers.get(place), mention))
    }
    yield pieceOf(columns, batch, separator)
    separator = ',\n'
  }
}

/** The rows in groups that can be held together. */
async function* groupsOf(
  session: Session,
  dialect: Dialect,
  { table, rows }: TableHits,
  columns: readonly ExportColumn[],
): AsyncGenerator<readonly Hit[]> {
  const names = columns.map(({ name }) => name)
  for (const some of pieces([...rows.values()], batchRows)) yield* await bySize(session, dialect, table, names, some)
}

/** In a row where the person only has a kept link or a mention, other people's fields stay out. */
function isShown(hit: Hit, column: ExportColumn, { table }: TableHits): boolean {
  if (hit.wantsRow || hit.wantsPart) return true
  return hit.mentioned && table.fields.some((field) => field.column.column === column.name && field.erase === 'redact')
}

/** Numbers as numbers where JSON keeps them whole, JSON as it is, days and times as in ISO 8601; all else as text. */
function shownValue(cell: unknown, base: string): unknown {
  if (cell === null || cell === undefined) return null
  const text = String(cell)
  if (/^(int|numeric|float)/.test(base)) return String(Number(text)) === text ? Number(text) : text
  if (base === 'bool') return text === '1' ? true : text === '0' ? false : text
  if (base === 'timestamp' || base === 'timestamptz')
    return text.replace(' ', 'T') + (base === 'timestamptz' && text !== '' ? 'Z' : '')
  if (base !== 'json') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** For each row in which other people stand: a redactor of their names and addresses, the person's own spared. */
async function otherPeople(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  { table }: TableHits,
  hits: readonly Hit[],
  found: Found,
): Promise<Map<string, Redactor>> {
  const refs = hits.map((hit): RowRef => ({ table: table.name, key: JSON.stringify(hit.key) }))
  const own = new Set(found.persons.map((one) => `${one.table}\n${one.key}`))
  const owners = (await readOwners(session, dialect, layout, refs)).filter(
    ({ person }) => !own.has(`${person.table}\n${person.key}`),
  )
  const known = await identitiesOf(
    session,
    dialect,
    layout,
    owners.map(({ person }) => person),
  )
  const mine = new Set(identifiers(found, 'all').map(({ value }) => value.toLowerCase()))
  const result = new Map<string, Redactor>()
  for (const [key, standing] of Map.groupBy(owners, (one) => one.key)) {
    const theirs = standing
      .flatMap(({ person }) => known.get(`${person.table}\n${person.key}`) ?? [])
      .filter(({ value }) => !mine.has(value.toLowerCase()))
    if (theirs.length > 0) result.set(key, compileRedactor(theirs, '[another person]'))
  }
  return result
}
