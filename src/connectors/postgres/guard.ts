import { ErasureRefusal } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { fieldAction } from './field-action.ts'
import type { Hits, TableHits } from './hits.ts'
import type { Layout } from './layout.ts'
import { cascadesInto, followersOf } from './obstacle.ts'
import type { CountRow } from './statement.ts'

export interface Tally {
  [key: string]: unknown
  oid: string
  inserted: string
  updated: string
  deleted: string
}

/** The server's own counts of what this transaction did, table by table (PostgreSQL manual 28.2, pg_stat_xact_*). */
const tallyQuery = `
  SELECT * FROM (
    SELECT c.oid::text AS oid, pg_stat_get_xact_tuples_inserted(c.oid)::text AS inserted,
           pg_stat_get_xact_tuples_updated(c.oid)::text AS updated, pg_stat_get_xact_tuples_deleted(c.oid)::text AS deleted
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'kept_store')) x
  WHERE inserted <> '0' OR updated <> '0' OR deleted <> '0'`

/** To be taken before the work: the server counts earlier transactions of the connection along until it reports them. */
export async function readTallies(session: SqlSession): Promise<readonly Tally[]> {
  return (await session.query<Tally>(tallyQuery, [])).rows
}

/** True where something beyond the statement itself may write: a trigger or a reference that passes a deletion on. */
export function needsGuard(layout: Layout, hits: Hits): boolean {
  return hits.tables.some((one) => {
    const changes = one.table.fields.some((field) => fieldAction(field) !== undefined)
    const triggered = one.table.live.triggers.some(
      (trigger) => trigger.on.includes('delete') || (changes && trigger.on.includes('update')),
    )
    const unmapped = followersOf(layout, one.table).some(({ child }) => layout.table(child.name) === undefined)
    return triggered || unmapped || cascadesInto(layout, one.table.live).length > 0
  })
}

/**
 * Compares the server's counts with what the statement says it did. More rows than that were reached by a trigger or a
 * cascade that nobody allowed: refused, the transaction rolls back. Returns the rows that were written beyond the
 * statement's own in tables where the map allows it.
 */
export async function guardReach(
  session: SqlSession,
  layout: Layout,
  hits: Hits,
  counts: readonly CountRow[],
  coded: ReadonlyMap<string, number>,
  before: readonly Tally[],
): Promise<{ table: string; rows: number }[]> {
  const earlier = new Map(before.map((row) => [row.oid, row]))
  // What waits for the commit runs first: a deferred trigger may write as well.
  const [, tallied] = await session.pipeline([{ text: 'SET CONSTRAINTS ALL IMMEDIATE' }, { text: tallyQuery }])
  const rows = (tallied?.rows ?? []) as Tally[]
  const allowed = new Set(hits.tables.flatMap((one) => one.table.map.allow.cascades))
  const all = allowed.has('*')
  const triggered = hits.tables.some(runsAllowed)
  const reached: { table: string; rows: number }[] = []
  const tallies = new Map<string, { inserted: number; updated: number; deleted: number }>()
  for (const row of rows) {
    const name = rootName(layout, row.oid)
    const sum = tallies.get(name) ?? { inserted: 0, updated: 0, deleted: 0 }
    const past = earlier.get(row.oid)
    sum.inserted += Number(row.inserted) - Number(past?.inserted ?? 0)
    sum.updated += Number(row.updated) - Number(past?.updated ?? 0)
    sum.deleted += Number(row.deleted) - Number(past?.deleted ?? 0)
    tallies.set(name, sum)
  }
  for (const [name, tally] of tallies) {
    const hit = hits.tables.find((one) => one.table.live.name === name)
    const own = counts.filter((row) => row.number === hit?.number)
    const sum = (kinds: readonly string[]) =>
      own.filter((row) => kinds.includes(row.kind)).reduce((total, row) => total + Number(row.rows), 0)
    const changed = sum(['updated']) + (coded.get(name) ?? 0)
    // A row that stays may be changed by us and by each reference that follows its target: all of it is this person's row.
    const followed = changed + sum(['rows']) * followingReferences(layout, name)
    // What an allowed trigger writes is not told apart from that; it is counted as reached.
    const mayChange = triggered ? Math.max(followed, changed * 2 + sum(['rows']) * 2) : followed
    const beyond = tally.inserted + Math.max(0, tally.deleted - sum(['deleted'])) + Math.max(0, tally.updated - changed)
    const permitted = all || allowed.has(name)
    if (beyond > 0 && (permitted || triggered)) reached.push({ table: name, rows: beyond })
    if (permitted) continue
    if (tally.inserted > 0 || tally.deleted > sum(['deleted']) || tally.updated > mayChange) {
      throw new ErasureRefusal({ scope: 'person', code: 'reached-others', table: name })
    }
  }
  return reached
}

/** References of the table that change a row themselves when what they refer to is deleted or renamed. */
function followingReferences(layout: Layout, name: string): number {
  const stays = ['no action', 'restrict']
  const references = layout.catalog.table(name)?.references ?? []
  return references.filter(
    ({ onDelete, onUpdate }) => (onDelete !== 'cascade' && !stays.includes(onDelete)) || !stays.includes(onUpdate),
  ).length
}

/** A trigger that may write elsewhere, and that the map allows, stands on the table. */
function runsAllowed({ table }: TableHits): boolean {
  const { triggers } = table.map.allow
  return table.live.triggers.some(({ name, writes }) => writes && (triggers.includes(name) || triggers.includes('*')))
}

function rootName(layout: Layout, oid: string): string {
  let table = layout.catalog.tables.find((one) => one.oid === oid)
  while (table?.partOf !== undefined) {
    const parent = layout.catalog.table(table.partOf)
    if (parent === undefined) break
    table = parent
  }
  return table?.name ?? `table ${oid}`
}
