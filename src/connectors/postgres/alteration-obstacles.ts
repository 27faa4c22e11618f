import type { Obstacle } from '../../connector.ts'
import { SqlFailure } from '../../sql/failure.ts'
import { quoteIdentifier, type SqlSession } from '../../sql/sql.ts'
import type { AlteredPlace } from './alteration-places.ts'
import { type AlteredTable, classedRows, nextColumns } from './alteration-statement.ts'
import { simplePath } from './field-action.ts'
import type { Hits } from './hits.ts'

// A new value is held against type, length, unique keys, checks and triggers before anybody approves it; values are never told.

/** Why the alteration cannot be carried out as the store stands. */
export async function alterationObstacles(
  session: SqlSession,
  hits: Hits,
  tables: readonly AlteredTable[],
): Promise<Obstacle[]> {
  const found: Obstacle[] = []
  for (const one of tables) {
    const shaped: Obstacle[] = []
    for (const place of one.places) shaped.push(...(await shapeObstacles(session, one, place)))
    found.push(...shaped)
    if (shaped.length > 0) continue
    found.push(...(await uniqueObstacles(session, hits, one)), ...(await checkObstacles(session, hits, one)))
    if ((await dueRows(session, hits, one)) > 0) found.push(...triggerObstacles(one))
  }
  return found
}

async function shapeObstacles(
  session: SqlSession,
  { hits: one }: AlteredTable,
  place: AlteredPlace,
): Promise<Obstacle[]> {
  const table = one.table.name
  const { column, path, value, type, maxLength } = place
  const obstacle = (code: string, what: string, mend: string): Obstacle[] => [{ code, table, what, mend }]
  if (path !== undefined && simplePath(path) === undefined) {
    const mend = 'Use a path of names and numbers only, or `correct: none`.'
    return obstacle('store.path-unsupported', `nothing can be written at the path ${path} of column ${column}`, mend)
  }
  if (value === null || path !== undefined) return []
  if (maxLength !== undefined && [...value].length > maxLength)
    return obstacle(
      'correct.too-long',
      `the new value is longer than column ${column} takes (${maxLength})`,
      'Give a shorter one.',
    )
  await session.query('SAVEPOINT shape')
  try {
    await session.query(`SELECT $1::text::${type}`, [value])
    return []
  } catch (error) {
    if (!(error instanceof SqlFailure)) throw error
    await session.query('ROLLBACK TO SAVEPOINT shape')
    return obstacle(
      'correct.type',
      `the new value is not of the type of column ${column} (${type})`,
      'Write it as the column holds it.',
    )
  }
}

/** Somebody else has the value in a column that takes it once, or the person would have it in two rows. */
async function uniqueObstacles(session: SqlSession, hits: Hits, one: AlteredTable): Promise<Obstacle[]> {
  const { table } = one.hits
  const found: Obstacle[] = []
  const columns = nextColumns(one.places)
  for (const unique of [table.live.key, ...table.live.uniques]) {
    if (!unique.some((column) => columns.has(column))) continue
    const next = (column: string) => columns.get(column)?.next ?? `t.${quoteIdentifier(column)}`
    const due = unique.flatMap((column) => columns.get(column)?.due ?? []).join(' OR ')
    const selected = unique.map((column, index) => `${next(column)} AS u${index}`).join(', ')
    const keys = table.key.map((column, index) => `t.${column.sql} AS k${index}`).join(', ')
    const same = unique.map((column, index) => `o.${quoteIdentifier(column)} = n.u${index}`).join(' AND ')
    const self = table.key.map((column, index) => `o.${column.sql} = n.k${index}`).join(' AND ')
    const places = unique.map((_column, index) => `n.u${index}`).join(', ')
    const { rows } = await session.query<{ taken: string; twice: string }>(
      `${withClasses(hits)}, n AS (SELECT ${selected}, ${keys} FROM ${classedRows(one.hits)} WHERE ${due})
       SELECT (SELECT count(*) FROM n JOIN ${table.live.sql} o ON ${same} WHERE NOT (${self}))::text AS taken,
              (SELECT count(*) FROM (SELECT 1 FROM n GROUP BY ${places} HAVING count(*) > 1) d)::text AS twice`,
      hits.parameters.values,
    )
    if (Number(rows[0]?.taken ?? 0) + Number(rows[0]?.twice ?? 0) > 0) {
      found.push({
        code: 'correct.not-unique',
        table: table.name,
        what: `another row has the new value already, and ${unique.join(', ')} takes it once`,
        mend: 'Look whose record that is: it may be the same person, or somebody gave a wrong value.',
      })
    }
  }
  return found
}

/** A rule of the table that the row would break with the new value. */
async function checkObstacles(session: SqlSession, hits: Hits, one: AlteredTable): Promise<Obstacle[]> {
  const { table } = one.hits
  const columns = nextColumns(one.places)
  if (columns.size === 0) return []
  const { rows } = await session.query<{ name: string; rule: string }>(
    `SELECT conname AS name, pg_get_expr(conbin, conrelid) AS rule FROM pg_constraint
      WHERE contype = 'c' AND conrelid = $1::oid ORDER BY conname`,
    [table.live.oid],
  )
  const found: Obstacle[] = []
  const due = [...columns.values()].map((column) => column.due).join(' OR ')
  const select = table.live.columns.map(
    ({ name }) => `${columns.get(name)?.next ?? `t.${quoteIdentifier(name)}`} AS ${quoteIdentifier(name)}`,
  )
  for (const { name, rule } of rows) {
    const broken = await session.query<{ rows: string }>(
      `${withClasses(hits)} SELECT count(*)::text AS rows FROM (SELECT ${select.join(', ')} FROM ${classedRows(one.hits)} WHERE ${due}) r WHERE NOT (${rule})`,
      hits.parameters.values,
    )
    if (Number(broken.rows[0]?.rows ?? 0) > 0)
      found.push({
        code: 'correct.check',
        table: table.name,
        what: `the new value breaks the rule ${name} of table ${table.name}`,
        mend: 'Give a value that the table takes.',
      })
  }
  return found
}

async function dueRows(session: SqlSession, hits: Hits, one: AlteredTable): Promise<number> {
  const tests = [...one.places.map(({ due }) => due), ...(one.removes === undefined ? [] : [one.removes])]
  if (tests.length === 0) return 0
  const { rows } = await session.query<{ rows: string }>(
    `${withClasses(hits)} SELECT count(*)::text AS rows FROM ${classedRows(one.hits)} WHERE ${tests.join(' OR ')}`,
    hits.parameters.values,
  )
  return Number(rows[0]?.rows ?? 0)
}

function triggerObstacles({ hits: { table }, removes }: AlteredTable): Obstacle[] {
  const allowed = table.map.allow.triggers
  const event = removes === undefined ? 'update' : 'delete'
  return table.live.triggers
    .filter((trigger) => trigger.writes && trigger.on.includes(event))
    .filter(({ name }) => !allowed.includes(name) && !allowed.includes('*'))
    .map(({ name }) => ({
      code: 'store.trigger-reaches',
      table: table.name,
      what: `trigger ${name} of table ${table.name} may write to other rows or tables`,
      mend: `Read what it does; if that may happen, add it to the map: \`allow: { triggers: [${name}], cascades: [tables it writes to] }\`.`,
    }))
}

const withClasses = (hits: Hits): string =>
  `WITH RECURSIVE ${[hits.parameters.types(), ...hits.tables.flatMap((table) => table.ctes)].join(',\n')}`
