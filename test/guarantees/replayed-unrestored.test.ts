/** Guarantee 7: a replay on a store that was not restored, or restored twice, changes nothing and says so. */
import { expect, test } from 'vitest'
import type { Replay } from '../../src/requests/replay.ts'
import { differenceOf, makeAdversary } from '../adversary/vendor.ts'

const POLICY = `kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  number: { is: pd:UID }
  text: { is: pd:Communication }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, number, text] }
collection:
  form: { from: subject, data: [email, name, number, text], for: support }
rights:
  access: { within: P1M }
  erasure: { within: P1M, except: { law: { data: [text], law: gb-tax } } }
`

const MAP = `store: desk
connect: { read: env:DESK, execute: env:DESK }
tables:
  logins:
    for: support
    person: { key: { email: { column: mail, fold: true } }, hint: { name: nick }, erase: part }
    fields:
      mail: { is: email, erase: pseudonym }
      nick: { is: name, erase: pseudonym }
      member: { is: number, erase: pseudonym }
      about: { is: text, keep: law }
  guests:
    for: support
    person: { key: { email: { column: mail, fold: true }, id: id }, erase: row }
    fields: { mail: { is: email }, city: { is: text } }
  cards:
    for: support
    people: { holder: { key: member, to: logins.member, erase: part } }
    fields: { member: { is: number, erase: pseudonym }, colour: none }
  notes:
    for: support
    people:
      from: { key: sender, to: guests.id, erase: part }
      to: { key: taker, to: guests.id, erase: part }
    fields:
      body: { is: text, erase: redact }
      sent_from: { is: text, of: from, erase: clear }
      read_at: { is: text, of: to, erase: clear }
  visits:
    for: support
    people: { guest: { key: guest, to: guests.id, erase: part } }
    fields: { browser: { is: text, erase: clear } }
`

const SQL = `
CREATE TABLE logins (mail text PRIMARY KEY, nick varchar(30), member bigint UNIQUE, about text);
CREATE TABLE guests (id int PRIMARY KEY, mail text, city text);
CREATE TABLE cards (id int PRIMARY KEY, member bigint, colour text);
CREATE TABLE notes (id int PRIMARY KEY, sender int, taker int, body text, sent_from text, read_at text);
CREATE TABLE visits (id int PRIMARY KEY, guest int, browser text);
INSERT INTO logins SELECT 'u' || i || '@desk.example', 'Nick ' || i, 770000 + i, 'about ' || i FROM generate_series(1, 9) i;
INSERT INTO guests SELECT i, 'u' || i || '@desk.example', 'City ' || i FROM generate_series(1, 9) i;
INSERT INTO cards SELECT i, 770000 + 1 + i % 9, 'red' FROM generate_series(1, 18) i;
INSERT INTO notes SELECT i, 1 + i % 9, 1 + (i * 2) % 9, 'from u' || 1 + i % 9 || '@desk.example', 'here ' || i, 'there ' || i FROM generate_series(1, 27) i;
INSERT INTO visits SELECT i, 1 + i % 9, 'Agent ' || i FROM generate_series(1, 18) i;
`

const TABLES = 'logins, guests, cards, notes, visits'

test('nothing is done again to what is as its erasure left it; what a backup brought back goes, once', async () => {
  const vendor = await makeAdversary('unrestored', POLICY, { desk: { sql: SQL, map: MAP } })
  const replay = async () => {
    const { code, out, err } = await vendor.run(['request', 'replay', '--store', 'desk', '--json'])
    expect(err).toBe('')
    return { ...(JSON.parse(out) as Replay), code }
  }
  try {
    expect((await vendor.run(['check'])).out).not.toContain('error:')
    for (const number of [2, 5]) {
      const done = await vendor.request(['erase', '--identity', `email=u${number}@desk.example`, '--approve-by', 'jo'])
      expect(done.state, JSON.stringify(done.proof?.residual)).toBe('done')
    }
    const erased = await vendor.rows('desk')
    for (const _time of [1, 2]) {
      const again = await replay()
      expect(differenceOf(erased, await vendor.rows('desk'))).toEqual({})
      expect(again).toMatchObject({ requests: 2, erased: [], left: [], failed: [], code: 0 })
      expect(again.treated).toEqual(again.restored)
      expect(again.treated.map(({ table }) => table).sort()).toEqual(['cards', 'notes', 'visits'])
    }
    expect((await vendor.run(['request', 'replay', '--store', 'desk'])).out).toContain('Erased again: none')

    // The whole store comes back: the same rows go again, those with numbers only included.
    await vendor.query('desk', `DROP TABLE ${TABLES}; ${SQL}`)
    const first = await replay()
    expect(first.left).toEqual([])
    const rows = Object.fromEntries(first.erased.map(({ table, rows: count }) => [table, count]))
    expect(rows).toMatchObject({ logins: 2, guests: 2, cards: 4, visits: 4 })
    expect(await vendor.query('desk', 'SELECT 1 FROM cards WHERE member IN (770002, 770005)')).toEqual([])
    expect(
      await vendor.query('desk', "SELECT 1 FROM logins WHERE mail ~ '^u[25]@' OR member IN (770002, 770005)"),
    ).toEqual([])
    expect(await vendor.query('desk', "SELECT 1 FROM notes WHERE body ~ 'u[25]@'")).toEqual([])
    const settled = await vendor.rows('desk')
    const second = await replay()
    expect(differenceOf(settled, await vendor.rows('desk'))).toEqual({})
    expect(second).toMatchObject({ erased: [], left: [], code: 0 })

    // Only a part comes back: the rows whose person does not are told, not guessed at.
    await vendor.query('desk', `UPDATE visits SET browser = 'Agent again' WHERE guest = 2`)
    const part = await replay()
    expect(part.left).toEqual([{ table: 'visits', rows: 2 }])
    expect([part.code, part.erased]).toEqual([1, []])
  } finally {
    await vendor.close()
  }
})
