import type { FoundIdentity, RowRef } from '../../connector.ts'
import { compileRedactor, loosePattern } from '../../content/index.ts'
import { telling } from '../known-identities.ts'
import { rewriteCell } from '../postgres/cell.ts'
import type { FieldLayout, Layout, TableLayout } from '../postgres/layout.ts'
import type { Dialect, Session } from './dialect.ts'
import { keyOf, keySelect } from './rows.ts'
import { joined, raw, type Sql, sql } from './statement.ts'

const mostMentions = 100_000
const batchRows = 64

/**
 * Rows that hold a key identity of a person in a field to be redacted, whether or not anything links them. A table is read
 * once for everybody; the store sets aside what cannot hold one, the process looks at the rest.
 */
export async function findMentions(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  identities: readonly (readonly FoundIdentity[])[],
  tenants: readonly (readonly string[])[],
): Promise<RowRef[][]> {
  const sought = identities.map((list) => list.filter(telling))
  const result = identities.map((): RowRef[] => [])
  if (sought.every((list) => list.length === 0)) return result
  const tenanted = layout.tables.some((table) => table.map.person !== undefined && table.map.within !== undefined)
  const everybody = compileRedactor(sought.flat())
  const each = sought.length === 1 ? [everybody] : sought.map((list) => compileRedactor(list))
  const loose = loosePattern(sought.flat())
  for (const table of layout.tables) {
    const fields = table.fields.filter((field) => field.erase === 'redact' && field.column.path === undefined)
    if (fields.length === 0) continue
    const within = tenanted ? table.map.within : undefined
    for await (const rows of session.stream(statementOf(dialect, table, fields, within, loose), batchRows)) {
      for (const row of rows) {
        const place = { table: table.name, key: JSON.stringify(keyOf(row, table)) }
        if (!(await namesOne(row, fields, everybody))) continue
        for (const [person, redactor] of each.entries()) {
          // In another tenant's rows the same address is somebody else.
          const here = within === undefined || (row.tenant !== null && tenants[person]?.includes(String(row.tenant)))
          const list = result[person]
          if (here !== true || list === undefined || list.length >= mostMentions) continue
          if (each.length === 1 || (await namesOne(row, fields, redactor))) list.push(place)
        }
      }
    }
  }
  return result
}

async function namesOne(
  row: Readonly<Record<string, unknown>>,
  fields: readonly FieldLayout[],
  redactor: ReturnType<typeof compileRedactor>,
): Promise<boolean> {
  for (const [index, field] of fields.entries()) {
    const codec = row[`codec${index}`]
    const named = typeof codec === 'string' ? codec : null
    if ((await rewriteCell(row[`cell${index}`], field, named, redactor)) !== undefined) return true
  }
  return false
}

function statementOf(
  dialect: Dialect,
  table: TableLayout,
  fields: readonly FieldLayout[],
  within: string | undefined,
  loose: string,
): Sql {
  const column = (name: string) => dialect.column('t', table.live, name)
  const text = (name: string) => dialect.text({ sql: column(name), table: table.live, column: name })
  const cells = fields.map((field, index) => {
    const name = field.column.column
    const by = field.codec !== undefined && 'by' in field.codec ? text(field.codec.by) : raw('NULL')
    const cell = dialect.content({ sql: column(name), table: table.live, column: name })
    return sql`${cell} AS ${raw(`cell${index}`)}, ${by} AS ${raw(`codec${index}`)}`
  })
  const tests = fields.map((field) => {
    const cell = column(field.column.column)
    const plain = field.codec === undefined && field.base !== 'bytea'
    return (plain ? dialect.mayHold(text(field.column.column), loose) : undefined) ?? sql`${cell} IS NOT NULL`
  })
  const tenant = within === undefined ? raw('NULL') : text(within)
  return sql`SELECT ${keySelect(dialect, table)}, ${tenant} AS tenant, ${joined(cells, ', ')}
    FROM ${raw(table.live.sql)} t WHERE ${joined(tests, ' OR ')}`
}
