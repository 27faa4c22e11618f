/** JavaScript and PostgreSQL must take the same stretches of text for the same person: one table, three engines. */
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MATCHES, REFUSALS } from '../src/content/identifier.cases.ts'
import { identifierPattern, identifierPatterns, loosePattern } from '../src/content/identifier.ts'
import { compileRedactor } from '../src/content/redactor.ts'
import { freshDatabase } from './postgres.ts'

type Query = (sql: string, values: readonly unknown[]) => Promise<readonly { out: string }[]>

const REPLACE = `select regexp_replace(text, pattern, '#', 'gi') as out
  from unnest($1::text[], $2::text[]) with ordinality as cases(text, pattern, place) order by place`
const CASES = [...MATCHES, ...REFUSALS]

async function replaced(query: Query): Promise<readonly string[]> {
  const patterns = CASES.map(({ kind, value }) => identifierPattern({ kind, value, strong: true }))
  const rows = await query(REPLACE, [CASES.map(({ text }) => text), patterns])
  return rows.map(({ out }) => out)
}

const expected = CASES.map((one) => ('left' in one ? one.left : one.text))

async function together(query: Query): Promise<void> {
  const identifiers = MATCHES.map(({ kind, value }) => ({ kind, value, strong: true }))
  const text = MATCHES.map((one) => one.text).join(' | ')
  let inStore = text
  for (const pattern of identifierPatterns(identifiers)) {
    inStore = (await query(`select regexp_replace($1, $2, '#', 'gi') as out`, [inStore, pattern]))[0]?.out ?? ''
  }
  expect(inStore).toBe(compileRedactor(identifiers, '#').text(text).text)
  const loose = loosePattern(identifiers)
  const rows = await query('select text as out from unnest($1::text[]) as cases(text) where text ~* $2', [
    MATCHES.map((one) => one.text),
    loose,
  ])
  expect(rows.map(({ out }) => out)).toEqual(MATCHES.map((one) => one.text))
}

describe('PostgreSQL server', () => {
  let client: pg.Client
  const query: Query = async (sql, values) => (await client.query(sql, [...values])).rows
  beforeAll(async () => {
    client = new pg.Client({ connectionString: await freshDatabase('content_patterns') })
    await client.connect()
  })
  afterAll(() => client.end())

  test('replaces what JavaScript replaces, case by case', async () => {
    expect(await replaced(query)).toEqual(expected)
  })
  test('replaces what JavaScript replaces, all identifiers at once', () => together(query))
})

describe('PGlite', () => {
  let lite: PGlite
  const query: Query = async (sql, values) => (await lite.query<{ out: string }>(sql, [...values])).rows
  beforeAll(async () => {
    lite = await PGlite.create()
  })
  afterAll(() => lite.close())

  test('replaces what JavaScript replaces, case by case', async () => {
    expect(await replaced(query)).toEqual(expected)
  })
  test('replaces what JavaScript replaces, all identifiers at once', () => together(query))
})
