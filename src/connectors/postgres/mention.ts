import type { FoundIdentity, RowRef } from '../../connector.ts'
import { compileRedactor, identifierPatterns } from '../../content/index.ts'
import { namesOnePerson } from '../../language/identity-kind.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import { rewriteCell } from './cell.ts'
import type { FieldLayout, Layout, TableLayout } from './layout.ts'
import { Parameters } from './parameters.ts'

const mostMentions = 100_000
const batchRows = 64

/** A mention needs a value that nobody else's text holds by chance. */
function telling(identity: FoundIdentity): boolean {
  return identity.strong && identity.local !== true && namesOnePerson(identity.value)
}

/**
 * Rows that hold a key identity of the person in a field to be redacted, whether or not anything links them:
 * colleagues' notes, copied addresses. Names and other hints never make a mention.
 */
export async function findMentions(
  session: SqlSession,
  layout: Layout,
  identities: readonly FoundIdentity[],
): Promise<RowRef[]> {
  const sought = identities.filter(telling)
  if (sought.length === 0) return []
  const patterns = identifierPatterns(sought)
  const result: RowRef[] = []
  for (const table of layout.tables) {
    const redacted = table.fields.filter((field) => field.erase === 'redact')
    const plain = redacted.filter((field) => field.codec === undefined && field.base !== 'bytea')
    const coded = redacted.filter((field) => field.codec !== undefined)
    const keys = new Set<string>()
    if (plain.length > 0 && patterns.length > 0) {
      for (const key of await plainMentions(session, table, plain, patterns)) keys.add(key)
    }
    if (coded.length > 0) {
      const redactor = compileRedactor(sought)
      for await (const key of codedMentions(session, table, coded, redactor)) keys.add(key)
    }
    for (const key of keys) result.push({ table: table.name, key })
    if (result.length > mostMentions) break
  }
  return result.slice(0, mostMentions)
}

async function plainMentions(
  session: SqlSession,
  table: TableLayout,
  fields: readonly FieldLayout[],
  patterns: readonly string[],
): Promise<string[]> {
  const parameters = new Parameters()
  const bound = patterns.map((pattern) => parameters.bind(pattern, 'text'))
  const tests = fields.flatMap((field) =>
    bound.map((pattern) => `t.${quoteIdentifier(field.column.column)}::text ~* ${pattern}`),
  )
  const { rows } = await session.query<{ key: string[] }>(
    `SELECT ${keyArray(table)} AS key FROM ${table.live.sql} t WHERE ${tests.join(' OR ')} LIMIT ${mostMentions}`,
    parameters.values,
  )
  return rows.map((row) => JSON.stringify(row.key))
}

/** Encoded cells are read by the process, a bounded number at a time. */
async function* codedMentions(
  session: SqlSession,
  table: TableLayout,
  fields: readonly FieldLayout[],
  redactor: ReturnType<typeof compileRedactor>,
): AsyncIterable<string> {
  for (const field of fields) {
    const column = `t.${quoteIdentifier(field.column.column)}`
    const by = field.codec !== undefined && 'by' in field.codec ? `t.${quoteIdentifier(field.codec.by)}::text` : 'NULL'
    const text = `SELECT ${keyArray(table)} AS key, ${column} AS cell, ${by} AS codec
      FROM ${table.live.sql} t WHERE ${column} IS NOT NULL`
    for await (const rows of session.cursor<{ key: string[]; cell: unknown; codec: string | null }>(
      text,
      [],
      batchRows,
    )) {
      for (const row of rows) {
        const rewritten = await rewriteCell(row.cell, field, row.codec, redactor)
        if (rewritten !== undefined) yield JSON.stringify(row.key)
      }
    }
  }
}

export function keyArray(table: TableLayout, alias = 't'): string {
  return `ARRAY[${table.key.map((column) => `${alias}.${column.sql}::text`).join(', ')}]`
}
