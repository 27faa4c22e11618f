import type { Obstacle } from '../../connector.ts'
import type { LiveReference } from '../../live-schema.ts'
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
    result.push(...fieldObstacles(one, counts))
    if (counts.deleted > 0) result.push(...(await cascadeObstacles(session, layout, hits, one)))
    if (counts.changed > 0) result.push(...(await renamingObstacles(session, layout, hits, one)))
  }
  return result
}

/** Fields of rows that stay whose action cannot be carried out. */
export function fieldObstacles({ table }: Pick<TableHits, 'table'>, counts: Touched): Obstacle[] {
  if (counts.alone === 0) return []
  return table.fields.flatMap((field) => {
    const kept = field.exception === undefined ? 0 : counts.kept(field.column.column)
    const obstacle = kept >= counts.alone ? undefined : fieldObstacle(field)
    return obstacle === undefined ? [] : [{ ...obstacle, table: table.name }]
  })
}

/** Triggers that would run, may write elsewhere, and are not allowed. */
export function triggerObstacles(one: Pick<TableHits, 'table'>, counts: Touched): Obstacle[] {
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
    result.push(cascadeObstacle(layout, one.table.name, child.name, onDelete, reached))
  }
  return result
}

/** Says what deleting rows of a table would do to rows of another that refer to them. */
export function cascadeObstacle(
  layout: Layout,
  table: string,
  child: string,
  onDelete: LiveReference['onDelete'],
  reached: number,
): Obstacle {
  const whose = layout.table(child) === undefined ? 'which no map mentions' : 'which belong to other people'
  return {
    code: layout.table(child) === undefined ? 'store.cascade-unmapped' : 'store.cascade-others',
    table,
    what: `deleting rows of ${table} would ${onDelete === 'cascade' ? 'delete' : 'change'} ${reached} row${reached === 1 ? '' : 's'} of ${child}, ${whose}`,
    mend: `Map ${child}, or keep the row (\`erase: part\`), or allow it on record: \`allow: { cascades: [${child}] }\`.`,
  }
}

/** Says what another value in a key would do to rows that follow it. */
export function renamingObstacle(table: string, targets: readonly string[], child: string, reached: number): Obstacle {
  return {
    code: 'store.cascade-unmapped',
    table,
    what: `changing ${targets.join(', ')} of ${table} would change ${reached} row${reached === 1 ? '' : 's'} of ${child}, which no map mentions`,
    mend: `Map ${child}, or allow it on record: \`allow: { cascades: [${child}] }\`.`,
  }
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
    result.push(renamingObstacle(one.table.name, targets, child.name, reached))
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
