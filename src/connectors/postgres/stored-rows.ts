import type { ExportRows } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { type ExportSource, sourceText } from './export.ts'
import { type CellKind, RowEncoder } from './row-encoder.ts'
import { throughSettings } from './settings.ts'

/** Cells as JSON has them: days and times as in ISO 8601, bytes as hexadecimal digits, whatever the server's own settings. */
const settings = `SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'`

/** Rows that pass as they are stored: one COPY, both forms made of its bytes. */
export async function* storedRows(session: SqlSession, source: ExportSource): AsyncGenerator<ExportRows> {
  const columns = await kindsOf(session, source)
  const names = columns.map(({ kind, sql }) => (kind === 'composed' ? `to_json(r.${sql})::text` : `r.${sql}`))
  const text = await throughSettings(session, sourceText(source.parts), source.values, `x${source.hits.number}_`)
  await session.query(settings)
  const encoder = new RowEncoder(
    columns.map(({ name, kind }) => ({ name, kind: kind === 'composed' ? ('json' as const) : kind })),
  )
  for await (const chunk of session.copyOut(`COPY (SELECT ${names.join(', ')} FROM (${text}) r) TO STDOUT`)) {
    yield* encoder.push(chunk)
  }
  yield* encoder.end()
}

const kinds: Readonly<Record<string, CellKind>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  oid: 'number',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  timestamp: 'stamp',
  timestamptz: 'stamp',
  json: 'json',
  jsonb: 'json',
}

/** The type of each column below its domains; arrays, composites and hstore are composed: the server says them as JSON. */
const typeQuery = `
  WITH RECURSIVE base(name, type) AS (
    SELECT a.attname, a.atttypid FROM pg_attribute a WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT b.name, t.typbasetype FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd')
  SELECT b.name::text AS name, t.typname::text AS type, t.typtype = 'c' OR t.typcategory = 'A' OR t.typname = 'hstore' AS composed
  FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype <> 'd'`

async function kindsOf(session: SqlSession, source: ExportSource) {
  const { rows } = await session.query<{ name: string; type: string; composed: boolean }>(typeQuery, [
    source.hits.table.live.oid,
  ])
  const types = new Map(rows.map((row) => [row.name, row]))
  return source.columns.map(({ name, sql }) => {
    const type = types.get(name)
    const kind: CellKind | 'composed' = type?.composed === true ? 'composed' : (kinds[type?.type ?? ''] ?? 'text')
    return { name, sql, kind }
  })
}
