// SQLite for real: the shop of every database, and what only a file of SQLite has.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { ErasureRefusal } from '../../src/connector.ts'
import { openSqlite } from '../../src/connectors/sqlite/index.ts'
import { mapOf, people, policy as plain } from './relational-case.ts'
import { asked, laidUnder } from './shop.ts'
import { erasesOneCustomer, map, type OpenedShop, policy, schema } from './shop-case.ts'

interface SqliteShop extends OpenedShop {
  readonly sql: DatabaseSync
  readonly file: string
}

describe('erasure on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-sqlite-'))
  const opened: DatabaseSync[] = []
  let files = 0
  afterAll(() => {
    for (const one of opened) one.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(schemaText: string, policyText: string, mapText: string): Promise<SqliteShop> {
    const file = join(folder, `shop${++files}.db`)
    const sql = new DatabaseSync(file, { enableForeignKeyConstraints: false })
    opened.push(sql)
    sql.exec(schemaText)
    const laid = laidUnder(policyText, mapText)
    const store = await openSqlite(laid.map, laid.exceptions, { read: `sqlite:${file}`, execute: `sqlite:${file}` })
    return {
      ...asked(store),
      sql,
      file,
      async rows(table) {
        const rows = sql.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()
        return new Map(rows.map((row) => [String(Object.values(row)[0]), JSON.stringify(row)]))
      },
      async cell(text) {
        const value = Object.values(sql.prepare(text).get() ?? {})[0] ?? null
        return value === null ? null : String(value)
      },
    }
  }

  const using = (more: string, tables: string) => open(people + more, plain, mapOf(tables))
  const ids = (shop: SqliteShop, table: string, column = 'id') =>
    shop.sql
      .prepare(`SELECT ${column} AS id FROM ${table} ORDER BY 1`)
      .all()
      .map(({ id }) => id)
      .join(' ')
  const refused = async (run: Promise<unknown>): Promise<string> => {
    const error = await run.then(
      () => undefined,
      (failure: unknown) => failure,
    )
    return error instanceof ErasureRefusal ? `${error.failure.scope} ${error.failure.code}` : `not refused: ${error}`
  }

  it('previews, erases and leaves everybody else as they were', async () => {
    await erasesOneCustomer(await open(schema, policy, map))
    expect(opened).toHaveLength(1)
  })

  it('cycles, WITHOUT ROWID, columns without types, lists, JSON, generated columns, bytes', async () => {
    const shop = await using(
      `CREATE TABLE a (id int PRIMARY KEY, owner int NOT NULL REFERENCES people (id), b int NOT NULL REFERENCES b (id) DEFERRABLE INITIALLY DEFERRED);
       CREATE TABLE b (id int PRIMARY KEY, owner int NOT NULL REFERENCES people (id), a int NOT NULL REFERENCES a);
       INSERT INTO a VALUES (1, 1, 1), (2, 2, 2); INSERT INTO b VALUES (1, 1, 1), (2, 2, 2);
       CREATE TABLE places (id, no, owner int, label text, PRIMARY KEY (id, no)) WITHOUT ROWID;
       INSERT INTO places VALUES (1, '1', 1, 'x'), (1, '2', 2, 'y'), ('1', '3', 1, 'z');
       CREATE TABLE loose (id, owner, line);
       INSERT INTO loose VALUES (5, 1, 'a'), ('5', 2, 'b'), (6, '1', x'616e6e406578616d706c652e6f7267'), (7, 3, 'by ann@example.org');
       CREATE TABLE events (id INTEGER PRIMARY KEY, payload JSON, who text GENERATED ALWAYS AS (json_extract(payload, '$.user.mail')) VIRTUAL);
       INSERT INTO events (id, payload) VALUES (1, '{"n":12345678901234567890,"user":{"id":1,"mail":"ann@example.org"}}'), (2, '{"user":{"id":2,"mail":"bob@example.org"}}');
       CREATE TABLE lists (id INTEGER PRIMARY KEY, users text);
       INSERT INTO lists VALUES (1, '1'), (2, '11, 2'), (3, '3, 1');
       CREATE TABLE pictures (id INTEGER PRIMARY KEY, owner int, data BLOB);
       INSERT INTO pictures VALUES (1, 1, x'00616e6e406578616d706c652e6f726700'), (2, 2, x'0001');`,
      `  a: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  b: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }
  places: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: { label: { is: message } } }
  loose: { people: { owner: { key: owner, to: people.id, erase: part } }, fields: { line: { is: message, erase: redact } } }
  events:
    people: { actor: { key: { column: payload, path: $.user.id }, to: people.id, erase: part } }
    fields: { payload: { is: email, path: $.user.mail, erase: pseudonym }, who: email }
  lists: { people: { user: { key: users, to: people.id, separator: ",", erase: part } }, fields: { users: { is: name, erase: redact } } }
  pictures: { people: { owner: { key: owner, to: people.id, erase: part } }, fields: { data: { is: message, erase: redact } } }`,
    )
    const found = await shop.find({ email: 'ann@example.org' })
    expect((await shop.store.preview(found, new Date())).obstacles).toEqual([])
    await shop.erase(found)
    expect([ids(shop, 'a'), ids(shop, 'b'), ids(shop, 'places', 'no')]).toEqual(['2', '2', '2'])
    expect(ids(shop, 'loose', "typeof(id) || typeof(line) || ':' || CAST(line AS TEXT)")).toBe(
      'integerblob:[erased] integertext:a integertext:by [erased] texttext:b',
    )
    expect(await shop.cell('SELECT payload FROM events WHERE id = 1')).toMatch(
      /^\{"n":12345678901234567890,"user":\{"id":1,"mail":"[0-9a-f]{24}@erased\.invalid"\}\}$/,
    )
    expect(ids(shop, 'lists', 'users')).toBe('11, 2 3, [erased] [erased]')
    expect(await shop.cell('SELECT hex(data) FROM pictures WHERE id = 2')).toBe('0001')
    const sought = found.identities.map((one, index) => ({ ...one, id: `i${index}` }))
    expect((await shop.store.search(sought)).hits).toEqual([])
    // Nothing of it is left on a page of the file that is not used any more.
    expect(readFileSync(shop.file).includes('ann@example.org')).toBe(false)
  })

  it('finds what a full-text table keeps for itself, a hidden trigger, and a cascade into unmapped rows', async () => {
    const shop = await using(
      `CREATE VIRTUAL TABLE found USING fts5(body); INSERT INTO found VALUES ('letter of ann@example.org');
       CREATE TABLE boards (id INTEGER PRIMARY KEY, owner int REFERENCES people);
       CREATE TABLE badges (id INTEGER PRIMARY KEY, board int REFERENCES boards ON DELETE CASCADE);
       INSERT INTO boards VALUES (1, 1), (2, 2); INSERT INTO badges VALUES (1, 1);
       CREATE TABLE audit (id INTEGER PRIMARY KEY, old text);
       CREATE TRIGGER logs AFTER DELETE ON boards BEGIN INSERT INTO audit (old) VALUES (OLD.owner); END;`,
      '  boards: { people: { owner: { key: owner, to: people.id, erase: row } }, fields: {} }',
    )
    const found = await shop.find({ email: 'ann@example.org' })
    const sought = found.identities.map((one, index) => ({ ...one, id: `i${index}` }))
    const hits = (await shop.store.search(sought)).hits.map(({ table }) => table)
    expect(hits).toEqual(expect.arrayContaining(['found_content', 'people']))
    const preview = await shop.store.preview(found, new Date())
    expect(preview.obstacles.map(({ code }) => code)).toEqual(['store.trigger-reaches', 'store.cascade-unmapped'])
    shop.sql.exec('DELETE FROM badges')
    expect(await refused(shop.erase(found))).toBe('person reached-others')
    expect([ids(shop, 'boards'), ids(shop, 'audit')]).toEqual(['1 2', ''])
    shop.sql.exec('DROP TRIGGER logs; CREATE TRIGGER stays BEFORE DELETE ON boards BEGIN SELECT RAISE(IGNORE); END')
    await shop.store.describe()
    expect(await refused(shop.erase(found))).toBe('person skipped')
    shop.sql.exec(
      "DROP TRIGGER stays; CREATE TRIGGER no BEFORE DELETE ON boards BEGIN SELECT RAISE(ABORT, 'secret'); END",
    )
    await shop.store.describe()
    expect(await refused(shop.erase(found))).toBe('person raised')
    expect(await shop.cell('SELECT name FROM people WHERE id = 1')).toBe('Ann Lee')
  })

  it('waits a bounded time for another process that holds the file, and says so', async () => {
    const shop = await using('', '')
    const found = await shop.find({ email: 'ann@example.org' })
    await shop.store.ready?.()
    const batch = {
      work: [{ step: 'one', found, salt: Buffer.alloc(32, 7) }],
      now: new Date(),
      suppression: { name: 'k1', key: Buffer.alloc(32, 9) },
      lockTimeoutMs: 50,
    }
    shop.sql.exec('BEGIN IMMEDIATE')
    expect(await refused(shop.store.erase(batch))).toBe('person locked')
    shop.sql.exec('ROLLBACK; BEGIN EXCLUSIVE')
    await expect(shop.store.describe()).rejects.toMatchObject({
      code: 'store.unreachable',
      what: 'store shop cannot be reached: another process has it open',
    })
    shop.sql.exec('ROLLBACK')
    const [result] = await shop.store.erase(batch)
    expect(await refused(shop.store.erase(batch))).toBe('person conflict')
    expect(await shop.store.done(['one'], batch.suppression)).toEqual([result])
    await shop.store.settle(['one'])
    expect(await shop.store.done(['one'], batch.suppression)).toEqual([])
    const laid = laidUnder(plain, mapOf(''))
    const none = await openSqlite(laid.map, laid.exceptions, { read: `sqlite:${join(folder, 'none.db')}` })
    await expect(none.describe()).rejects.toMatchObject({ code: 'store.unreachable' })
  })
})
