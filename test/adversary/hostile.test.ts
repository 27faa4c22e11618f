/** Hostile names of tables and columns, hostile values of identities. */
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary, rowsWith } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Quirk Oy, country: FI, contact: privacy@quirk.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  text: { is: pd:Communication }
purposes:
  product: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, name, text] }
collection:
  signup: { from: subject, data: [email, name, text], for: product }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const LONG = `Ünïcödé_${'x'.repeat(48)}`

const MAP = `store: quirk
connect: { read: env:QUIRK, execute: env:QUIRK }
country: FI
tables:
  "People; DROP TABLE x--":
    for: product
    person: { key: { login: "Log in'", id: "I\\"d" }, hint: { name: SELECT } }
    fields:
      "Log in'": { is: name, erase: pseudonym }
      SELECT: { is: name, erase: clear }
      "$1": { is: text, erase: redact }
      "a.b": { is: text, erase: clear }
  "${LONG}":
    for: product
    people:
      who: { key: "per son", to: '"People; DROP TABLE x--"."I""d"', erase: row }
    fields:
      "таблица": { is: text, erase: redact }
  odd.schema.t.t:
    for: product
    people:
      who: { key: "USER", to: '"People; DROP TABLE x--"."I""d"', erase: part }
    fields:
      "ORDER": { is: text, erase: redact }
`

const SQL = `
CREATE TABLE "People; DROP TABLE x--" ("I""d" int PRIMARY KEY, "Log in'" text UNIQUE, "SELECT" text, "$1" text, "a.b" text);
CREATE TABLE "${LONG}" (id serial PRIMARY KEY, "per son" int, "таблица" text);
CREATE SCHEMA "odd.schema";
CREATE TABLE "odd.schema"."t.t" (id serial PRIMARY KEY, "USER" int, "ORDER" text);
`

const VALUES = [
  "' OR 1=1 --",
  '%',
  '_',
  '.*',
  '[a-z]+(?i)\\d{2}',
  '\\',
  `${'ab1'.repeat(3000)}`,
  'two\nlines of\ttext',
  '🦊fox🦊',
  'שלום עולם',
  '{"a": [1]}',
  '$1::text',
  'NULL',
  "O'Brien; DROP TABLE users",
  '=cmd|calc',
]

/** One sign, or longer than any name: taken out of its own column, told apart in no text. */
const UNTOLD = new Set(['%', '_', '\\', VALUES[6] ?? ''])

test('hostile names and values harm nobody', async () => {
  const vendor = await makeAdversary('hostile', POLICY, { quirk: { sql: SQL, map: MAP } })
  try {
    const people = '"People; DROP TABLE x--"'
    for (const [index, value] of VALUES.entries()) {
      const id = 1000 + index
      await vendor.query('quirk', `INSERT INTO ${people} VALUES ($1, $2, $3, $4, $5)`, [
        id,
        value,
        `Name of ${id}`,
        `I am ${value} indeed`,
        `a ${id}`,
      ])
      await vendor.query('quirk', `INSERT INTO "${LONG}" ("per son", "таблица") VALUES ($1, $2)`, [
        id,
        `hello ${value} !`,
      ])
      await vendor.query('quirk', `INSERT INTO "odd.schema"."t.t" ("USER", "ORDER") VALUES ($1, $2)`, [
        id,
        `order of ${value}`,
      ])
    }
    const check = await vendor.run(['check', '--json'])
    expect(JSON.parse(check.out).faults.map((one: { code: string }) => one.code)).toEqual(['policy.category-nowhere'])
    for (const [index, value] of VALUES.entries()) {
      const before = await vendor.rows('quirk')
      const out = await vendor.run(['request', 'access', '--identity', `login=${value}`, '--out', `out${index}`])
      expect(out.code, `${value.slice(0, 30)} ${out.err}`).toBe(0)
      const done = await vendor.request(['erase', '--identity', `login=${value}`, '--approve-by', 'jo'])
      expect(done.state, summary(done)).toBe('done')
      const changed = Object.entries(differenceOf(before, await vendor.rows('quirk')))
      expect(changed).toHaveLength(UNTOLD.has(value) ? 2 : 3)
      for (const [, { gone }] of changed) for (const row of gone) expect(row).toContain(String(1000 + index))
      // What no text can be searched for is said, not passed over.
      if (UNTOLD.has(value)) expect(done.proof?.notSearched).toContain('login#1')
    }
    const left = await vendor.rows('quirk')
    expect(rowsWith(left, ['Name of', 'OR 1=1', '🦊', 'עולם', 'Brien', 'cmd|calc'])).toEqual([])
  } finally {
    await vendor.close()
  }
})
