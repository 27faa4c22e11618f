import type { ErasureWork } from '../../connector.ts'
import { ErasureRefusal } from '../../connector.ts'
import { fieldAction, fieldObstacle } from '../postgres/field-action.ts'
import type { FieldLayout, TableLayout } from '../postgres/layout.ts'
import type { Dialect, Row, Session, Value } from './dialect.ts'
import type { Hit, TableHits } from './hits.ts'
import { keyCells, keyOf, keySelect, pieces, placed } from './rows.ts'
import { bySize } from './size.ts'
import { all, joined, raw, type Sql, sql } from './statement.ts'
import { type NewCell, type Treated, Treatment } from './treat.ts'

/** Rows whose cells are read and written at a time: with a bound on their bytes this bounds the memory. */
const batchRows = 500
const batchBytes = 4 << 20

/** What became of the rows of a table that stay. */
export interface Changed {
  readonly hits: readonly Hit[]
  /** As the store counted them: rows that are alike to the last cell are one hit. */
  readonly rows: number
  readonly removed: readonly { readonly hit: Hit; readonly field: string }[]
}

/** Treats the cells of rows that stay: they are read, rewritten here and written back, a bounded number at a time. */
export async function changeRows(
  session: Session,
  dialect: Dialect,
  { table, rows }: TableHits,
  work: readonly ErasureWork[],
): Promise<Changed> {
  const fields = table.fields.filter((field) => fieldAction(field) !== undefined && fieldObstacle(field) === undefined)
  const staying = [...rows.values()].filter(({ action }) => action === 'part')
  const hits: Hit[] = []
  const removed: { hit: Hit; field: string }[] = []
  let changed = 0
  if (fields.length === 0) return { hits, rows: changed, removed }
  const treatment = new Treatment(work)
  const columns = [...new Set(fields.map(({ column }) => column.column))]
  for (const some of pieces(staying, batchRows)) {
    let batch: { hit: Hit; treated: Treated }[] = []
    let bytes = 0
    for (const few of await bySize(session, dialect, table, columns, some)) {
      for (const row of await readCells(session, dialect, table, columns, fields, few)) {
        const hit = rows.get(JSON.stringify(keyOf(row, table)))
        if (hit === undefined) continue
        const treated = await treatment.row(table, hit, oldCells(row, columns, fields))
        if (treated.cells.size === 0) continue
        batch.push({ hit, treated })
        hits.push(hit)
        for (const field of treated.removed) removed.push({ hit, field })
        bytes += bytesOf(treated)
        if (bytes < batchBytes) continue
        changed += await writeCells(session, dialect, table, batch)
        batch = []
        bytes = 0
      }
    }
    changed += await writeCells(session, dialect, table, batch)
  }
  return { hits, rows: changed, removed }
}

async function readCells(
  session: Session,
  dialect: Dialect,
  table: TableLayout,
  columns: readonly string[],
  fields: readonly FieldLayout[],
  hits: readonly Hit[],
): Promise<Row[]> {
  const column = (name: string) => dialect.column('t', table.live, name)
  const text = (name: string) => dialect.text({ sql: column(name), table: table.live, column: name })
  const cells = columns.map((name, index) => {
    const cleared = fields.some((one) => one.column.column === name && fieldAction(one) === 'clear' && !one.nullable)
    const same = cleared ? sql`${column(name)} = ${dialect.defaultOf('t', table.live, name)}` : raw('0')
    return sql`${dialect.content({ sql: column(name), table: table.live, column: name })} AS ${raw(`cell${index}`)}, ${same} AS ${raw(`same${index}`)}`
  })
  const codecs = fields.flatMap((field, index) =>
    field.codec !== undefined && 'by' in field.codec ? [sql`${text(field.codec.by)} AS ${raw(`codec${index}`)}`] : [],
  )
  const { from } = placed(dialect, table, hits)
  return await session.query(sql`SELECT ${joined([keySelect(dialect, table), ...cells, ...codecs], ', ')} FROM ${from}`)
}

function oldCells(row: Row, columns: readonly string[], fields: readonly FieldLayout[]) {
  return {
    cell: (column: string): string | Uint8Array | null => {
      const value = row[`cell${columns.indexOf(column)}`]
      if (value === null || value === undefined) return null
      return value instanceof Uint8Array ? value : String(value)
    },
    codec: (field: FieldLayout): string | null => {
      const value = row[`codec${fields.indexOf(field)}`]
      return typeof value === 'string' ? value : null
    },
    isDefault: (column: string): boolean => Number(row[`same${columns.indexOf(column)}`]) === 1,
  }
}

function bytesOf({ cells }: Treated): number {
  let bytes = 0
  for (const cell of cells.values()) if (typeof cell === 'string' || cell instanceof Uint8Array) bytes += cell.length
  return bytes
}

/** One statement for the rows of which the same columns change: no cell is written that stays as it is. */
async function writeCells(
  session: Session,
  dialect: Dialect,
  table: TableLayout,
  batch: readonly { hit: Hit; treated: Treated }[],
): Promise<number> {
  let written = 0
  const shapes = Map.groupBy(batch, ({ treated }) =>
    [...treated.cells].map(([column, cell]) => `${column}\n${isDefault(cell)}`).join('\n'),
  )
  for (const alike of shapes.values()) {
    const first = alike[0]?.treated.cells ?? new Map<string, NewCell>()
    const names = [...first.keys()]
    const places = alike.map(({ hit, treated }) => ({
      key: hit.key,
      more: names.map((name) => carriedOf(treated.cells.get(name))),
    }))
    const { carried, on, more } = placed(
      dialect,
      table,
      places,
      names.map(() => 'long' as const),
    )
    const moving = dialect.moving(table.live).filter((name) => !names.includes(name))
    const set = [
      ...names.map((column, index) => ({
        column,
        value: isDefault(first.get(column))
          ? dialect.defaultOf('t', table.live, column)
          : dialect.written(table.live, column, more(index)),
      })),
      ...moving.map((column) => ({ column, value: dialect.column('t', table.live, column) })),
    ]
    const found = await session.run(dialect.update(table.live, carried, on, set))
    written += found
    if (found < alike.length) throw new ErasureRefusal({ scope: 'person', code: 'skipped', table: table.name })
    await checkWritten(session, dialect, table, alike, names)
  }
  return written
}

/** A trigger may leave a row as it was, without a word: then what was written is read again. */
async function checkWritten(
  session: Session,
  dialect: Dialect,
  table: TableLayout,
  batch: readonly { hit: Hit; treated: Treated }[],
  names: readonly string[],
): Promise<void> {
  if (!table.live.triggers.some(({ on, skips }) => skips && on.includes('update'))) return
  // A row whose key was replaced is another row now, and where its key changed it was written.
  if (table.key.some(({ name }) => names.includes(name) || !table.live.columns.some((one) => one.name === name))) return
  const { from } = placed(
    dialect,
    table,
    batch.map(({ hit }) => hit),
  )
  const cells = names.map((name, index) => {
    const cell = { sql: dialect.column('t', table.live, name), table: table.live, column: name }
    return sql`${dialect.text(cell)} AS ${raw(`cell${index}`)}`
  })
  const rows = await session.query(sql`SELECT ${joined([keySelect(dialect, table), ...cells], ', ')} FROM ${from}`)
  const expected = new Map(batch.map(({ hit, treated }) => [JSON.stringify(hit.key), treated.cells]))
  for (const row of rows) {
    const cellsOf = expected.get(JSON.stringify(keyOf(row, table)))
    for (const [index, name] of names.entries()) {
      const due = cellsOf?.get(name)
      if (due === undefined || isDefault(due)) continue
      const stands = row[`cell${index}`] ?? null
      if ((stands === null ? null : String(stands)) !== carriedOf(due))
        throw new ErasureRefusal({ scope: 'person', code: 'skipped', table: table.name })
    }
  }
}

const isDefault = (cell: NewCell | undefined): boolean =>
  typeof cell === 'object' && cell !== null && !(cell instanceof Uint8Array)

/** As a statement carries it: bytes as `0x` and hexadecimal digits. */
function carriedOf(cell: NewCell | undefined): Value {
  if (cell instanceof Uint8Array) return `0x${Buffer.from(cell).toString('hex')}`
  return typeof cell === 'string' ? cell : null
}

/** Takes rows away; fewer than asked were left standing by a trigger. */
export async function removeRows(
  session: Session,
  dialect: Dialect,
  { table, rows }: TableHits,
): Promise<Pick<Changed, 'hits' | 'rows'>> {
  let removed = 0
  const going = [...rows.values()].filter(({ action }) => action === 'row')
  for (const some of pieces(going, 2_000)) {
    const { carried, on } = placed(dialect, table, some)
    const gone = await session.run(dialect.remove(table.live, carried, on))
    removed += gone
    if (gone < some.length && table.live.key.length > 0 && (await standing(session, dialect, table, some)) > 0)
      throw new ErasureRefusal({ scope: 'person', code: 'skipped', table: table.name })
  }
  return { hits: going, rows: removed }
}

async function standing(session: Session, dialect: Dialect, table: TableLayout, hits: readonly Hit[]): Promise<number> {
  const { from } = placed(dialect, table, hits)
  const rows = await session.query(sql`SELECT COUNT(*) AS many FROM ${from}`)
  return Number(rows[0]?.many ?? 0)
}

/** Clears references among rows that all go, so that none of them holds another. */
export async function releaseRows(
  session: Session,
  dialect: Dialect,
  { table, rows }: TableHits,
  columns: readonly string[],
): Promise<number> {
  let released = 0
  const going = [...rows.values()].filter(({ action }) => action === 'row')
  const moving = dialect.moving(table.live).filter((name) => !columns.includes(name))
  const set: { column: string; value: Sql }[] = [
    ...columns.map((column) => ({ column, value: raw('NULL') })),
    ...moving.map((column) => ({ column, value: dialect.column('t', table.live, column) })),
  ]
  for (const some of pieces(going, 2_000)) {
    const { carried } = placed(dialect, table, some)
    const on = all(keyCells(dialect, table).map((cell, index) => dialect.same(cell, raw(`w.c${index}`))))
    released += await session.run(dialect.update(table.live, carried, on, set))
  }
  return released
}
