import type { Obstacle } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import type { CatalogTable } from './catalog.ts'
import { fieldAction, fieldObstacle } from './field-action.ts'
import type { Hits, TableHits } from './hits.ts'
import type { Layout, TableLayout } from './layout.ts'

/** Rows of a table that go and that stay changed, as the preview counted them. */
export interface Touched {
  readonly deleted: number
  readonly changed: number
  /** Of those changed, the rows in which the person stands alone: there every field is treated. */
  readonly alone: number
  /** Of those, the rows in which a field is kept under an exception. */
  kept(field: string): number
}

/** What forbids execution: triggers and cascades that the map does not allow, fields whose action cannot be carried out. */
export async function findObstacles(
  session: SqlSession,
  layout: Layout,
  hits: Hits,
  touched: (table: TableHits) => Touched,
): Promise<Obstacle[]> {
  const result: Obstacle[] = []
  for (const one of hits.tables) {
    const counts = touched(one)
    result.push(...triggerObstacles(one, counts))
    if (counts.alone > 0) {
      for (const field of one.table.fields) {
        const kept = field.exception === undefined ? 0 : counts.kept(field.column.column)
        const obstacle = kept >= counts.alone ? undefined : fieldObstacle(field)
        if (obstacle !== undefined) result.push({ ...obstacle, table: one.table.name })
      }
    }
    if (counts.deleted > 0) result.push(...(await cascadeObstacles(session, layout, hits, one)))
    if (counts.changed > 0) result.push(...(await renamingObstacles(session, layout, hits, one)))
  }
  return result
}

function triggerObstacles(one: TableHits, counts: Touched): Obstacle[] {
  const allowed = one.table.map.allow.triggers
  const updates = counts.changed > 0 && one.table.fields.some((field) => fieldAction(field) !== undefined)
  return one.table.live.triggers
    .filter((trigger) => trigger.writes && !allowed.includes(trigger.name) && !allowed.includes('*'))
    .filter(
      (trigger) => (trigger.on.includes('delete') && counts.deleted > 0) || (trigger.on.includes('update') && updates),
    )
    .map((trigger) => ({
      code: 'store.trigger-reaches',
      table: one.table.name,
      what: `trigger ${trigger.name} of table ${one.table.name} may write to other rows or tables`,
      mend: `Read what it does; if that may happen, add it to the map: \`allow: { triggers: [${trigger.name}], cascades: [tables it writes to] }\`.`,
    }))
}

/** Rows of other people, or of tables nobody mapped, that deleting these rows would delete or change. */
async function cascadeObstacles(session: SqlSession, layout: Layout, hits: Hits, one: TableHits): Promise<Obstacle[]> {
  const result: Obstacle[] = []
  const allowed = one.table.map.allow.cascades
  for (const { child, columns, targets, onDelete } of cascadesInto(layout, one.table.live)) {
    if (allowed.includes(child.name) || allowed.includes('*')) continue
    const other = hits.of(child.name)
    const n = one.number
    const row = one.table.key.map((column, index) => `t.${column.sql} = h.k${index}`).join(' AND ')
    const same = columns.map(
      (column, index) => `b.${quoteIdentifier(column)} = t.${quoteIdentifier(targets[index] ?? '')}`,
    )
    const spared =
      other === undefined
        ? ''
        : `AND NOT EXISTS (SELECT 1 FROM hit${other.number} o WHERE ${other.table.key.map((column, index) => `o.k${index} = b.${column.sql}`).join(' AND ')}
             AND o.action <> 'link')`
    const { rows } = await session.query<{ rows: string }>(
      `WITH RECURSIVE ${[hits.parameters.types(), ...hits.tables.flatMap((table) => table.ctes)].join(',\n')}
       SELECT count(*)::text AS rows FROM ${child.sql} b WHERE EXISTS (
         SELECT 1 FROM hit${n} h JOIN ${one.table.live.sql} t ON ${row} WHERE h.action = 'row' AND ${same.join(' AND ')}) ${spared}`,
      hits.parameters.values,
    )
    const reached = Number(rows[0]?.rows ?? 0)
    if (reached === 0) continue
    const whose = layout.table(child.name) === undefined ? 'which no map mentions' : 'which belong to other people'
    result.push({
      code: layout.table(child.name) === undefined ? 'store.cascade-unmapped' : 'store.cascade-others',
      table: one.table.name,
      what: `deleting rows of ${one.table.name} would ${onDelete === 'cascade' ? 'delete' : 'change'} ${reached} row${reached === 1 ? '' : 's'} of ${child.name}, ${whose}`,
      mend: `Map ${child.name}, or keep the row (\`erase: part\`), or allow it on record: \`allow: { cascades: [${child.name}] }\`.`,
    })
  }
  return result
}

/** Rows of tables that nobody mapped, that giving a key another value would change. */
async function renamingObstacles(session: SqlSession, layout: Layout, hits: Hits, one: TableHits): Promise<Obstacle[]> {
  const result: Obstacle[] = []
  const allowed = one.table.map.allow.cascades
  for (const { child, columns, targets } of followersOf(layout, one.table)) {
    if (layout.table(child.name) !== undefined || allowed.includes(child.name) || allowed.includes('*')) continue
    const row = one.table.key.map((column, index) => `t.${column.sql} = h.k${index}`).join(' AND ')
    const same = columns.map(
      (column, index) => `b.${quoteIdentifier(column)} = t.${quoteIdentifier(targets[index] ?? '')}`,
    )
    const { rows } = await session.query<{ rows: string }>(
      `WITH RECURSIVE ${[hits.parameters.types(), ...hits.tables.flatMap((table) => table.ctes)].join(',\n')}
       SELECT count(*)::text AS rows FROM ${child.sql} b WHERE EXISTS (
         SELECT 1 FROM hit${one.number} h JOIN ${one.table.live.sql} t ON ${row} WHERE h.action = 'part' AND ${same.join(' AND ')})`,
      hits.parameters.values,
    )
    const reached = Number(rows[0]?.rows ?? 0)
    if (reached === 0) continue
    result.push({
      code: 'store.cascade-unmapped',
      table: one.table.name,
      what: `changing ${targets.join(', ')} of ${one.table.name} would change ${reached} row${reached === 1 ? '' : 's'} of ${child.name}, which no map mentions`,
      mend: `Map ${child.name}, or allow it on record: \`allow: { cascades: [${child.name}] }\`.`,
    })
  }
  return result
}

/** References that follow when a column that erasure changes gets another value. */
export function followersOf(layout: Layout, { live, fields }: TableLayout) {
  const changed = new Set(
    fields.filter((field) => fieldAction(field) !== undefined).map((field) => field.column.column),
  )
  return layout.catalog.tables.flatMap((child) =>
    child.partOf !== undefined
      ? []
      : child.references
          .filter(({ to }) => to.table === live.name && to.columns.some((column) => changed.has(column)))
          .filter(({ onUpdate }) => onUpdate !== 'no action' && onUpdate !== 'restrict')
          .map(({ columns, to }) => ({ child, columns, targets: to.columns })),
  )
}

/** References that pass a deletion on. Partitions repeat their parent's and are left out. */
export function cascadesInto(layout: Layout, target: CatalogTable) {
  return layout.catalog.tables.flatMap((child) =>
    child.partOf !== undefined
      ? []
      : child.references
          .filter((reference) => reference.to.table === target.name)
          .filter((reference) => reference.onDelete !== 'no action' && reference.onDelete !== 'restrict')
          .map((reference) => ({
            child,
            columns: reference.columns,
            targets: reference.to.columns,
            onDelete: reference.onDelete,
          })),
  )
}
