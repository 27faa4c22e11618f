// MariaDB for real: the shop of every database, and what only this kind has.
import type { Connection } from 'mysql2/promise'
import { afterAll, describe, expect, it } from 'vitest'
import { ErasureRefusal } from '../../src/connector.ts'
import { openMysql } from '../../src/connectors/mysql/index.ts'
import { connectTo, type MariaDbServer, startMariaDb } from '../mariadb.ts'
import { serverRan } from '../postgres.ts'
import { mapOf, people, policy as plain } from './relational-case.ts'
import { asked, laidUnder } from './shop.ts'
import { erasesOneCustomer, map, type OpenedShop, policy, schema } from './shop-case.ts'

interface MariaShop extends OpenedShop {
  readonly sql: Connection
  readonly url: string
  close(): Promise<void>
}

const server: MariaDbServer | undefined = await startMariaDb()
if (server !== undefined) serverRan(server.version)
let databases = 0

/** A fresh database with a schema, laid under a policy and a map. */
async function openMaria(schemaText: string, policyText: string, mapText: string): Promise<MariaShop> {
  const url = (await server?.database(`shop${++databases}`)) ?? ''
  const sql = await connectTo(url)
  await sql.query(schemaText)
  const laid = laidUnder(policyText, mapText)
  const store = await openMysql(laid.map, laid.exceptions, { read: url, execute: url })
  return {
    ...asked(store),
    sql,
    url,
    async rows(table) {
      const [rows] = await sql.query(`SELECT * FROM ${table} ORDER BY 1`)
      return new Map(
        (rows as Record<string, unknown>[]).map((row) => [String(Object.values(row)[0]), JSON.stringify(row)]),
      )
    },
    async cell(text) {
      const [rows] = await sql.query(text)
      const value = Object.values((rows as Record<string, unknown>[])[0] ?? {})[0] ?? null
      return value === null ? null : String(value)
    },
    async close() {
      await store.close()
      await sql.end()
    },
  }
}

describe.runIf(server !== undefined)('erasure on MariaDB', () => {
  const shops: MariaShop[] = []
  const open = async (...given: Parameters<typeof openMaria>) => {
    const shop = await openMaria(...given)
    shops.push(shop)
    return shop
  }
  afterAll(async () => {
    for (const shop of shops) await shop.close()
    await server?.stop()
  })

  const using = (more: string, tables: string) => open(people + more, plain, mapOf(tables))
  const ids = async (shop: MariaShop, table: string, column = 'id') => {
    const [rows] = await shop.sql.query(`SELECT ${column} AS id FROM ${table} ORDER BY 1`)
    return (rows as { id: unknown }[]).map(({ id }) => id).join(' ')
  }
  const ann = (shop: MariaShop) => shop.find({ email: 'ann@example.org' })
  const refused = async (run: Promise<unknown>): Promise<string> => {
    const error = await run.then(
      () => undefined,
      (failure: unknown) => failure,
    )
    return error instanceof ErasureRefusal ? `${error.failure.scope} ${error.failure.code}` : `not refused: ${error}`
  }

  it('previews, erases and leaves everybody else as they were', async () => {
    await erasesOneCustomer(await open(schema, policy, map))
    expect(shops).toHaveLength(1)
  })

  it('cycles, references to itself, composite keys, ids as text, in lists and in JSON', async () => {
    const shop = await using(
      `CREATE TABLE a (id int PRIMARY KEY, owner int NOT NULL REFERENCES people (id), b int NOT NULL);
       CREATE TABLE b (id int PRIMARY KEY, owner int NOT NULL REFERENCES people (id), a int NOT NULL REFERENCES a (id));
       INSERT INTO a VALUES (1, 1, 1), (2, 2, 2); INSERT INTO b VALUES (1, 1, 1), (2, 2, 2);
       ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id);
       CREATE TABLE posts (id int PRIMARY KEY, parent int REFERENCES posts (id), author int REFERENCES people (id), body text);
       INSERT INTO posts VALUES (1, NULL, 1, 'ann@example.org'), (2, 1, 1, 'b'), (3, 2, 2, 'c'), (4, NULL, 1, 'd'), (5, 4, 1, 'e');
       CREATE TABLE places (id int, no int, owner int, PRIMARY KEY (id, no));
       INSERT INTO places VALUES (1, 1, 1), (1, 2, 2);
       CREATE TABLE visits (id int PRIMARY KEY, place int, no int, FOREIGN KEY (place, no) REFERENCES places (id, no));
       INSERT INTO visits VALUES (1, 1, 1), (2, 1, 2);
       CREATE TABLE history (id bigint unsigned PRIMARY KEY, kind text, value text);
       INSERT INTO history VALUES (18446744073709551615, 'owner', '1'), (2, 'owner', '2'), (3, 'size', '1'), (4, 'owner', '11');
       CREATE TABLE events (id int PRIMARY KEY, payload json);
       INSERT INTO events VALUES (1, '{"big":12345678901234567890,"user":{"id":1,"mail":"ann@example.org"}}'), (2, '{"user":{"id":2,"mail":"bob@example.org"}}');
       CREATE TABLE lists (id int PRIMARY KEY, users text, extra json);
       INSERT INTO lists VALUES (1, '1', '{}'), (2, '11, 2', '{}'), (3, '3, 1', '{"who":[1]}');`,
      `  a: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  b: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  posts: { people: { author: { key: author, to: people.id, erase: row } }, fields: { body: { is: message, erase: redact } } }
  places: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  visits: { people: { owner: { key: [place, no], to: [places.id, places.no], erase: row } }, fields: {} }
  history: { people: { owner: { key: value, to: people.id, when: { kind: owner }, erase: row } }, fields: {} }
  events:
    people: { actor: { key: { column: payload, path: $.user.id }, to: people.id, erase: part } }
    fields: { payload: { is: email, path: $.user.mail, erase: pseudonym } }
  lists: { people: { user: { key: users, to: people.id, separator: ",", erase: part } }, fields: { users: { is: name, erase: redact } } }`,
    )
    const result = await shop.erase(await ann(shop))
    const left: string[] = []
    for (const table of ['a', 'b', 'posts', 'places', 'visits', 'history', 'lists']) left.push(await ids(shop, table))
    expect(left).toEqual(['2', '2', '1 2 3', '1', '2', '2 3 4', '1 2 3'])
    expect(await ids(shop, 'places', 'no')).toBe('2')
    expect(result.shared).toContainEqual({ table: 'posts', role: 'author', rows: 2, why: 'referenced' })
    expect(await shop.cell('SELECT body FROM posts WHERE id = 1')).toBe('[erased]')
    expect(await shop.cell('SELECT CONCAT(payload) FROM events WHERE id = 1')).toMatch(
      /^\{"big":12345678901234567890,"user":\{"id":1,"mail":"[0-9a-f]{24}@erased\.invalid"\}\}$/,
    )
    expect([
      await shop.cell('SELECT users FROM lists WHERE id = 2'),
      await shop.cell('SELECT users FROM lists WHERE id = 3'),
    ]).toEqual(['11, 2', '3, [erased]'])
  })

  it('compares keys letter by letter: no collation makes two people one', async () => {
    const shop = await open(
      `CREATE TABLE people (id int PRIMARY KEY, login varchar(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
         mail varchar(60) CHARACTER SET latin1 COLLATE latin1_swedish_ci, name varchar(60)) DEFAULT CHARSET latin1;
       INSERT INTO people VALUES (1, 'ann', 'ánn@x.example', 'one'), (2, 'Ann', 'ann@x.example', 'two'), (3, 'ann ', 'three@x.example', 'three'),
         (4, 'änn', 'four@x.example ', 'four'), (5, 'eve', 'Ann@x.example', 'five');
       CREATE TABLE notes (id int PRIMARY KEY, login varchar(60) CHARACTER SET latin1, body text);
       INSERT INTO notes VALUES (1, 'ann', 'a'), (2, 'ANN', 'b'), (3, 'änn', 'c'), (4, 'ann ', 'd');`,
      plain,
      `store: shop
connect: { read: env:R, execute: env:E }
tables:
  people:
    person: { key: { login: login, email: { column: mail, fold: true } } }
    fields: { login: { is: name, erase: pseudonym }, mail: { is: email, erase: pseudonym }, name: { is: name, erase: clear } }
  notes: { people: { author: { key: login, to: people.login, erase: row } }, fields: { body: { is: message } } }`,
    )
    const persons = async (identity: Record<string, string>) =>
      (await shop.find(identity)).persons.map(({ key }) => key).join()
    expect(await persons({ login: 'ann' })).toBe('["1"]')
    expect(await persons({ login: 'änn' })).toBe('["4"]')
    expect(await persons({ email: 'ANN@x.example' })).toBe('["2"],["5"]')
    expect(await persons({ email: 'ánn@X.example' })).toBe('["1"]')
    await shop.erase(await shop.find({ login: 'ann' }))
    expect(await ids(shop, 'notes')).toBe('2 3 4')
    expect(await shop.cell('SELECT GROUP_CONCAT(name ORDER BY id) FROM people')).toBe('two,three,four,five')
  })

  it('cells of every type, a clock that moves by itself, generated columns, a table without a key', async () => {
    const shop = await using(
      `CREATE TABLE cards (id float PRIMARY KEY, owner int, name varchar(80), shown varchar(80) AS (UPPER(name)) STORED,
         level enum('low', 'high') NOT NULL DEFAULT 'low', flags set('a', 'b'), bits bit(4), born date, seen datetime DEFAULT '2020-01-01',
         amount decimal(10, 2), photo blob, touched timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
         remark varchar(60) CHARACTER SET latin1);
       SET sql_mode = '';
       INSERT INTO cards (id, owner, name, level, flags, bits, born, seen, amount, photo, touched, remark) VALUES
         (0.1, 1, 'Ann Lee', 'high', 'a,b', b'1010', '1990-02-03', '0000-00-00', 12.34, 'ann@example.org', '2021-01-01', 'Grüße an ann@example.org'),
         (0.2, 2, 'Bob Ray', 'high', 'a', b'0001', '1991-02-03', '2021-05-05', 1.00, 'bob@example.org', '2021-01-01', 'Grüße an ann@example.org');
       CREATE TABLE loose (id int, owner int, line text);
       INSERT INTO loose VALUES (1, 1, 'a'), (1, 1, 'a'), (2, 2, 'b'), (3, NULL, 'by ann@example.org');`,
      `  cards:
    people: { owner: { key: owner, to: people.id, erase: part } }
    fields:
      name: { is: name, erase: pseudonym }
      shown: name
      level: { is: message, erase: clear }
      flags: { is: message, erase: clear }
      bits: { is: message, erase: clear }
      born: { is: message, erase: clear }
      amount: { is: message, erase: pseudonym }
      photo: { is: message, erase: redact }
      remark: { is: message, erase: redact }
  loose: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { line: { is: message, erase: redact } } }`,
    )
    const before = await shop.rows('cards')
    const found = await ann(shop)
    const exported: string[] = []
    await shop.store.export(found, { others: 'redact' }, async (tables) => {
      for (const table of tables)
        for await (const piece of table.rows()) exported.push(Buffer.from(piece.json).toString())
    })
    expect(exported.join('\n')).toContain('"level":"high","flags":"a,b","bits":"10","born":"1990-02-03"')
    await shop.erase(found)
    const [rows] = await shop.sql.query('SELECT * FROM cards ORDER BY id')
    const [mine, other] = rows as Record<string, unknown>[]
    expect(mine).toMatchObject({
      level: 'low',
      flags: null,
      bits: null,
      born: null,
      seen: '0000-00-00 00:00:00',
      touched: '2021-01-01 00:00:00',
      remark: 'Grüße an [erased]',
    })
    expect(String(mine?.name)).toMatch(/^[0-9a-f]{24}$/)
    expect(mine?.shown).toBe(String(mine?.name).toUpperCase())
    expect(String(mine?.photo)).toBe('[erased]')
    // Her address in a colleague's row goes, and nothing else of it.
    expect(JSON.stringify({ ...other, remark: 'Grüße an ann@example.org' })).toBe(before.get('0.2'))
    expect(other?.remark).toBe('Grüße an [erased]')
    expect(await ids(shop, 'loose')).toBe('2 3')
    expect(await shop.cell('SELECT line FROM loose WHERE id = 3')).toBe('by [erased]')
    const proof = await shop.store.search(found.identities.map((one, index) => ({ ...one, id: `i${index}` })))
    expect(proof).toMatchObject({ hits: [], unread: [] })
  })

  it('cascades into other people’s rows or unmapped tables are found before execution and refused', async () => {
    const shop = await using(
      `CREATE TABLE boards (id int PRIMARY KEY, owner int REFERENCES people (id));
       CREATE TABLE pins (id int PRIMARY KEY, board int, author int REFERENCES people (id), FOREIGN KEY (board) REFERENCES boards (id) ON DELETE CASCADE);
       CREATE TABLE badges (id int PRIMARY KEY, board int, FOREIGN KEY (board) REFERENCES boards (id) ON DELETE CASCADE);
       INSERT INTO boards VALUES (1, 1), (2, 2); INSERT INTO pins VALUES (1, 1, 1), (2, 1, 2); INSERT INTO badges VALUES (1, 1);`,
      `  boards: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  pins: { people: { author: { key: author, to: people.id, erase: row } }, fields: {} }`,
    )
    const found = await ann(shop)
    const preview = await shop.store.preview(found, new Date())
    expect(preview.obstacles.map(({ code }) => code).sort()).toEqual(['store.cascade-others', 'store.cascade-unmapped'])
    expect(await refused(shop.erase(found))).toBe('person reached-others')
    expect([await ids(shop, 'boards'), await ids(shop, 'pins'), await ids(shop, 'badges')]).toEqual(['1 2', '1 2', '1'])
  })

  it('a trigger that writes elsewhere is refused, seen or hidden; one that undoes a change fails the person', async () => {
    const shop = await using(
      `CREATE TABLE docs (id int PRIMARY KEY, owner int, title text);
       CREATE TABLE audit (id int AUTO_INCREMENT PRIMARY KEY, old text);
       CREATE TABLE stubborn (id int PRIMARY KEY, owner int, title varchar(40));
       INSERT INTO docs VALUES (1, 1, 'x'), (2, 2, 'y'); INSERT INTO stubborn VALUES (1, 2, 'of ann@example.org');
       CREATE FUNCTION noted(said text) RETURNS int BEGIN INSERT INTO audit (old) VALUES (said); RETURN 1; END;
       CREATE TRIGGER logs BEFORE DELETE ON docs FOR EACH ROW SET @said = noted(OLD.title);
       CREATE TRIGGER stays BEFORE UPDATE ON stubborn FOR EACH ROW SET NEW.title = OLD.title;`,
      `  docs: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { title: { is: message } } }
  stubborn: { people: { owner: { key: owner, to: people.id, erase: keep-link } }, fields: { title: { is: message, erase: redact } } }`,
    )
    const found = await ann(shop)
    expect(await refused(shop.erase({ ...found, mentions: [] }))).toBe('person reached-others')
    expect([
      await ids(shop, 'docs'),
      await ids(shop, 'audit'),
      await shop.cell('SELECT email FROM people WHERE id = 1'),
    ]).toEqual(['1 2', '', 'ann@example.org'])
    await shop.sql.query(
      'DROP TRIGGER logs; CREATE TRIGGER logs AFTER DELETE ON docs FOR EACH ROW INSERT INTO audit (old) VALUES (OLD.title)',
    )
    await shop.store.describe()
    const preview = await shop.store.preview(found, new Date())
    expect(preview.obstacles.map(({ code, what }) => `${code}: ${what.split(' may ')[0]}`)).toEqual([
      'store.trigger-reaches: trigger logs of table docs',
    ])
    await shop.sql.query('DROP TRIGGER logs')
    await shop.store.describe()
    expect(await refused(shop.erase(found))).toBe('person skipped')
    expect(await ids(shop, 'docs')).toBe('1 2')
  })

  it('a locked row, a constraint and a step done twice leave everything as it was', async () => {
    const shop = await using(
      `CREATE TABLE notes (id int PRIMARY KEY, owner int, body varchar(40) CHECK (body <> '[erased]'));
       INSERT INTO notes VALUES (1, 1, 'fine');`,
      `  notes: { people: { owner: { key: owner, to: people.id, erase: part } }, fields: { body: { is: message, erase: redact } } }`,
    )
    const found = await ann(shop)
    await shop.sql.query('START TRANSACTION; SELECT * FROM people WHERE id = 1 FOR UPDATE')
    const work = { step: 'twice', found, salt: Buffer.alloc(32, 7) }
    const batch = {
      work: [work],
      now: new Date(),
      suppression: { name: 'k1', key: Buffer.alloc(32, 9) },
      lockTimeoutMs: 1,
    }
    expect(await refused(shop.store.erase(batch))).toBe('person locked')
    await shop.sql.query(`ROLLBACK; UPDATE notes SET body = 'ann@example.org'`)
    expect(await refused(shop.store.erase({ ...batch, lockTimeoutMs: 5_000 }))).toBe('person constraint')
    expect(await shop.cell('SELECT email FROM people WHERE id = 1')).toBe('ann@example.org')
    await shop.sql.query(`UPDATE notes SET body = 'fine'`)
    const [result] = await shop.store.erase({ ...batch, lockTimeoutMs: 5_000 })
    expect(await refused(shop.store.erase({ ...batch, lockTimeoutMs: 5_000 }))).toBe('person conflict')
    expect(await shop.store.done(['twice', 'other'], batch.suppression)).toEqual([result])
    await shop.store.settle(['twice'])
    expect(await shop.store.done(['twice'], batch.suppression)).toEqual([])
  })

  it('tables without transactions forbid an erasure until the map allows it, and then go last', async () => {
    const shop = await using(
      `CREATE TABLE old (id int PRIMARY KEY, owner int, body text) ENGINE=MyISAM;
       CREATE TABLE notes (id int PRIMARY KEY, owner int, body varchar(40) CHECK (body <> '[erased]'));
       INSERT INTO old VALUES (1, 1, 'x'), (2, 2, 'y'); INSERT INTO notes VALUES (1, 1, 'ann@example.org');`,
      `  old: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { body: { is: message } } }
  notes: { people: { owner: { key: owner, to: people.id, erase: part } }, fields: { body: { is: message, erase: redact } } }`,
    )
    const found = await ann(shop)
    const preview = await shop.store.preview(found, new Date())
    expect(preview.obstacles.map(({ code, table }) => `${code} ${table}`)).toEqual(['store.no-transactions old'])
    expect(await refused(shop.erase(found))).toBe('store drift')
    const laid = laidUnder(
      plain,
      mapOf(`  old: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { body: { is: message } }, allow: { permanent: true } }
  notes: { people: { owner: { key: owner, to: people.id, erase: part } }, fields: { body: { is: message, erase: redact } } }`),
    )
    const store = await openMysql(laid.map, laid.exceptions, { read: shop.url, execute: shop.url })
    const allowed = asked(store)
    expect((await store.preview(found, new Date())).obstacles).toEqual([])
    expect(await refused(allowed.erase(found))).toBe('person constraint')
    expect(await ids(shop, 'old')).toBe('1 2')
    await shop.sql.query('UPDATE notes SET body = NULL')
    await allowed.erase(found)
    expect(await ids(shop, 'old')).toBe('2')
    await store.close()
  })

  it('a restored backup: exactly the rows on record are found and go again', async () => {
    const shop = await using(
      `CREATE TABLE notes (id int PRIMARY KEY, owner int, body text); INSERT INTO notes VALUES (1, 1, 'x'), (2, 2, 'y');`,
      `  notes: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { body: { is: message } } }`,
    )
    const suppression = { name: 'k1', key: Buffer.alloc(32, 9) }
    const found = await ann(shop)
    const { erased } = await shop.erase(found)
    const only = new Map(
      erased.map(({ table, hashBytes, hashes }) => {
        const hex = Buffer.from(hashes).toString('hex')
        return [table, new Set(hex.match(new RegExp(`.{${hashBytes * 2}}`, 'g')) ?? [])]
      }),
    )
    await shop.sql.query(
      `UPDATE people SET email = 'ann@example.org', name = 'Ann Lee' WHERE id = 1; INSERT INTO notes VALUES (1, 1, 'x'), (9, 1, 'new')`,
    )
    const restored = (await shop.store.restored?.(only, suppression)) ?? []
    expect(restored.map(({ table, key, holds }) => `${table} ${key} ${holds}`).sort()).toEqual([
      'notes ["1"] true',
      'people ["1"] true',
    ])
    const again = await ann(shop)
    await shop.store.erase({
      work: [{ step: 'again', found: again, salt: Buffer.alloc(32, 8), only }],
      now: new Date(),
      suppression,
    })
    expect([await ids(shop, 'notes'), await shop.cell('SELECT name FROM people WHERE id = 1')]).toEqual(['2 9', null])
  })

  it('holds a bounded part of long cells, and a reader that leaves early leaves nothing open', {
    timeout: 120_000,
  }, async () => {
    const shop = await using(
      `CREATE TABLE letters (id int PRIMARY KEY, owner int, body longtext);
       INSERT INTO letters SELECT seq, 1, CONCAT(REPEAT('x ', 1500000), 'ann@example.org') FROM seq_1_to_5;`,
      `  letters: { people: { owner: { key: owner, to: people.id, erase: part } }, fields: { body: { is: message, erase: redact } } }`,
    )
    const found = await ann(shop)
    const pieces: number[] = []
    await shop.store.export(found, { others: 'keep' }, async (tables) => {
      for (const table of tables.filter(({ table: name }) => name === 'letters'))
        for await (const piece of table.rows()) pieces.push(piece.rows)
    })
    expect(pieces.reduce((sum, rows) => sum + rows, 0)).toBe(5)
    expect(Math.max(...pieces)).toBeLessThanOrEqual(2)
    const left = shop.store.search([{ id: 'i1', kind: 'email', value: 'ann@example.org', strong: true }], () => {
      throw new RangeError('left early')
    })
    await expect(left).rejects.toThrow('left early')
    await shop.erase(found)
    expect(await shop.cell(`SELECT COUNT(*) FROM letters WHERE body LIKE '%[erased]'`)).toBe('5')
  })

  it('reads with no more than the right to read, and says what the executing account lacks', async () => {
    const shop = await using('', '')
    const read = (await server?.account(shop.url, 'reader', 'SELECT')) ?? ''
    const laid = laidUnder(plain, mapOf(''))
    const store = await openMysql(laid.map, laid.exceptions, { read, execute: read })
    const reader = asked(store)
    const found = await reader.find({ email: 'ann@example.org' })
    expect(found.persons).toHaveLength(1)
    expect((await store.preview(found, new Date())).tables).toHaveLength(1)
    await expect(reader.erase(found)).rejects.toMatchObject({ code: 'store.marker-missing' })
    await store.close()
    const down = await openMysql(laid.map, laid.exceptions, { read: read.replace(/:\d+\//, ':1/') })
    await expect(down.describe()).rejects.toMatchObject({ code: 'store.unreachable' })
    await down.close()
  })
})
