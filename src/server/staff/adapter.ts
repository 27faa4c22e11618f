import { type CustomAdapter, createAdapterFactory } from 'better-auth/adapters'
import { quoteIdentifier, type Row, type SqlPool } from '../../sql/sql.ts'

type Where = Parameters<NonNullable<CustomAdapter['consumeOne']>>[0]['where']
type Data = Record<string, unknown>
/** A row as better-auth names its members. */
type Named = (model: string, row: Row) => Row

/** Columns that the library would fill and nobody here needs: addresses, browsers and tokens of others are not kept. */
const unkept = new Set([
  'ipAddress',
  'userAgent',
  'accessToken',
  'refreshToken',
  'idToken',
  'accessTokenExpiresAt',
  'refreshTokenExpiresAt',
  'scope',
])

const comparisons: Readonly<Record<string, string>> = { ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** The database of better-auth on Kept's own tables, on a server and in the process alike: one statement an act. */
export function staffAdapter(pool: SqlPool) {
  return createAdapterFactory({
    config: {
      adapterId: 'kept',
      supportsNumericIds: false,
      customTransformOutput: ({ data, fieldAttributes }) => fromText(data, fieldAttributes.type),
      // In the process there is one connection: what better-auth does inside a transaction might ask for a second.
      transaction: false,
    },
    adapter: ({ schema, getDefaultModelName }) =>
      customAdapter(pool, (model, row) => {
        const fields = ['id', ...Object.keys(schema[getDefaultModelName(model)]?.fields ?? {})]
        return Object.fromEntries(fields.map((field) => [field, row[columnName(field)]]))
      }),
  })
}

/** Rows show dates and large numbers as the server's own text. */
function fromText(value: unknown, type: unknown): unknown {
  if (typeof value !== 'string') return value
  if (type === 'date') return new Date(value)
  return type === 'number' ? Number(value) : value
}

function customAdapter(pool: SqlPool, named: Named): CustomAdapter {
  const one = async <T>(model: string, text: string, values: readonly unknown[]): Promise<T | null> => {
    const [row] = (await pool.query(text, values)).rows
    return row === undefined ? null : (named(model, row) as T)
  }
  return {
    create: async <T extends Record<string, unknown>>({ model, data }: { model: string; data: T }) => {
      const kept = Object.entries(data).filter(([name, value]) => value !== undefined && !unkept.has(name))
      const columns = kept.map(([name]) => column(name)).join(', ')
      const places = kept.map((_, index) => `$${index + 1}`).join(', ')
      const text = `INSERT INTO ${table(model)} (${columns}) VALUES (${places}) RETURNING *`
      return (await one<T>(
        model,
        text,
        kept.map(([, value]) => value),
      )) as T
    },
    findOne: ({ model, where }) => {
      const values: unknown[] = []
      return one(model, `SELECT * FROM ${table(model)}${whereOf(where, values)} LIMIT 1`, values)
    },
    findMany: async <T>({ model, where, limit, sortBy, offset }: Parameters<CustomAdapter['findMany']>[0]) => {
      const values: unknown[] = []
      const order = sortBy ? ` ORDER BY ${column(sortBy.field)} ${sortBy.direction === 'desc' ? 'DESC' : 'ASC'}` : ''
      const text = `SELECT * FROM ${table(model)}${whereOf(where ?? [], values)}${order}`
      const page = ` LIMIT $${values.push(limit)} OFFSET $${values.push(offset ?? 0)}`
      return (await pool.query(text + page, values)).rows.map((row) => named(model, row) as T)
    },
    count: async ({ model, where }) => {
      const values: unknown[] = []
      const text = `SELECT count(*) AS rows FROM ${table(model)}${whereOf(where ?? [], values)}`
      return Number((await pool.query(text, values)).rows[0]?.rows ?? 0)
    },
    update: ({ model, where, update }) => {
      const values: unknown[] = []
      const set = setOf(update as Data, values)
      return where.length === 0 ? Promise.resolve(null) : one(model, changed(model, set, where, values, true), values)
    },
    updateMany: async ({ model, where, update }) => {
      const values: unknown[] = []
      const text = `UPDATE ${table(model)} SET ${setOf(update, values)}${whereOf(where, values)}`
      return (await pool.query(text, values)).rowCount
    },
    delete: async ({ model, where }) => {
      const values: unknown[] = []
      if (where.length > 0) await pool.query(`DELETE FROM ${table(model)}${whereOf(where, values)}`, values)
    },
    deleteMany: async ({ model, where }) => {
      const values: unknown[] = []
      return (await pool.query(`DELETE FROM ${table(model)}${whereOf(where, values)}`, values)).rowCount
    },
    consumeOne: ({ model, where }) => {
      const values: unknown[] = []
      const row = `SELECT ctid FROM ${table(model)}${whereOf(where, values)} LIMIT 1 FOR UPDATE SKIP LOCKED`
      return one(model, `DELETE FROM ${table(model)} WHERE ctid = (${row}) RETURNING *`, values)
    },
    incrementOne: ({ model, where, increment, set }) => {
      const values: unknown[] = []
      const sums = Object.entries(increment).map(
        ([name, by]) => `${column(name)} = coalesce(${column(name)}, 0) + $${values.push(by)}`,
      )
      const given = set && Object.keys(set).length > 0 ? [setOf(set, values)] : []
      return one(model, changed(model, [...sums, ...given].join(', '), where, values, false), values)
    },
  }
}

/** One row is changed, whichever of those that fit; a guard that no longer holds when its turn comes changes none. */
function changed(model: string, set: string, where: Where, values: unknown[], all: boolean): string {
  const guard = whereOf(where, values)
  const rows = `SELECT ctid FROM ${table(model)}${guard}${all ? '' : ' LIMIT 1 FOR UPDATE'}`
  return set === ''
    ? `SELECT * FROM ${table(model)}${guard} LIMIT 1`
    : `UPDATE ${table(model)} SET ${set} WHERE ctid IN (${rows}) RETURNING *`
}

function setOf(update: Data, values: unknown[]): string {
  return Object.entries(update)
    .filter(([name, value]) => value !== undefined && !unkept.has(name))
    .map(([name, value]) => `${column(name)} = $${values.push(value)}`)
    .join(', ')
}

/** As better-auth reads conditions: all of those joined by AND, and any of those joined by OR. */
function whereOf(where: Where, values: unknown[]): string {
  const all = where.filter(({ connector }) => connector !== 'OR').map((one) => condition(one, values))
  const any = where.filter(({ connector }) => connector === 'OR').map((one) => condition(one, values))
  const parts = any.length > 0 ? [...all, `(${any.join(' OR ')})`] : all
  return parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`
}

function condition({ field, operator, value, mode }: Where[number], values: unknown[]): string {
  const blind = mode === 'insensitive' && typeof value === 'string'
  const left = blind ? `lower(${column(field)})` : column(field)
  if (value === null) return `${left} IS ${operator === 'ne' ? 'NOT ' : ''}NULL`
  const place = `$${values.push(blind ? value.toLowerCase() : value)}`
  if (operator === 'in') return `${left} = ANY(${place})`
  if (operator === 'not_in') return `${left} <> ALL(${place})`
  if (operator === 'contains') return `strpos(${left}, ${place}) > 0`
  if (operator === 'starts_with') return `starts_with(${left}, ${place})`
  if (operator === 'ends_with') return `right(${left}, length(${place})) = ${place}`
  return `${left} ${comparisons[operator ?? 'eq'] ?? '='} ${place}`
}

function table(model: string): string {
  return `kept.${quoteIdentifier(model)}`
}

function column(field: string): string {
  return quoteIdentifier(columnName(field))
}

/** `credentialID` → `credential_id`: the tables are named as the rest of the schema. */
function columnName(field: string): string {
  return field.replaceAll(/[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`)
}
