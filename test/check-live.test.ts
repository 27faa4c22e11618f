import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, it } from 'vitest'
import { openPostgres } from '../src/connectors/postgres/index.ts'
import type { StoreMap } from '../src/language/store-map.ts'
import { checkLive, checkPolicy, misfits } from '../src/policy/check.ts'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicy, readPolicyBytes } from '../src/policy/policy.ts'
import { readStoreMapBytes, readStoreMaps, storesDirectory } from '../src/policy/stores.ts'
import { faultLine } from './policy-case.ts'
import { freshDatabase, loadDump } from './postgres.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const POLICY = `kept: 1
controller: { name: Fernweh Ltd }
law: eu-gdpr
data:
  email: pd:EmailAddress
  note: pd:Communication
  phone: pd:TelephoneNumber
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, note, phone] }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`

const MAP = `store: desk
connect: { read: env:DESK, execute: env:DESK_EXECUTE }
tables:
  people:
    person: { key: { email: mail, id: id }, erase: part }
    fields:
      mail: { is: email, erase: pseudonym }
      phone: { is: phone, erase: clear }
  notes:
    people: { author: { key: owner, to: people.id, erase: row } }
    fields: { body: { is: note, erase: redact }, day: none }
`

const SCHEMA = `
  CREATE TABLE people (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text NOT NULL UNIQUE, phone varchar(20));
  CREATE TABLE notes (id int PRIMARY KEY, owner int REFERENCES people, body text, day date) PARTITION BY HASH (id);
  CREATE TABLE notes_0 PARTITION OF notes FOR VALUES WITH (MODULUS 1, REMAINDER 0);
  CREATE VIEW mails AS SELECT mail FROM people;
`

async function statements(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function findings(url: string, map: StoreMap, policyText = POLICY): Promise<string[]> {
  const { policy } = readPolicyBytes('kept.yaml', bytes(policyText))
  const plan = compilePlan(policy, [map])
  const store = await openPostgres(map, plan.rights.exceptions, { read: url, execute: url })
  try {
    const live = checkLive(plan, map, await store.describe(), store.capabilities)
    return [...checkPolicy(plan, [map]), ...live].map((fault) => faultLine(fault).split(' |')[0] ?? '')
  } finally {
    await store.close()
  }
}

function mapOf(text: string): StoreMap {
  const { policy } = readPolicyBytes('kept.yaml', bytes(POLICY))
  const { map, faults } = readStoreMapBytes('desk.yaml', bytes(text), policy)
  expect(faults).toEqual([])
  if (map === undefined) throw new Error('the map could not be read')
  return map
}

it('finds nothing where map and store agree, and every breach planted in the live store', async () => {
  const url = await freshDatabase('check_live')
  await statements(url, SCHEMA)
  const map = mapOf(MAP)
  expect(await findings(url, map)).toEqual([])

  await statements(url, 'ALTER TABLE people ADD COLUMN birthday date; CREATE TABLE audit (line text)')
  await statements(url, 'ALTER TABLE people ALTER COLUMN phone SET NOT NULL; ALTER TABLE notes DROP COLUMN day')
  await statements(url, 'ALTER TABLE notes ALTER COLUMN body TYPE bytea USING NULL')
  expect(await findings(url, map)).toEqual([
    'desk.yaml:3:1 warning store.undeclared-table tables',
    'desk.yaml:6:5 warning store.undeclared-column tables.people.fields',
    'desk.yaml:8:14 error store.clear-not-null tables.people.fields.phone',
    'desk.yaml:11:50 error store.column-missing tables.notes.fields.day',
  ])
})

it('asks what erasure does only of rows that may stay', async () => {
  const url = await freshDatabase('check_live_rows')
  await statements(url, SCHEMA.replace('body text', 'body bytea').replace('day date', 'day date, reader int'))
  const going = mapOf(MAP.replace('day: none', 'day: none, reader: none'))
  expect(await findings(url, going)).toEqual([])
  const shared = MAP.replace(
    'erase: row } }',
    'erase: row }, reader: { key: reader, to: people.id, erase: keep-link } }',
  )
  expect(await findings(url, mapOf(shared))).toEqual([
    'desk.yaml:11:21 warning store.redact-type tables.notes.fields.body',
  ])
})

it('tells which rights the execute role lacks, and asks none that erasing does not need', async () => {
  const url = await freshDatabase('check_rights')
  await statements(url, `${SCHEMA}; CREATE SCHEMA kept_store; CREATE TABLE kept_store.marker (step text)`)
  const role = `check_rights_${process.pid}`
  const name = new URL(url).pathname.slice(1)
  await statements(
    url,
    `CREATE ROLE ${role} LOGIN; GRANT USAGE ON SCHEMA public, kept_store TO ${role};
     GRANT SELECT, INSERT, DELETE ON kept_store.marker TO ${role};
     GRANT SELECT, UPDATE (mail, phone) ON people TO ${role}; GRANT SELECT, UPDATE (body), DELETE ON notes TO ${role}`,
  )
  const execute = new URL(url)
  execute.username = role
  execute.password = ''
  const map = mapOf(MAP)
  const { policy } = readPolicyBytes('kept.yaml', bytes(POLICY))
  const plan = compilePlan(policy, [map])
  const store = await openPostgres(map, [], { read: url, execute: execute.href })
  const lacking = async (sql: string) => {
    await statements(url, sql)
    const live = await store.describe()
    const told = misfits(plan, map, live, store.capabilities).map(
      ({ code, table, what }) => `${code} ${table}: ${what}`,
    )
    expect(checkLive(plan, map, live, store.capabilities)).toHaveLength(told.length)
    return told
  }
  try {
    expect(await lacking('SELECT 1')).toEqual([])
    expect(await lacking(`REVOKE DELETE ON notes FROM ${role}`)).toEqual([
      'store.execute-right notes: the execute role may not DELETE on table "notes"',
    ])
    expect(await lacking(`GRANT DELETE ON notes TO ${role}; REVOKE UPDATE (phone) ON people FROM ${role}`)).toEqual([
      'store.execute-right people: the execute role may not UPDATE (phone) on table "people"',
    ])
    await statements(url, `GRANT UPDATE (phone) ON people TO ${role}`)
    expect(await lacking(`REVOKE INSERT ON kept_store.marker FROM ${role}`)).toEqual([
      expect.stringContaining('store.marker-missing desk: the execute role can neither use nor make'),
    ])
    expect(await lacking('DROP SCHEMA kept_store CASCADE')).toHaveLength(1)
    expect(await lacking(`GRANT CREATE ON DATABASE "${name}" TO ${role}`)).toEqual([])
    expect(await lacking(`ALTER TABLE people ENABLE ROW LEVEL SECURITY`)).toEqual([
      'store.execute-right people: the execute role sees of table "people" only rows that a row security policy shows',
    ])
    expect(
      await lacking(
        `ALTER TABLE people DISABLE ROW LEVEL SECURITY; REVOKE USAGE ON SCHEMA public FROM PUBLIC, ${role}`,
      ),
    ).toEqual([
      expect.stringContaining('may not SELECT (id, mail, phone)'),
      expect.stringContaining('may not SELECT (id, owner, body)'),
    ])
  } finally {
    await store.close()
    await statements(url, `DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`)
  }
})

const example = fileURLToPath(new URL('../examples/request-tracker/kept.yaml', import.meta.url))
const dump = fileURLToPath(new URL('../../shared/fixtures/request-tracker/database.sql', import.meta.url))

it('holds the map of Request Tracker against its real schema: nothing is found until a column is planted', async (context) => {
  if (!existsSync(dump)) context.skip('there is no ../shared/fixtures/request-tracker beside this checkout')
  const { policy, faults } = await readPolicy(example)
  const { maps, faults: ofMaps } = await readStoreMaps(storesDirectory(example), policy)
  expect([...faults, ...ofMaps].map(faultLine)).toEqual([])
  const [map] = maps
  if (map === undefined) throw new Error('the example has no store map')
  const url = await freshDatabase('check_request_tracker')
  await loadDump(url, dump)
  const plan = compilePlan(policy, maps)
  const store = await openPostgres(map, plan.rights.exceptions, { read: url, execute: url })
  try {
    const found = checkLive(plan, map, await store.describe(), store.capabilities).map(faultLine)
    expect(found).toEqual([])
    await statements(url, 'ALTER TABLE users ADD COLUMN planted text')
    const planted = checkLive(plan, map, await store.describe(), store.capabilities).map(faultLine)
    expect(planted.map((line) => line.split(' ')[2])).toEqual(['store.undeclared-column'])
  } finally {
    await store.close()
  }
})
