import type { CellHit, SearchResult, SoughtIdentity } from '../../connector.ts'
import { compileFinder, type Finder } from '../../residual/index.ts'
import { SqlFailure } from '../../sql/failure.ts'
import type { SqlPool, SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import { asSought } from '../known-identities.ts'
import { BlockQueue } from './block-queue.ts'
import { countLines, lineBlocks, lineRanges, splitLine } from './copy-lines.ts'

interface Relation {
  [key: string]: unknown
  schema: string
  relation: string
  /** The topmost parent of a partition or an inheritance child, as the map would name it. */
  name: string
  key: string[]
  columns: string[]
  types: string[]
}

/** Every relation that holds rows of its own, read from the catalogue anew: the proof trusts no map and no earlier look. */
const relationQuery = `
  WITH RECURSIVE tops(oid, top) AS (
    SELECT c.oid, c.oid FROM pg_class c WHERE NOT EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhrelid = c.oid)
    UNION ALL SELECT i.inhrelid, t.top FROM tops t JOIN pg_inherits i ON i.inhparent = t.oid)
  SELECT DISTINCT ON (c.oid) n.nspname AS schema, c.relname AS relation,
    CASE WHEN tn.nspname = current_schema() THEN tc.relname::text ELSE tn.nspname || '.' || tc.relname END AS name,
    ARRAY(SELECT a.attname::text
          FROM (SELECT i.indkey, i.indnkeyatts FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
                WHERE i.indrelid = t.top AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
                  AND NOT EXISTS (SELECT 1 FROM unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) n JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = n
                                  JOIN pg_type y ON y.oid = a.atttypid WHERE NOT a.attnotnull AND NOT y.typnotnull)
                ORDER BY i.indisprimary DESC, x.relname LIMIT 1) x,
               unnest(x.indkey::int2[]) WITH ORDINALITY u(num, place)
          JOIN pg_attribute a ON a.attrelid = t.top AND a.attnum = u.num
          WHERE u.place <= x.indnkeyatts ORDER BY u.place) AS key,
    ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          ORDER BY a.attnum) AS columns,
    ARRAY(SELECT coalesce(b.typname, y.typname)::text FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
          LEFT JOIN pg_type b ON b.oid = y.typbasetype AND y.typtype = 'd'
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS types
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN tops t ON t.oid = c.oid
       JOIN pg_class tc ON tc.oid = t.top JOIN pg_namespace tn ON tn.oid = tc.relnamespace
  WHERE c.relkind IN ('r', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'kept', 'kept_store')
  ORDER BY c.oid`

/** Types that say nothing of a person by themselves and cost most: left out of the reading. */
const silent = new Set(['bool'])

/**
 * Reads every cell of every table once, mapped or not, in one read-only snapshot, for all identities together.
 * Memory does not grow with the data. A table that cannot be read is told, never passed over.
 */
export async function searchStore(
  pool: SqlPool,
  identities: readonly SoughtIdentity[],
  progress?: (read: { cells: number; bytes: number }) => void,
): Promise<SearchResult> {
  const sought = asSought(identities)
  const blocks = new BlockQueue(sought)
  try {
    return await readStore(pool, new Reading(compileFinder(sought), blocks, progress))
  } finally {
    await blocks.close()
  }
}

async function readStore(pool: SqlPool, reading: Reading): Promise<SearchResult> {
  const { rows: relations } = await pool.query<Relation>(relationQuery, [])
  for (const relation of relations) {
    await reading.attempt(relation.name, () =>
      pool.transaction({ isolation: 'repeatable read', readOnly: true, statementTimeoutMs: 0 }, async (session) => {
        await session.query('SET LOCAL row_security = off')
        await reading.relation(session, relation)
      }),
    )
  }
  await reading.attempt('pg_largeobject', () => reading.largeObjects(pool))
  return reading.result()
}

/** Names a row of a table without a key, as the map's side names it. */
const placeNames: readonly string[] = ['tableoid', 'ctid', 'xmin']

class Reading {
  readonly #finder: Finder
  readonly #blocks: BlockQueue
  readonly #progress: ((read: { cells: number; bytes: number }) => void) | undefined
  readonly #hits: CellHit[] = []
  readonly #unread: { table: string; column?: string; why: string }[] = []
  #cells = 0
  #bytes = 0

  constructor(
    finder: Finder,
    blocks: BlockQueue,
    progress: ((read: { cells: number; bytes: number }) => void) | undefined,
  ) {
    this.#finder = finder
    this.#blocks = blocks
    this.#progress = progress
  }

  result(): SearchResult {
    return {
      hits: this.#hits,
      cells: this.#cells,
      bytes: this.#bytes,
      unread: this.#unread,
      notSearched: this.#finder.notSearched.map((one) => one.identity),
    }
  }

  async attempt(table: string, run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      if (!(error instanceof SqlFailure) || error.kind === 'unreachable' || error.kind === 'shutdown') throw error
      this.#unread.push({ table, why: error.kind })
    }
  }

  async relation(session: SqlSession, relation: Relation): Promise<void> {
    const key = relation.key.length === 0 ? placeNames : relation.key
    const columns = relation.columns
      .map((name, index) => ({ name, type: relation.types[index] ?? 'text' }))
      .filter((column) => !silent.has(column.type))
    if (columns.length === 0) return
    const select = [
      ...key.map((name) => `${quoteIdentifier(name)}::text`),
      ...columns.map(({ name, type }) =>
        type === 'bytea'
          ? `translate(encode(${quoteIdentifier(name)}, 'base64'), E'\\n', '')`
          : `${quoteIdentifier(name)}::text`,
      ),
    ]
    const table = `ONLY ${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.relation)}`
    const whole = columns.some((column) => this.#finder.needsCells({ type: column.type }))
    const rows = (block: Uint8Array, ranges: Iterable<{ start: number; end: number }>) => {
      for (const { start, end } of ranges) this.#row(relation, key, columns, block.subarray(start, end))
    }
    const text = `COPY (SELECT ${select.join(', ')} FROM ${table}) TO STDOUT`
    try {
      for await (const block of lineBlocks(session.copyOut(text), this.#blocks.spare)) {
        this.#cells += countLines(block) * columns.length
        this.#bytes += block.length
        if (whole) rows(block, lineRanges(block))
        else if (!this.#blocks.takes(block)) rows(block, this.#finder.suspects(block))
        else await this.#blocks.add(block, rows)
        this.#progress?.({ cells: this.#cells, bytes: this.#bytes })
      }
    } finally {
      await this.#blocks.drain()
    }
  }

  #row(
    relation: Relation,
    key: readonly string[],
    columns: readonly { name: string; type: string }[],
    line: Uint8Array,
  ): void {
    const cells = splitLine(line)
    const place = JSON.stringify(key.map((_name, index) => cells[index]?.toString('utf8') ?? null))
    for (const [index, column] of columns.entries()) {
      const cell = cells[key.length + index]
      if (cell === undefined || cell === null) continue
      const bytes = column.type === 'bytea' ? Buffer.from(cell.toString('latin1'), 'base64') : cell
      this.#report(
        relation.name,
        place,
        column.name,
        this.#finder.cell(bytes, { type: column.type === 'bytea' ? 'bytes' : column.type }),
      )
    }
  }

  #report(table: string, key: string, column: string, findings: ReturnType<Finder['cell']>): void {
    for (const hit of findings.hits) {
      const { identity, encoding, tag } = hit
      this.#hits.push({ table, key, column, identity, encoding, ...(tag === true ? { tag } : {}) })
    }
    for (const why of findings.unread) {
      if (!this.#unread.some((one) => one.table === table && one.column === column && one.why === why)) {
        this.#unread.push({ table, column, why })
      }
    }
  }

  /** Large objects belong to no table: each is read in pieces, its place is its object id. */
  async largeObjects(pool: SqlPool): Promise<void> {
    const pieceBytes = 1 << 20
    await pool.transaction({ isolation: 'repeatable read', readOnly: true, statementTimeoutMs: 0 }, async (session) => {
      const { rows } = await session.query<{ oid: string }>(
        'SELECT oid::text AS oid FROM pg_largeobject_metadata ORDER BY 1',
        [],
      )
      for (const { oid } of rows) {
        const stream = this.#finder.stream({ type: 'bytes' })
        for (let at = 0; ; at += pieceBytes) {
          const piece = await session.query<{ data: Uint8Array }>(
            `SELECT lo_get(${quoteLiteral(oid)}::oid, $1::int8, ${pieceBytes}) AS data`,
            [at],
          )
          const data = piece.rows[0]?.data
          if (data === undefined || data === null || data.length === 0) break
          stream.push(data)
          this.#bytes += data.length
        }
        this.#cells++
        this.#report('pg_largeobject', JSON.stringify([oid]), 'data', stream.end())
      }
    })
  }
}
