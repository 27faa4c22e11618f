import type { LiveSchema } from '../../live-schema.ts'
import type { SqlSession } from '../../sql/sql.ts'
import type { Catalog } from './catalog.ts'
import { ownRelation } from './catalog-queries.ts'

const rightsQuery = `
  SELECT c.oid::text AS oid, has_schema_privilege(n.oid, 'USAGE') AS schema, has_table_privilege(c.oid, 'DELETE') AS deletes,
         c.relkind IN ('r', 'p') AND row_security_active(c.oid) AS secured,
         ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                 AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT')) AS unread,
         ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                 AND NOT has_column_privilege(c.oid, a.attnum, 'UPDATE')) AS unchanged
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f') AND ${ownRelation}`

/** The table of markers: its rights, or where it is not there yet, the right to make it. */
const markerQuery = `
  SELECT CASE
    WHEN m.oid IS NOT NULL THEN has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(m.oid, 'SELECT')
      AND has_table_privilege(m.oid, 'INSERT') AND has_table_privilege(m.oid, 'DELETE')
    WHEN n.oid IS NOT NULL THEN has_schema_privilege(n.oid, 'CREATE')
    ELSE has_database_privilege(current_database(), 'CREATE') END AS marks
  FROM (SELECT 1) one LEFT JOIN pg_namespace n ON n.nspname = 'kept_store'
       LEFT JOIN pg_class m ON m.relnamespace = n.oid AND m.relname = 'marker'`

interface RightsRow {
  [key: string]: unknown
  oid: string
  schema: boolean
  deletes: boolean
  secured: boolean
  unread: string[]
  unchanged: string[]
}

/** What the role of this session may not do in the store, asked of the server without writing (manual 9.27). */
export async function readDenied(session: SqlSession, catalog: Catalog): Promise<NonNullable<LiveSchema['denied']>> {
  const [tables, marker] = await session.pipeline([{ text: rightsQuery }, { text: markerQuery }])
  const rows = new Map(((tables?.rows ?? []) as RightsRow[]).map((row) => [row.oid, row]))
  return {
    marker: marker?.rows[0]?.marks !== true,
    tables: new Map(
      catalog.tables.flatMap(({ name, oid, columns }) => {
        const row = rows.get(oid)
        if (row === undefined) return []
        const select = row.schema ? row.unread : columns.map((column) => column.name)
        return [[name, { select, update: row.unchanged, delete: !row.deletes, rows: row.secured }]]
      }),
    ),
  }
}
