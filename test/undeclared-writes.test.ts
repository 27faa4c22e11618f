/** A store that itself refuses values nobody declared: real PostgreSQL, written to by an ordinary login of the application. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { freshDatabase } from './postgres.ts'

const POLICY = `kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [uk-gdpr]
data: { email: { is: pd:EmailAddress }, message: { is: pd:Communication, words: what you write to us } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, message] } }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`

const MAP = `store: desk
connect: { read: env:DESK, execute: env:DESK, guard: env:DESK }
undeclared: refuse
tables:
  people:
    person: { key: { email: mail, id: id } }
    fields: { mail: { is: email, erase: pseudonym } }
  notes:
    people: { author: { key: owner, to: people.id, erase: row } }
    fields: { body: { is: message }, day: none }
  old_notes:
    fields: { id: none, owner: none, body: none, day: none }
`

const SCHEMA = `
  CREATE TABLE people (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text NOT NULL UNIQUE);
  CREATE TABLE notes (id int, owner int REFERENCES people, body text, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
  CREATE TABLE notes_2026 PARTITION OF notes FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  CREATE TABLE old_notes (id int, owner int, body text, day date);
  CREATE TABLE older_notes () INHERITS (old_notes);
  INSERT INTO people (mail) VALUES ('ada@example.org'), ('bob@example.org');
  INSERT INTO notes VALUES (1, 1, 'hello', '2026-03-01');
  CREATE ROLE app_ROLE LOGIN PASSWORD 'app';
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app_ROLE;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_ROLE;
`

const over: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const end of over.splice(0).reverse()) await end()
})

/** A vendor with a login for its owner and one for its application, and the command line beside its files. */
async function vendorOf(name: string) {
  const url = await freshDatabase(name)
  const role = `app_${new URL(url).pathname.slice(1)}`
  const login = async (connectionString: string) => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    over.push(() => client.end())
    return client
  }
  const owner = await login(url)
  over.push(() => owner.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`))
  await owner.query(SCHEMA.replaceAll('app_ROLE', role))
  const address = new URL(url)
  address.username = role
  address.password = 'app'
  const application = await login(address.href)
  const own = await freshDatabase(`${name}_own`)
  const folder = mkdtempSync(join(tmpdir(), 'kept-undeclared-'))
  over.push(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'stores'))
  const declare = (map: string) => writeFileSync(join(folder, 'stores', 'desk.yaml'), map)
  writeFileSync(join(folder, 'kept.yaml'), POLICY)
  declare(MAP)
  const kept = async (...words: string[]) => {
    const printed: string[] = []
    const out = (text: string) => {
      printed.push(text)
    }
    const env = { DESK: url, KEPT_DATABASE_URL: own, KEPT_KEYS: join(folder, 'keys') }
    const terminal = { cwd: folder, env, interactive: false, out, err: out }
    return { code: await runCommand(words, terminal), told: printed.join('') }
  }
  return { owner, application, kept, declare }
}

const refusal = (column: string, table: string) => `no store map declares ${column} of table public.${table}`

test('a column added to a live database is reported, and from the next look its values are refused', async () => {
  const { owner, application, kept } = await vendorOf('undeclared')
  expect((await kept('store', 'guard', 'desk')).told).toBe(
    'desk refuses values that no map declares; there is nothing to look at\nNothing had to be changed.\n',
  )
  await owner.query('ALTER TABLE people ADD COLUMN second_mail text')
  await application.query(`UPDATE people SET second_mail = 'ada2@example.org' WHERE id = 1`)
  const checked = await kept('store', 'check', 'desk')
  expect(checked.code).toBe(1)
  expect(checked.told).toContain('no store map mentions column "second_mail" of table "people"')
  expect(checked.told).not.toContain('ada2')

  const guarded = JSON.parse((await kept('store', 'guard', 'desk', '--json')).told)
  expect(guarded).toMatchObject({ mode: 'refuse', tables: [{ table: 'people', columns: ['second_mail'], unsure: [] }] })
  const breach = refusal('second_mail', 'people')
  await expect(
    application.query(`INSERT INTO people (mail, second_mail) VALUES ('c@x.org', 'd@x.org')`),
  ).rejects.toThrow(breach)
  await expect(application.query(`UPDATE people SET second_mail = 'e@x.org'`)).rejects.toThrow(breach)
  // A row that has such a value already lives on, and everything that was declared is written as before.
  await application.query(`UPDATE people SET mail = 'ada3@example.org' WHERE id = 1`)
  await application.query(`INSERT INTO people (mail) VALUES ('f@x.org'), ('g@x.org')`)
  await application.query(
    `INSERT INTO people (mail) VALUES ('f@x.org') ON CONFLICT (mail) DO UPDATE SET mail = 'h@x.org'`,
  )
  expect((await kept('store', 'guard', 'desk')).told).toContain('Nothing had to be changed.')
  // Taking what nobody declared out is never refused.
  await application.query('UPDATE people SET second_mail = NULL')
})

test('partitions, inheritance, tables and types of every sort; what comes of itself is not refused', async () => {
  const { owner, application, kept } = await vendorOf('undeclared_kinds')
  await owner.query(`
    ALTER TABLE notes ADD COLUMN extra json, ADD COLUMN place point;
    ALTER TABLE older_notes ADD COLUMN phone text;
    ALTER TABLE people ADD COLUMN made timestamptz DEFAULT now(), ADD COLUMN token uuid DEFAULT gen_random_uuid(),
      ADD COLUMN lang text DEFAULT 'en', ADD COLUMN shown text GENERATED ALWAYS AS (mail || lang) STORED;
    CREATE TABLE leads (mail text);
    CREATE VIEW shown AS SELECT mail FROM people`)
  const { tables } = JSON.parse((await kept('store', 'guard', 'desk', '--json')).told)
  expect(tables).toEqual([
    { table: 'leads', columns: ['mail'], unsure: [] },
    { table: 'notes', columns: ['extra', 'place'], unsure: [] },
    { table: 'older_notes', columns: ['phone'], unsure: [] },
    { table: 'people', columns: ['made', 'token', 'lang', 'shown'], unsure: ['token'] },
  ])
  const refused = async (text: string, column: string, table: string) =>
    await expect(application.query(text)).rejects.toThrow(refusal(column, table))
  await refused(`INSERT INTO notes VALUES (2, 1, 'x', '2026-04-01', '{}')`, 'extra', 'notes_2026')
  await refused(`UPDATE notes SET place = '(1,2)'`, 'place', 'notes_2026')
  await refused(`INSERT INTO older_notes (id, phone) VALUES (1, '+44')`, 'phone', 'older_notes')
  await refused(`INSERT INTO leads VALUES ('i@x.org')`, 'mail', 'leads')
  await refused(`UPDATE people SET token = gen_random_uuid()`, 'made, token, lang, shown', 'people')
  await application.query(`INSERT INTO notes (id, owner, body, day) VALUES (2, 1, 'x', '2026-04-01')`)
  await application.query(`INSERT INTO older_notes (id, body) VALUES (1, 'y')`)
  await application.query('UPDATE notes SET body = upper(body)')
  await expect(application.query(`INSERT INTO people (mail, lang) VALUES ('k@x.org', 'de')`)).rejects.toThrow('people')
})

test('warning lets pass and tells; a declaration or --remove ends the guard; a dry run changes nothing', async () => {
  const { owner, application, kept, declare } = await vendorOf('undeclared_modes')
  await owner.query('ALTER TABLE people ADD COLUMN "Odd""name" text')
  const dry = await kept('store', 'guard', 'desk', '--dry-run')
  expect(dry.told).toContain('CREATE OR REPLACE TRIGGER kept_undeclared_insert AFTER INSERT ON "public"."people"')
  await application.query(`INSERT INTO people (mail, "Odd""name") VALUES ('l@x.org', 'v')`)

  declare(MAP.replace('undeclared: refuse', 'undeclared: warn'))
  await kept('store', 'guard', 'desk')
  const notices: string[] = []
  application.on('notice', ({ message }) => notices.push(message ?? ''))
  await application.query(`INSERT INTO people (mail, "Odd""name") VALUES ('m@x.org', 'value')`)
  expect(notices).toEqual([refusal('"Odd""name"', 'people')])

  declare(MAP)
  await kept('store', 'guard', 'desk')
  await expect(application.query(`UPDATE people SET "Odd""name" = 'w'`)).rejects.toThrow('Odd')
  expect(
    (await kept('request', 'erasure', '--identity', 'email=bob@example.org', '--approve-by', 'jo')).told,
  ).toContain('erasure, done')

  declare(MAP.replace('fields: { mail:', "fields: { 'Odd\"name': none, mail:"))
  await kept('store', 'guard', 'desk')
  await application.query(`UPDATE people SET "Odd""name" = 'w'`)
  declare(MAP)
  await kept('store', 'guard', 'desk')
  expect((await kept('store', 'guard', 'desk', '--remove')).told).toContain('nothing is looked at')
  await application.query(`UPDATE people SET "Odd""name" = 'x'`)
  const { told } = await kept('evidence', 'export', '--out', 'pack.zip')
  expect(told).toContain('pack.zip')
})

test('who may not change the tables is told so, and what is locked is named', async () => {
  const { owner, kept, declare } = await vendorOf('undeclared_locked')
  declare(MAP.replace(', guard: env:DESK', ''))
  const without = await kept('store', 'guard', 'desk')
  expect([without.code, without.told]).toEqual([2, expect.stringContaining('[store.no-guard-connection]')])
  declare(MAP)
  await owner.query('ALTER TABLE people ADD COLUMN note text')
  await owner.query('BEGIN; LOCK TABLE people IN ROW EXCLUSIVE MODE')
  const locked = await kept('store', 'guard', 'desk')
  expect([locked.code, locked.told]).toEqual([1, expect.stringContaining('not changed: people [lock]')])
  await owner.query('ROLLBACK')
  expect((await kept('store', 'guard', 'desk')).code).toBe(0)
}, 30_000)
