import { describe, expect, it } from 'vitest'
import { ErasureRefusal } from '../../src/connector.ts'
import { type Opened, openShop } from './shop.ts'

const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  message: { is: pd:Communication }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, message] }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const people = `
CREATE TABLE people (id int PRIMARY KEY, email text NOT NULL UNIQUE, name text);
INSERT INTO people VALUES (1, 'ann@example.org', 'Ann Lee'), (2, 'bob@example.org', 'Bob Ray'), (3, 'cid@example.org', NULL);
`
const peopleMap = `
  people:
    person: { key: { email: email, id: id }, hint: { name: name } }
    fields: { email: { is: email, erase: pseudonym }, name: { is: name, erase: clear } }`

function mapOf(tables: string): string {
  return `store: shop\nconnect: { read: env:R, execute: env:E }\ntables:${peopleMap}\n${tables}`
}

async function using(schema: string, tables: string, run: (shop: Opened) => Promise<void>): Promise<void> {
  const shop = await openShop(people + schema, policy, mapOf(tables))
  try {
    await run(shop)
  } finally {
    await shop.close()
  }
}

async function ids(shop: Opened, table: string): Promise<string> {
  const { rows } = await shop.sql.query<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`)
  return rows.map((row) => row.id).join(' ')
}

async function refused(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (failure: unknown) => failure,
  )
  return error instanceof ErasureRefusal
    ? `${error.failure.scope} ${error.failure.code}`
    : `not refused: ${String(error)}`
}

describe('structures that erasure must survive', () => {
  for (const deferrable of ['', 'DEFERRABLE INITIALLY IMMEDIATE', 'DEFERRABLE INITIALLY DEFERRED']) {
    it(`a cycle of NOT NULL references ${deferrable || 'not deferrable'}`, () =>
      using(
        `CREATE TABLE a (id int PRIMARY KEY, owner int NOT NULL REFERENCES people, b int NOT NULL);
         CREATE TABLE b (id int PRIMARY KEY, owner int NOT NULL REFERENCES people, a int NOT NULL REFERENCES a ${deferrable});
         INSERT INTO a VALUES (1, 1, 1), (2, 2, 2); INSERT INTO b VALUES (1, 1, 1), (2, 2, 2);
         ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b ${deferrable};`,
        `  a: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  b: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }`,
        async (shop) => {
          await shop.erase(await shop.find({ email: 'ann@example.org' }))
          expect([await ids(shop, 'a'), await ids(shop, 'b')]).toEqual(['2', '2'])
        },
      ))
  }

  it('self-references: a chain of own rows goes, what others refer to stays', () =>
    using(
      `CREATE TABLE posts (id int PRIMARY KEY, parent int REFERENCES posts, author int REFERENCES people, body text);
       INSERT INTO posts VALUES (1, NULL, 1, 'ann@example.org'), (2, 1, 1, 'b'), (3, 2, 2, 'c'), (4, NULL, 1, 'd'), (5, 4, 1, 'e');`,
      `  posts: { people: { author: { key: author, to: people.id, erase: row } }, fields: { body: { is: message, erase: redact } } }`,
      async (shop) => {
        const result = await shop.erase(await shop.find({ email: 'ann@example.org' }))
        expect(await ids(shop, 'posts')).toBe('1 2 3')
        expect(result.shared).toEqual([{ table: 'posts', role: 'author', rows: 2, why: 'referenced' }])
        const { rows } = await shop.sql.query<{ body: string }>('SELECT body FROM posts WHERE id = 1')
        expect(rows[0]?.body).toBe('[erased]')
      },
    ))

  it('composite keys, text ids, ids in arrays, in JSON and in lists', () =>
    using(
      `CREATE TABLE places (id int, no int, owner int, PRIMARY KEY (id, no));
       INSERT INTO places VALUES (1, 1, 1), (1, 2, 2);
       CREATE TABLE visits (id int PRIMARY KEY, place int, no int, FOREIGN KEY (place, no) REFERENCES places);
       INSERT INTO visits VALUES (1, 1, 1), (2, 1, 2);
       CREATE TABLE history (id int PRIMARY KEY, kind text, value text);
       INSERT INTO history VALUES (1, 'owner', '1'), (2, 'owner', '2'), (3, 'size', '1'), (4, 'owner', '11');
       CREATE TABLE teams (id int PRIMARY KEY, members int[], note text);
       INSERT INTO teams VALUES (1, '{1,2}', 'ann@example.org, bob@example.org'), (2, '{2}', 'x'), (3, '{1}', 'y');
       CREATE TABLE events (id int PRIMARY KEY, payload jsonb);
       INSERT INTO events VALUES (1, '{"user":{"id":1,"mail":"ann@example.org"}}'), (2, '{"user":{"id":2,"mail":"bob@example.org"}}');
       CREATE TABLE lists (id int PRIMARY KEY, users text);
       INSERT INTO lists VALUES (1, '1'), (2, '11, 2'), (3, '3,1');`,
      `  places: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  visits: { people: { owner: { key: [place, no], to: [places.id, places.no], erase: row } }, fields: {} }
  history: { people: { owner: { key: value, to: people.id, when: { kind: owner }, erase: row } }, fields: {} }
  teams: { people: { member: { key: members, to: people.id, erase: row } }, fields: { note: { is: message, erase: redact } } }
  events:
    people: { actor: { key: { column: payload, path: $.user.id }, to: people.id, erase: part } }
    fields: { payload: { is: email, path: $.user.mail, erase: pseudonym } }
  lists: { people: { user: { key: users, to: people.id, separator: ",", erase: row } }, fields: {} }`,
      async (shop) => {
        await shop.erase(await shop.find({ email: 'ann@example.org' }))
        const left: string[] = []
        for (const table of ['places', 'visits', 'history', 'teams', 'events', 'lists'])
          left.push(await ids(shop, table))
        expect(left).toEqual(['1', '2', '2 3 4', '1 2', '1 2', '2 3'])
        const { rows } = await shop.sql.query<{ note: string; mail: string; other: string }>(
          `SELECT (SELECT note FROM teams WHERE id = 1) AS note, (SELECT payload->'user'->>'mail' FROM events WHERE id = 1) AS mail,
                  (SELECT payload->'user'->>'mail' FROM events WHERE id = 2) AS other`,
        )
        expect(rows[0]?.note).toBe('[erased], bob@example.org')
        expect(rows[0]?.mail).toMatch(/^[0-9a-f]{24}@erased\.invalid$/)
        expect(rows[0]?.other).toBe('bob@example.org')
      },
    ))

  it('partitions, inheritance, generated columns, a table without a key, an address as key and foreign key', () =>
    using(
      `CREATE TABLE logs (id int, owner int, at date, line text) PARTITION BY RANGE (at);
       CREATE TABLE logs_25 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
       CREATE TABLE logs_26 PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
       INSERT INTO logs VALUES (1, 1, '2025-02-02', 'x'), (2, 2, '2025-02-02', 'y'), (3, 1, '2026-02-02', 'z');
       CREATE TABLE media (id int PRIMARY KEY, owner int, title text);
       CREATE TABLE videos (seconds int) INHERITS (media);
       INSERT INTO media VALUES (1, 1, 'a'); INSERT INTO videos VALUES (2, 1, 'b', 5), (3, 2, 'c', 6);
       CREATE TABLE cards (id int PRIMARY KEY, owner int, name text, shown text GENERATED ALWAYS AS (upper(name)) STORED);
       INSERT INTO cards VALUES (1, 1, 'Ann Lee', DEFAULT), (2, 2, 'Bob', DEFAULT);
       CREATE TABLE loose (id int, owner int, line text);
       INSERT INTO loose VALUES (1, 1, 'a'), (1, 1, 'a'), (2, 2, 'b');
       CREATE TABLE accounts (address text PRIMARY KEY, id int);
       INSERT INTO accounts VALUES ('ann@example.org', 1), ('bob@example.org', 2);
       CREATE TABLE subscriptions (id int PRIMARY KEY, address text REFERENCES accounts);
       INSERT INTO subscriptions VALUES (1, 'ann@example.org'), (2, 'bob@example.org');`,
      `  logs: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { line: { is: message } } }
  media: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { title: { is: message } } }
  cards: { people: { owner: { key: owner, to: people.id, erase: part } }, fields: { name: { is: name, erase: clear }, shown: { is: name } } }
  loose: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { line: { is: message } } }
  accounts: { person: { key: { email: address } }, fields: { address: { is: email, erase: pseudonym } } }
  subscriptions:
    people: { holder: { key: address, to: accounts.address, erase: part } }
    fields: { address: { is: email, erase: pseudonym } }`,
      async (shop) => {
        await shop.erase(await shop.find({ email: 'ann@example.org' }))
        const left: string[] = []
        for (const table of ['logs', 'media', 'loose', 'subscriptions']) left.push(await ids(shop, table))
        expect(left).toEqual(['2', '3', '2', '1 2'])
        const { rows } = await shop.sql.query<{ shown: string | null; joined: string; gone: string }>(
          `SELECT (SELECT shown FROM cards WHERE id = 1) AS shown,
                  (SELECT count(*) FROM subscriptions s JOIN accounts a USING (address))::text AS joined,
                  (SELECT count(*) FROM accounts WHERE address LIKE 'ann@%')::text AS gone`,
        )
        expect(rows[0]).toEqual({ shown: null, joined: '2', gone: '0' })
      },
    ))

  it('a cascade into an unmapped table, or into other people’s rows, is found before execution and refused', () =>
    using(
      `CREATE TABLE boards (id int PRIMARY KEY, owner int REFERENCES people);
       CREATE TABLE pins (id int PRIMARY KEY, board int REFERENCES boards ON DELETE CASCADE, author int REFERENCES people);
       CREATE TABLE badges (id int PRIMARY KEY, board int REFERENCES boards ON DELETE CASCADE);
       INSERT INTO boards VALUES (1, 1), (2, 2); INSERT INTO pins VALUES (1, 1, 1), (2, 1, 2); INSERT INTO badges VALUES (1, 1);`,
      `  boards: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  pins: { people: { author: { key: author, to: people.id, erase: row } }, fields: {} }`,
      async (shop) => {
        const found = await shop.find({ email: 'ann@example.org' })
        const preview = await shop.store.preview(found, new Date())
        expect(preview.obstacles.map((one) => one.code).sort()).toEqual([
          'store.cascade-others',
          'store.cascade-unmapped',
        ])
        expect(await refused(shop.erase(found))).toBe('person reached-others')
        expect([await ids(shop, 'boards'), await ids(shop, 'pins'), await ids(shop, 'badges')]).toEqual([
          '1 2',
          '1 2',
          '1',
        ])
      },
    ))

  it('a trigger that writes elsewhere is refused until the map allows it; one that only sets its row is not', () =>
    using(
      `CREATE TABLE docs (id int PRIMARY KEY, owner int, title text, upper_title text);
       CREATE TABLE audit (id serial PRIMARY KEY, doc int, old text);
       CREATE FUNCTION log_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit(doc, old) VALUES (OLD.id, OLD.title); RETURN OLD; END $$;
       CREATE FUNCTION raise_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.upper_title := upper(NEW.title); RETURN NEW; END $$;
       INSERT INTO docs VALUES (1, 1, 'ann', 'ANN'), (2, 2, 'bob', 'BOB');
       CREATE TRIGGER up BEFORE UPDATE ON docs FOR EACH ROW EXECUTE FUNCTION raise_it();
       CREATE TRIGGER logs AFTER DELETE ON docs FOR EACH ROW EXECUTE FUNCTION log_it();`,
      `  docs: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { title: { is: message } } }`,
      async (shop) => {
        const found = await shop.find({ email: 'ann@example.org' })
        expect((await shop.store.preview(found, new Date())).obstacles.map((one) => one.code)).toEqual([
          'store.trigger-reaches',
        ])
        expect(await refused(shop.erase(found))).toBe('person reached-others')
        expect([await ids(shop, 'docs'), await ids(shop, 'audit')]).toEqual(['1 2', ''])
      },
    ))

  it('a trigger that raises and a row locked by somebody else leave everything as it was', () =>
    using(
      `CREATE TABLE held (id int PRIMARY KEY, owner int);
       CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'secret %', OLD.id; END $$;
       INSERT INTO held VALUES (1, 1), (2, 2);
       CREATE TRIGGER no BEFORE DELETE ON held FOR EACH ROW WHEN (OLD.owner = 1) EXECUTE FUNCTION no();`,
      `  held: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }`,
      async (shop) => {
        const found = await shop.find({ email: 'ann@example.org' })
        expect(await refused(shop.erase(found))).toBe('person raised')
        const name = await shop.sql.query<{ name: string }>('SELECT name FROM people WHERE id = 1')
        expect(name.rows[0]?.name).toBe('Ann Lee')
        await shop.sql.transaction({}, async (session) => {
          await session.query('SELECT * FROM people WHERE id = 2 FOR UPDATE')
          const other = await shop.find({ email: 'bob@example.org' })
          expect(await refused(shop.erase(other))).toBe('person locked')
        })
        expect(await ids(shop, 'held')).toBe('1 2')
      },
    ))

  it('the same address in two tenants is two people', () =>
    using(
      `CREATE TABLE members (id int PRIMARY KEY, tenant int, email text, name text);
       CREATE TABLE letters (id int PRIMARY KEY, tenant int, sender text, body text);
       INSERT INTO members VALUES (1, 7, 'eve@example.org', 'Eve'), (2, 8, 'eve@example.org', 'Eve Other');
       INSERT INTO letters VALUES (1, 7, 'eve@example.org', 'a'), (2, 8, 'eve@example.org', 'b');`,
      `  members: { within: tenant, person: { key: { email: email } }, fields: { email: { is: email, erase: pseudonym }, name: { is: name } } }
  letters: { within: tenant, people: { sender: { key: sender, to: members.email, erase: row } }, fields: { body: { is: message } } }`,
      async (shop) => {
        const unsure = await shop.find({ email: 'eve@example.org' })
        expect(unsure.persons).toEqual([])
        expect(unsure.candidates.map((one) => one.hint)).toEqual(['tenant', 'tenant'])
        const found = await shop.find({ email: 'eve@example.org', tenant: '7' })
        await shop.erase(found)
        expect(await ids(shop, 'letters')).toBe('2')
        const { rows } = await shop.sql.query<{ name: string }>('SELECT name FROM members WHERE id = 2')
        expect(rows[0]?.name).toBe('Eve Other')
      },
    ))
})
