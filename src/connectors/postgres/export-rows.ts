import type { ExportRows, Found, RowRef } from '../../connector.ts'
import { compileRedactor, excerpt, readParts } from '../../content/index.ts'
import { quoteIdentifier, type SqlSession } from '../../sql/sql.ts'
import { identifiers } from '../known-identities.ts'
import { codecOf } from './cell.ts'
import { type ExportColumn, type ExportSource, sourceText } from './export.ts'
import type { Layout } from './layout.ts'
import { keyArray } from './mention.ts'
import { identitiesOf } from './others.ts'
import { readOwners } from './owners.ts'

const batchRows = 200
/** A decoded text longer than this becomes a file of its own instead of a cell. */
const longestInline = 100_000

interface SourceRow {
  [key: string]: unknown
  kept_key: string[]
  kept_row: string
  kept_codecs: (string | null)[]
  kept_mention: boolean
}

/** A row as its reader is to see it, before its cells are decoded: bytes are a mark of two letters and hexadecimal digits. */
export interface ReadRow {
  readonly key: readonly (string | null)[]
  readonly values: Map<string, unknown>
  /** The codec that another column names, for each column. */
  readonly codecs: readonly (string | null)[]
}

interface PreparedRow {
  readonly values: ReadonlyMap<string, unknown>
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

/**
 * Rows that pass through the process: encoded cells are decoded for the reader, other people's names and addresses in
 * shared rows are treated by the rule, and of rows that only mention the person they get the lines that do. A batch at a time, so memory does not grow with the rows.
 */
export async function* codedRows(
  session: SqlSession,
  layout: Layout,
  source: ExportSource,
  found: Found,
  others: 'redact' | 'keep',
): AsyncGenerator<ExportRows> {
  const keys = compileRedactor(identifiers(found, 'strong'))
  let separator = ''
  for await (const rows of session.cursor<SourceRow>(rowStatement(source), source.values, batchRows)) {
    const redactors = others === 'redact' ? await otherPeople(session, layout, source, found, rows) : new Map()
    const batch: PreparedRow[] = []
    for (const row of rows) {
      const shown = row.kept_mention && others === 'redact' ? keys : undefined
      const values = new Map(Object.entries(JSON.parse(row.kept_row) as Record<string, unknown>))
      const read = { key: row.kept_key, values, codecs: row.kept_codecs }
      batch.push(await prepareRow(source.columns, read, redactors.get(JSON.stringify(row.kept_key)), shown))
    }
    yield pieceOf(source.columns, batch, separator)
    separator = ',\n'
  }
}

/** A piece of an export in both forms; `separator` goes before its first object. */
export function pieceOf(
  columns: readonly Pick<ExportColumn, 'name'>[],
  batch: readonly PreparedRow[],
  separator: string,
): ExportRows {
  const records = batch.map((row) => columns.map(({ name }) => csvCell(row.values.get(name))).join(','))
  const objects = batch.map((row) => JSON.stringify(Object.fromEntries(row.values)))
  return {
    csv: Buffer.from(records.map((record) => `${record}\n`).join('')),
    json: Buffer.from(separator + objects.join(',\n')),
    rows: batch.length,
    files: batch.flatMap((row) => row.files),
  }
}

/** The rows as JSON, with their key and the codecs that a column names. */
function rowStatement(source: ExportSource): string {
  const table = source.hits.table
  const codecs = source.columns.map((column) => {
    const codec = column.field?.codec
    return codec !== undefined && 'by' in codec ? `t.${quoteIdentifier(codec.by)}::text` : 'NULL::text'
  })
  const text = sourceText(source.parts, [
    `${keyArray(table)} AS kept_key`,
    `ARRAY[${codecs.join(', ')}]::text[] AS kept_codecs`,
    `${source.hits.plain ? 'false' : 'h.mentioned AND NOT h.wants_row AND NOT h.wants_part'} AS kept_mention`,
  ])
  const names = source.columns.map((column) => column.sql)
  return `SELECT r.kept_key, r.kept_codecs, r.kept_mention, row_to_json((SELECT c FROM (SELECT ${names.map((name) => `r.${name}`).join(', ')}) c))::text AS kept_row
    FROM (${text}) r`
}

/** Encoded cells decoded, other people's words treated, and of a row that only mentions the person the lines that do. */
export async function prepareRow(
  columns: readonly ExportColumn[],
  { key, values, codecs }: ReadRow,
  others: ReturnType<typeof compileRedactor> | undefined,
  mentionOf: ReturnType<typeof compileRedactor> | undefined,
): Promise<PreparedRow> {
  const files: { name: string; bytes: Uint8Array }[] = []
  const shown = (text: string): string => {
    const part = mentionOf === undefined ? text : excerpt(text, mentionOf)
    return others === undefined ? part : others.text(part).text
  }
  for (const [index, column] of columns.entries()) {
    const value = values.get(column.name)
    if (column.field === undefined || typeof value !== 'string') continue
    const named = codecs[index] ?? null
    let text = shown(value)
    if (column.field.codec !== undefined || column.field.base === 'bytea') {
      const bytes = column.field.base === 'bytea' ? Buffer.from(value.slice(2), 'hex') : Buffer.from(value, 'utf8')
      const parts: string[] = []
      for await (const part of readParts(
        bytes,
        column.field.codec === undefined ? 'auto' : codecOf(column.field, named),
      )) {
        parts.push(part.text)
      }
      text = shown(parts.join('\n'))
      const unreadable = mentionOf === undefined && text === '' && bytes.length > 0
      if (text.length > longestInline || unreadable) {
        const name = `${[...key, column.name]
          .join('-')
          .replace(/[^\p{L}\p{N}._-]+/gu, '_')
          .slice(0, 120)}`
        files.push(unreadable ? { name: `${name}.bin`, bytes } : { name: `${name}.txt`, bytes: Buffer.from(text) })
        text = `see files/${files.at(-1)?.name}`
      }
    }
    values.set(column.name, text === '' && mentionOf !== undefined ? null : text)
  }
  return { values, files }
}

/** For each row in which other people stand: a redactor of their names and addresses, the person's own spared. */
async function otherPeople(
  session: SqlSession,
  layout: Layout,
  source: ExportSource,
  found: Found,
  rows: readonly SourceRow[],
): Promise<Map<string, ReturnType<typeof compileRedactor>>> {
  const table = source.hits.table.name
  const refs = rows.map((row): RowRef => ({ table, key: JSON.stringify(row.kept_key) }))
  const own = new Set(found.persons.map((one) => `${one.table}\n${one.key}`))
  const owners = (await readOwners(session, layout, refs)).filter(
    (one) => !own.has(`${one.person.table}\n${one.person.key}`),
  )
  const known = await identitiesOf(
    session,
    layout,
    owners.map((one) => one.person),
  )
  const mine = new Set(identifiers(found, 'all').map((one) => one.value.toLowerCase()))
  const result = new Map<string, ReturnType<typeof compileRedactor>>()
  for (const key of new Set(owners.map((one) => one.key))) {
    const theirs = owners
      .filter((one) => one.key === key)
      .flatMap((one) => known.get(`${one.person.table}\n${one.person.key}`) ?? [])
      .filter((one) => !mine.has(one.value.toLowerCase()))
    if (theirs.length > 0) result.set(key, compileRedactor(theirs, '[another person]'))
  }
  return result
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
