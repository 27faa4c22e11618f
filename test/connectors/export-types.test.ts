import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeExport } from '../../src/requests/export/write.ts'
import { parseCsv } from './csv.ts'
import { type Opened, openShop } from './shop.ts'

const types = {
  small: 'int2',
  whole: 'int8',
  exact: 'numeric',
  single: 'float4',
  double: 'float8',
  flag: 'bool',
  words: 'text',
  short: 'varchar(40)',
  fixed: 'char(5)',
  letter: '"char"',
  day: 'date',
  clock: 'time',
  zoned: 'timetz',
  local: 'timestamp',
  instant: 'timestamptz',
  span: 'interval',
  uuid: 'uuid',
  network: 'inet',
  mac: 'macaddr',
  money: 'money',
  plain: 'json',
  parsed: 'jsonb',
  list: 'text[]',
  grid: 'int4[]',
  stamps: 'timestamptz[]',
  mood: 'mood',
  place: 'place',
  places: 'place[]',
  point: 'point',
  range: 'int4range',
  vector: 'tsvector',
  document: 'xml',
  bits: 'bit varying',
  domain: 'tag_of_tags',
  amount: 'positive',
}

const policyText = `
kept: 1
controller: { name: Types, country: GB, contact: privacy@types.example }
data: { email: { is: pd:EmailAddress }, message: { is: pd:Communication } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, message] } }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`
const mapText = `
store: shop
connect: { read: env:R, execute: env:E }
country: GB
tables:
  customers: { person: { key: { email: email, id: id } }, fields: { email: { is: email } } }
  cells:
    people: { owner: { key: customer_id, to: customers.id, erase: row } }
    fields: { ${Object.keys(types)
      .map((name) => `${name}: { is: message }`)
      .join(', ')} }
`

let shop: Opened
const folder = mkdtempSync(join(tmpdir(), 'kept-export-types-'))

beforeAll(async () => {
  shop = await openShop(
    `CREATE TYPE mood AS ENUM ('happy', 'so "so", really'); CREATE TYPE place AS (street text, number int, since timestamptz);
     CREATE DOMAIN tag AS text[]; CREATE DOMAIN tag_of_tags AS tag; CREATE DOMAIN positive AS numeric CHECK (VALUE > 0);
     CREATE TABLE customers (id int PRIMARY KEY, email text);
     CREATE TABLE cells (id int PRIMARY KEY, customer_id int REFERENCES customers,
       ${Object.entries(types)
         .map(([name, type]) => `${name} ${type}`)
         .join(', ')});
     INSERT INTO customers VALUES (1, 'a@example.org'), (2, 'b@example.org')`,
    policyText,
    mapText,
  )
  const { rows } = await shop.sql.query<{ name: string }>('SELECT current_database() AS name')
  await shop.sql.query(`ALTER DATABASE ${rows[0]?.name} SET datestyle = 'German, DMY'`)
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await shop.close()
})

let exports = 0

async function exported(kind: 'folder' | 'zip') {
  const found = await shop.find({ email: 'a@example.org' })
  const out = join(folder, `out-${++exports}${kind === 'zip' ? '.zip' : ''}`)
  const written = await writeExport([{ store: shop.store, found }], {
    out,
    others: 'redact',
    now: new Date(),
    explanation: { controller: 'Types', purposes: [], copies: [], exceptions: [] },
  })
  return { out, written }
}

function read(out: string, form: 'json' | 'csv'): string {
  return readFileSync(join(out, 'data', 'shop', `cells.${form}`), 'utf8')
}

/** The server's own JSON is the second opinion; the days and times of its text are ISO for the comparison. */
async function truth(): Promise<{ json: Record<string, unknown>[]; text: Record<string, string | null>[] }> {
  return shop.sql.transaction({ readOnly: true }, async (session) => {
    await session.query(`SET LOCAL datestyle = 'ISO'`)
    const columns = ['id', ...Object.keys(types)]
    const { rows } = await session.query<{ json: string; text: Record<string, string | null> }>(
      `SELECT row_to_json(r)::text AS json, json_build_object(${columns.map((name) => `'${name}', r.${name}::text`).join(', ')}) AS text
       FROM (SELECT ${columns.join(', ')} FROM cells WHERE customer_id = 1 ORDER BY id) r`,
      [],
    )
    return { json: rows.map((row) => JSON.parse(row.json)), text: rows.map((row) => row.text) }
  })
}

const byId = (one: Record<string, unknown>, other: Record<string, unknown>) => Number(one.id) - Number(other.id)
const composed = new Set(['list', 'grid', 'stamps', 'place', 'places', 'domain'])

async function compare(): Promise<number> {
  const { out, written } = await exported('folder')
  const wanted = await truth()
  const json = (JSON.parse(read(out, 'json')) as Record<string, unknown>[]).sort(byId)
  expect(json).toEqual(wanted.json)
  const [header, ...records] = parseCsv(read(out, 'csv'))
  const rows = records.map((record) => Object.fromEntries(record.map((cell, at) => [header?.[at], cell]))).sort(byId)
  for (const [at, row] of rows.entries()) {
    for (const [name, cell] of Object.entries(row)) {
      const text = wanted.text[at]?.[name] ?? null
      if (composed.has(name)) expect(cell === null ? null : JSON.parse(String(cell))).toEqual(wanted.json[at]?.[name])
      else expect(cell).toBe(text)
    }
  }
  const table = written.tables.find((one) => one.table === 'cells')
  expect(table).toMatchObject({ rows: wanted.json.length, whole: true })
  // Of megabytes the page shows nothing: only whole rows within its limit.
  const head = table?.head ?? []
  expect(isDeepStrictEqual(head, JSON.parse(read(out, 'json')).slice(0, head.length))).toBe(true)
  return rows.length
}

test('a cell of every type reads back as the server says it, in a database with German days', async () => {
  await shop.sql.query(`DELETE FROM cells; INSERT INTO cells VALUES
    (1, 1, -3, 9007199254740993, 12.340, 1.5, 'NaN', true, 'a "b", c', '', 'abcde', 'x', '2026-11-22', '10:00:00.5', '10:00+02',
     '2026-11-22 10:00', '2026-11-22 10:00:00.25+05:30', '1 day 02:03', gen_random_uuid(), '10.0.0.1/8', '08:00:2b:01:02:03', 12.5,
     E'{"a" :\\n [1,\\t"x\\\\ny"]}', '{"q":"\\"","e":"😀"}', ARRAY['a','NULL',NULL,'"',',']::text[], '{{1,2},{3,4}}', '{2026-11-22 10:00+00}',
     'so "so", really', ROW('High "Street"', 4, '2026-01-01'), ARRAY[ROW('a', 1, NULL)::place], '(1,2)', '[1,5)', 'a:1 b:2', '<a>x</a>', B'101',
     '{a,b}', 0.1),
    (2, 1, NULL, NULL, 'Infinity', '-Infinity', 1e300, false, E'back\\\\slash\\ttab\\nline\\rreturn\\x01\\x1f', NULL, NULL, NULL, 'infinity', NULL, NULL,
     '0044-03-15 10:00 BC', '-infinity', NULL, NULL, NULL, NULL, NULL, 'null', '"text"', '{}', NULL, NULL, 'happy', ROW(NULL, NULL, NULL), NULL, NULL,
     'empty', '', NULL, '', NULL, 99999999999999999999.5),
    (3, 2, 1, 1, 1, 1, 1, true, 'somebody else''s', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`)
  expect(await compare()).toBe(2)
  expect(read(join(folder, `out-${exports}`), 'json')).not.toContain('somebody else')
})

const storable = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\t', '\\', 'N', '\x01', '\x7f', '😀', "'", '{', '}') }),
    fc.integer({ min: 900_000, max: 1_100_000 }).map((length) => '"\\\n,x😀'.repeat(Math.ceil(length / 9))),
  )
  .map((text) => text.replaceAll('\0', '').toWellFormed())

test('hostile text in columns, lists, JSON and composites reads back as it was stored', {
  timeout: 120_000,
}, async () => {
  const row = fc.record({ words: storable, list: fc.array(fc.option(storable)), parsed: storable, street: storable })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      await shop.sql.query('DELETE FROM cells')
      for (const [at, { words, list, parsed, street }] of rows.entries()) {
        await shop.sql.query(
          'INSERT INTO cells (id, customer_id, words, list, parsed, plain, place) VALUES ($1, 1, $2, $3::text[], $4::jsonb, $4::json, ROW($5::text, 1, NULL))',
          [at, words, list, JSON.stringify({ [parsed.slice(0, 50)]: parsed }), street],
        )
      }
      expect(await compare()).toBe(rows.length)
      const json = (JSON.parse(read(join(folder, `out-${exports}`), 'json')) as Record<string, unknown>[]).sort(byId)
      expect(json.map((one) => one.words)).toEqual(rows.map((one) => one.words))
      expect(json.map((one) => one.list)).toEqual(rows.map((one) => one.list))
    }),
    { numRuns: 6 },
  )
})

test('a zip holds the same files as a folder', async () => {
  const { out, written } = await exported('folder')
  const zip = await exported('zip')
  const files = (one: typeof written) =>
    one.tables.map(({ table, rows, whole, head }) => ({ table, rows, whole, head }))
  expect(files(zip.written)).toEqual(files(written))
  const { ZipReader, BlobReader, TextWriter } = await import('@zip.js/zip.js')
  const reader = new ZipReader(new BlobReader(new Blob([readFileSync(zip.out)])))
  for (const entry of await reader.getEntries()) {
    if (!/cells\.(json|csv)$/.test(entry.filename) || entry.directory) continue
    expect(await entry.getData(new TextWriter())).toBe(readFileSync(join(out, entry.filename), 'utf8'))
  }
  expect((await reader.getEntries()).map((entry) => entry.filename)).toContain('data/shop/cells.csv')
  await reader.close()
})
