import type { Obstacle } from '../../connector.ts'
import type { Layout } from '../postgres/layout.ts'
import {
  cascadeObstacle,
  fieldObstacles,
  followersOf,
  renamingObstacle,
  type Touched,
  triggerObstacles,
} from '../postgres/obstacle.ts'
import type { Dialect, Session } from './dialect.ts'
import { type Hit, type Hits, rowsAtOnce, type TableHits } from './hits.ts'
import { pieces, placed } from './rows.ts'
import { all, raw, sql } from './statement.ts'

/** What forbids execution: triggers, cascades and tables without transactions that the map does not allow, fields that cannot be treated. */
export async function findObstacles(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  hits: Hits,
): Promise<Obstacle[]> {
  const result: Obstacle[] = []
  for (const one of hits.tables) {
    const touched = touchedIn(one)
    result.push(...triggerObstacles(one, touched), ...fieldObstacles(one, touched))
    if (touched.deleted + touched.changed > 0) result.push(...permanentObstacles(dialect, one))
    if (touched.changed > 0) result.push(...(await renamings(session, dialect, layout, one)))
  }
  return [...result, ...cascades(layout, hits)]
}

function touchedIn({ rows }: TableHits): Touched {
  const hits = [...rows.values()]
  const changed = hits.filter(({ action }) => action === 'part')
  const alone = changed.filter(({ others, wantsPart }) => wantsPart && !others)
  return {
    deleted: hits.filter(({ action }) => action === 'row').length,
    changed: changed.length,
    alone: alone.length,
    kept: (field) => alone.filter(({ kept }) => [...kept.keys()].some(({ column }) => column.column === field)).length,
  }
}

/** What is written there stays when the rest is rolled back: half an erasure, and nobody would be told. */
function permanentObstacles(dialect: Dialect, { table }: TableHits): Obstacle[] {
  if (!dialect.isPermanent(table.live) || table.map.allow.permanent) return []
  return [
    {
      code: 'store.no-transactions',
      table: table.name,
      what: `the engine of table ${table.name} knows no transactions: what is done there stays done when the rest fails`,
      mend: `Move it to InnoDB (\`ALTER TABLE ${table.name} ENGINE=InnoDB\`), or allow it on record: \`allow: { permanent: true }\`; it is then written last.`,
    },
  ]
}

/** References beyond the people's rows that nobody allowed. */
export function cascades(layout: Layout, hits: Hits): Obstacle[] {
  return hits.beyond
    .filter(({ table, child }) => !isAllowed(layout, table, child))
    .map(({ table, child, onDelete, rows }) => cascadeObstacle(layout, table, child, onDelete, rows))
}

export function isAllowed(layout: Layout, table: string, child: string): boolean {
  const allowed = layout.table(table)?.map.allow.cascades ?? []
  return allowed.includes(child) || allowed.includes('*')
}

/** Rows of tables that nobody mapped, that giving a key another value would change. */
async function renamings(session: Session, dialect: Dialect, layout: Layout, one: TableHits): Promise<Obstacle[]> {
  const result: Obstacle[] = []
  const staying: Hit[] = [...one.rows.values()].filter(({ action }) => action === 'part')
  for (const { child, columns, targets } of followersOf(layout, one.table)) {
    if (layout.table(child.name) !== undefined || isAllowed(layout, one.table.name, child.name)) continue
    const same = columns.map(
      (column, index) =>
        sql`${dialect.column('b', child, column)} = ${dialect.column('t', one.table.live, targets[index] ?? '')}`,
    )
    let reached = 0
    for (const some of pieces(staying, rowsAtOnce)) {
      const { from } = placed(dialect, one.table, some)
      const rows = await session.query(
        sql`SELECT COUNT(*) AS many FROM ${from}, ${raw(`${child.sql} b`)} WHERE ${all(same)}`,
      )
      reached += Number(rows[0]?.many ?? 0)
    }
    if (reached > 0) result.push(renamingObstacle(one.table.name, targets, child.name, reached))
  }
  return result
}
