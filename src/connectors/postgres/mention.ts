import type { FoundIdentity, RowRef } from '../../connector.ts'
import { compileRedactor, identifierPatterns, loosePattern } from '../../content/index.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import { telling } from '../known-identities.ts'
import { rewriteCell } from './cell.ts'
import type { FieldLayout, Layout, TableLayout } from './layout.ts'
import { Parameters } from './parameters.ts'

const mostMentions = 100_000
const batchRows = 64

/** So many people's patterns go into one scan of a table. */
const peopleAtOnce = 50

/**
 * Rows that hold a key identity of a person in a field to be redacted, whether or not anything links them: colleagues'
 * notes, copied addresses. Names and other hints never make a mention. A table is read once for many people together.
 */
export async function findMentions(
  session: SqlSession,
  layout: Layout,
  identities: readonly (readonly FoundIdentity[])[],
  tenants: readonly (readonly string[])[],
): Promise<RowRef[][]> {
  const sought = identities.map((list) => list.filter(telling))
  const result = identities.map((): RowRef[] => [])
  const tenanted = layout.tables.some((table) => table.map.person !== undefined && table.map.within !== undefined)
  for (const table of layout.tables) {
    const redacted = table.fields.filter((field) => field.erase === 'redact')
    const plain = redacted.filter((field) => field.codec === undefined && field.base !== 'bytea')
    const coded = redacted.filter((field) => field.codec !== undefined)
    const keys = identities.map(() => new Set<string>())
    const within = tenanted ? table.map.within : undefined
    // In another tenant's rows the same address is somebody else.
    const add: AddRow = (person, key, tenant) => {
      if (within === undefined || (tenant !== null && tenants[person]?.includes(tenant)))
        keys[person]?.add(JSON.stringify(key))
    }
    const tenant = within === undefined ? 'NULL::text' : `t.${quoteIdentifier(within)}::text`
    if (plain.length > 0) {
      for (let at = 0; at < sought.length; at += peopleAtOnce) {
        const some = sought.slice(at, at + peopleAtOnce)
        await plainMentions(session, table, plain, some, tenant, (person, key, of) => add(at + person, key, of))
      }
    }
    if (coded.length > 0) await codedMentions(session, table, coded, sought, tenant, add)
    result.forEach((list, index) => {
      const room = mostMentions - list.length
      list.push(...[...(keys[index] ?? [])].slice(0, room).map((key) => ({ table: table.name, key })))
    })
  }
  return result
}

/** Takes a row that names the person of this number, unless it is another tenant's. */
type AddRow = (person: number, key: readonly string[], tenant: string | null) => void

/** One scan with everybody's patterns; where several people are sought, the rows it finds are told apart afterwards. */
async function plainMentions(
  session: SqlSession,
  table: TableLayout,
  fields: readonly FieldLayout[],
  sought: readonly (readonly FoundIdentity[])[],
  tenant: string,
  add: AddRow,
): Promise<void> {
  const all = identifierPatterns(sought.flat())
  if (all.length === 0) return
  const parameters = new Parameters()
  const bound = all.map((pattern) => parameters.bind(pattern, 'text'))
  const cells = fields.map((field) => `t.${quoteIdentifier(field.column.column)}::text`)
  // Most rows are set aside by how identifiers begin: a small pattern that the server applies ten times faster.
  const loose = parameters.bind(loosePattern(sought.flat()), 'text')
  const tests = cells.map(
    (cell) => `(${cell} ~* ${loose} AND (${bound.map((pattern) => `${cell} ~* ${pattern}`).join(' OR ')}))`,
  )
  const scan = `SELECT ${keyArray(table)} AS key, ${tenant} AS tenant FROM ${table.live.sql} t WHERE ${tests.join(' OR ')} LIMIT ${mostMentions}`
  const { rows } = await session.query<{ key: string[]; tenant: string | null }>(scan, parameters.values)
  if (sought.length === 1) {
    for (const row of rows) add(0, row.key, row.tenant)
    return
  }
  if (rows.length === 0) return
  const own = sought.flatMap((list, s) => identifierPatterns(list).map((pattern) => ({ s, pattern })))
  const columns = table.key.map((_column, index) => rows.map((row) => row.key[index]))
  const lists = columns.map((_values, index) => `$${index + 3}::text[]`)
  const names = columns.map((_values, index) => `k${index}`)
  const same = table.key.map((column, index) => `t.${column.sql} = w.k${index}::${column.type}`)
  const apart = await session.query<{ s: number; key: string[]; tenant: string | null }>(
    `SELECT DISTINCT m.s, ${keyArray(table)} AS key, ${tenant} AS tenant
     FROM unnest(${lists.join(', ')}) w(${names.join(', ')}) JOIN ${table.live.sql} t ON ${same.join(' AND ')}
       JOIN unnest($1::int4[], $2::text[]) m(s, p) ON ${cells.map((cell) => `${cell} ~* m.p`).join(' OR ')}`,
    [own.map((one) => one.s), own.map((one) => one.pattern), ...columns],
  )
  for (const row of apart.rows) add(row.s, row.key, row.tenant)
}

/** Encoded cells are read by the process once for everybody, a bounded number at a time. */
async function codedMentions(
  session: SqlSession,
  table: TableLayout,
  fields: readonly FieldLayout[],
  sought: readonly (readonly FoundIdentity[])[],
  tenant: string,
  add: AddRow,
): Promise<void> {
  if (sought.every((list) => list.length === 0)) return
  const everybody = compileRedactor(sought.flat())
  const each = sought.length === 1 ? [everybody] : sought.map((list) => compileRedactor(list))
  for (const field of fields) {
    const column = `t.${quoteIdentifier(field.column.column)}`
    const by = field.codec !== undefined && 'by' in field.codec ? `t.${quoteIdentifier(field.codec.by)}::text` : 'NULL'
    const text = `SELECT ${keyArray(table)} AS key, ${column} AS cell, ${by} AS codec, ${tenant} AS tenant
      FROM ${table.live.sql} t WHERE ${column} IS NOT NULL`
    type CodedRow = { key: string[]; cell: unknown; codec: string | null; tenant: string | null }
    for await (const rows of session.cursor<CodedRow>(text, [], batchRows)) {
      for (const row of rows) {
        if ((await rewriteCell(row.cell, field, row.codec, everybody)) === undefined) continue
        for (const [index, redactor] of each.entries()) {
          const theirs = each.length === 1 || (await rewriteCell(row.cell, field, row.codec, redactor)) !== undefined
          if (theirs) add(index, row.key, row.tenant)
        }
      }
    }
  }
}

export function keyArray(table: TableLayout, alias = 't'): string {
  return `ARRAY[${table.key.map((column) => `${alias}.${column.sql}::text`).join(', ')}]`
}
