import { randomBytes } from 'node:crypto'
import type { ExpiredTable, ExpiryCount, ExpiryWork } from '../../expiry.ts'
import { SqlFailure } from '../../sql/failure.ts'
import type { SqlPool } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import type { CatalogTable } from './catalog.ts'
import { anyOf, classRow } from './expiry-class.ts'
import { type GovernedTable, governTables } from './expiry-fields.ts'
import type { Layout } from './layout.ts'
import { Parameters } from './parameters.ts'

/** A batch shall last so long; nobody waits longer for one of its rows than it lasts. */
const targetMs = 25
/** A batch that lasts longer is given up and made smaller. */
const batchTimeoutMs = 60
const lockTimeoutMs = 40
/** A single row may take longer: a trigger of the vendor's, a reference without an index. */
const rowTimeoutMs = 2_000
const mostBlocks = 2_048
/** Rows of one table may refer to each other: the table is gone through again while that frees some. */
const mostRounds = 20

/** Where a batch begins: a block of the table and a row in it (PostgreSQL manual 8.19, `tid`). */
interface Place {
  readonly block: number
  readonly row: number
}

interface Size {
  readonly blocks: number
  /** Rows of one block at a time, where the whole block takes too long. */
  readonly rows?: number
}

interface Tally {
  readonly counts: Map<string, number>
  batches: number
  longestMs: number
  failed: number
}

/** Ends what is over, table by table, those that refer to others first. */
export async function expireTables(
  pool: SqlPool,
  layout: Layout,
  work: ExpiryWork,
  done: (table: ExpiredTable) => Promise<void>,
): Promise<void> {
  const { tables } = governTables(layout, work.terms)
  for (const one of childrenFirst(layout, tables)) {
    const tally: Tally = { counts: new Map(), batches: 0, longestMs: 0, failed: 0 }
    const statement = expiryStatement(layout, one, work)
    for (let round = 0, before = -1; round < mostRounds && sumOf(tally) > before; round++) {
      before = sumOf(tally)
      tally.failed = 0
      for (const part of partsOf(layout, one)) await walk(pool, part, statement, tally)
      if (!refersToItself(one)) break
    }
    const { counts, ...rest } = tally
    await done({ table: one.table.name, counts: statement.told(counts), ...rest })
  }
}

function sumOf({ counts }: Tally): number {
  return [...counts.values()].reduce((sum, rows) => sum + rows, 0)
}

function refersToItself({ table }: GovernedTable): boolean {
  return table.live.references.some(({ to }) => to.table === table.live.name)
}

/** Tables before those that they refer to; in a cycle the order of the map. */
function childrenFirst(layout: Layout, tables: readonly GovernedTable[]): GovernedTable[] {
  const result: GovernedTable[] = []
  const visit = (one: GovernedTable, path: readonly GovernedTable[]) => {
    if (result.includes(one) || path.includes(one)) return
    for (const other of tables) {
      const refers = other.table.live.references.some(({ to }) => to.table === one.table.live.name)
      const linked = layout
        .table(other.table.name)
        ?.map.people.some(({ link }) =>
          'via' in link
            ? link.via.some(({ left, right }) => [left, right].some(({ table }) => table === one.table.name))
            : link.to.some(({ table }) => table === one.table.name),
        )
      if (other !== one && (refers || linked)) visit(other, [...path, one])
    }
    result.push(one)
  }
  for (const one of tables) visit(one, [])
  return result
}

/** The relations that hold the rows: itself, its partitions and children; what has a map of its own is left to it. */
function partsOf(layout: Layout, { table }: GovernedTable): CatalogTable[] {
  const below = (parent: CatalogTable): CatalogTable[] =>
    layout.catalog.tables
      .filter((one) => one.partOf === parent.name && layout.table(one.name) === undefined)
      .flatMap((one) => [one, ...below(one)])
  return [table.live, ...below(table.live)].filter(({ kind }) => kind === 'table')
}

interface ExpiryStatement {
  text(relation: CatalogTable, rows: number | undefined): string
  readonly values: readonly unknown[]
  /** The CTE that names the types of the values. */
  readonly types: string
  /** SQL of the rows that are concerned, to step over one that fails. */
  readonly concerned: string
  told(counts: ReadonlyMap<string, number>): ExpiryCount[]
}

/** One statement for a batch: finds the rows between two places, locks those that nobody else has, deletes and changes. */
function expiryStatement(layout: Layout, one: GovernedTable, work: ExpiryWork): ExpiryStatement {
  const parameters = new Parameters()
  const from = parameters.bind('(0,0)', 'tid')
  const to = parameters.bind('(0,0)', 'tid')
  const salt = parameters.bind(randomBytes(32), 'bytea')
  const row = classRow(layout, one, work, parameters)
  const concerned = `${row.over} AND NOT ${row.held}`
  // Among the rows concerned a field that is alone is over: nothing is worked out twice.
  const alone = row.fields.length === 1 && row.fields[0]?.governed.end === 'erase' && one.ungoverned.length === 0
  const goes = !row.deletes ? 'false' : `(${alone ? '' : `${row.whole} AND `}NOT ${row.referenced})`
  const overs = row.fields.map(({ over }) => (row.fields.length === 1 ? 'true' : over))
  const treatable = row.fields.map(({ emptied }) => row.changes && emptied !== undefined)
  const told = one.rules.flatMap((rule) => {
    const own = row.fields.flatMap(({ governed }, at) => (governed.rules.includes(rule) ? [at] : []))
    const any = (places: readonly number[]) => anyOf(places.map((at) => `o${at}`))
    return [
      { rule, what: 'erase' as const, test: `goes AND ${any(own)}` },
      { rule, what: 'treat' as const, test: `NOT goes AND ${any(own.filter((at) => treatable[at]))}` },
    ]
  })
  const columns = new Map<string, string>()
  for (const { governed, over, emptied } of row.fields.filter((_field, at) => treatable[at])) {
    const column = quoteIdentifier(governed.field.column.column)
    const old = columns.get(column) ?? `t.${column}`
    columns.set(column, `CASE WHEN ${over} THEN ${emptied?.(old, salt)} ELSE ${old} END`)
  }
  const sets = [...columns].map(([column, value]) => `${column} = ${value}`)
  const treated = (relation: CatalogTable) =>
    sets.length === 0
      ? ''
      : `, treated AS (UPDATE ONLY ${relation.sql} t SET ${sets.join(', ')}
          WHERE t.ctid = ANY(ARRAY(SELECT place FROM due WHERE NOT goes)) RETURNING 1)`
  const text = (relation: CatalogTable, rows: number | undefined) => `WITH ${parameters.types()},
    due AS MATERIALIZED (
      SELECT t.ctid AS place, ${[`${goes} AS goes`, ...overs.map((over, at) => `${over} AS o${at}`)].join(', ')}
      FROM ONLY ${relation.sql} t WHERE t.ctid >= ${from} AND t.ctid < ${to} AND ${concerned}
      ${rows === undefined ? '' : `ORDER BY t.ctid LIMIT ${rows}`} FOR UPDATE OF t SKIP LOCKED),
    gone AS (DELETE FROM ONLY ${relation.sql} t WHERE t.ctid = ANY(ARRAY(SELECT place FROM due WHERE goes)) RETURNING 1)
    ${treated(relation)}
    SELECT count(*)::int4 AS due, max(place)::text AS last${told.map(({ test }, index) => `, (count(*) FILTER (WHERE ${test}))::int4 AS n${index}`).join('')} FROM due`
  return {
    text,
    values: parameters.values,
    types: parameters.types(),
    concerned,
    told: (counts) =>
      told.flatMap(({ rule, what }, index) => {
        const rows = counts.get(`n${index}`) ?? 0
        return rows === 0 ? [] : [{ rule, what, table: one.table.name, rows }]
      }),
  }
}

/** Goes through a relation from its first block to its last in batches that fit themselves to how long they take. */
async function walk(pool: SqlPool, relation: CatalogTable, statement: ExpiryStatement, tally: Tally): Promise<void> {
  const { rows } = await pool.query<{ blocks: number }>(
    `SELECT ceil(pg_relation_size($1::oid)::numeric / current_setting('block_size')::int4)::int4 AS blocks`,
    [relation.oid],
  )
  const blocks = rows[0]?.blocks ?? 0
  let size: Size = { blocks: 32 }
  let at: Place = { block: 0, row: 0 }
  while (at.block < blocks) {
    const end = { block: Math.min(at.block + size.blocks, blocks), row: 0 }
    const begun = performance.now()
    try {
      const result = await runBatch(pool, relation, statement, at, end, size)
      const tookMs = performance.now() - begun
      tally.batches += 1
      tally.longestMs = Math.max(tally.longestMs, tookMs)
      for (const [name, value] of Object.entries(result)) {
        if (/^n\d+$/.test(name)) tally.counts.set(name, (tally.counts.get(name) ?? 0) + Number(value))
      }
      const more = size.rows !== undefined && Number(result.due) >= size.rows
      at = (more ? behind(result.last) : undefined) ?? end
      size = nextSize(size, tookMs, more)
    } catch (error) {
      if (!(error instanceof SqlFailure) || !passing.has(error.kind)) throw error
      const smaller = smallerSize(size)
      if (smaller !== undefined) size = smaller
      else {
        tally.failed += 1
        at = await nextPlace(pool, relation, statement, at, end)
      }
    }
  }
}

/** Failures of one row or of the moment; others end the sweep. */
const passing: ReadonlySet<string> = new Set(['lock', 'timeout', 'constraint', 'raised', 'serialization'])

function nextSize(size: Size, tookMs: number, more: boolean): Size {
  if (more) return size
  if (size.rows !== undefined) return { blocks: 1 }
  const fitting = Math.floor((size.blocks * targetMs) / Math.max(tookMs, 1))
  return { blocks: Math.max(1, Math.min(fitting, size.blocks * 4, mostBlocks)) }
}

function smallerSize(size: Size): Size | undefined {
  if (size.blocks > 1) return { blocks: Math.max(1, size.blocks >> 2) }
  if (size.rows === undefined) return { blocks: 1, rows: 8 }
  return size.rows > 1 ? { blocks: 1, rows: 1 } : undefined
}

async function runBatch(
  pool: SqlPool,
  relation: CatalogTable,
  statement: ExpiryStatement,
  from: Place,
  to: Place,
  size: Size,
): Promise<Record<string, unknown>> {
  const values = [placeText(from), placeText(to), ...statement.values.slice(2)]
  const answers = await pool.session((session) =>
    session.pipeline([
      { text: 'BEGIN' },
      { text: `SET LOCAL statement_timeout = ${size.rows === 1 ? rowTimeoutMs : batchTimeoutMs}` },
      { text: `SET LOCAL lock_timeout = ${lockTimeoutMs}` },
      { text: 'SET LOCAL row_security = off' },
      { text: statement.text(relation, size.rows), values },
      { text: 'COMMIT' },
    ]),
  )
  return answers[4]?.rows[0] ?? {}
}

/** Behind the first row that is concerned and could not be changed. */
async function nextPlace(
  pool: SqlPool,
  relation: CatalogTable,
  statement: ExpiryStatement,
  from: Place,
  to: Place,
): Promise<Place> {
  const { rows } = await pool.query<{ place: string }>(
    `WITH ${statement.types} SELECT t.ctid::text AS place FROM ONLY ${relation.sql} t WHERE t.ctid >= $1::tid AND t.ctid < $2::tid AND ${statement.concerned}
     ORDER BY t.ctid LIMIT 1`,
    [placeText(from), placeText(to), ...statement.values.slice(2)],
  )
  return behind(rows[0]?.place) ?? to
}

function behind(place: unknown): Place | undefined {
  const [, block, row] = /^\((\d+),(\d+)\)$/.exec(String(place)) ?? []
  return block === undefined ? undefined : { block: Number(block), row: Number(row) + 1 }
}

function placeText({ block, row }: Place): string {
  return `(${block},${row})`
}
