/** A wiki: logins are keys and foreign keys, a column kept by a trigger, a stored view, orphans, history, rules of groups checked late. */
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { makeAdversary, rowsWith } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Silbergras Wiki eV, country: AT, contact: privacy@silbergras.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  login: { is: pd:Username }
  text: { is: pd:Communication, words: what you write }
purposes:
  wiki: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, login, text] }
collection:
  signup: { from: subject, data: [email, login, text], for: wiki }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const MAP = `store: wiki
connect: { read: env:WIKI, execute: env:WIKI }
country: AT
zone: Europe/Vienna
tables:
  accounts:
    for: wiki
    person: { key: { login: login, email: { column: mail, fold: true } }, erase: part }
    fields:
      login: { is: login, erase: pseudonym }
      mail: { is: email, erase: pseudonym }
      mail_upper: { is: email, erase: pseudonym }
      about: { is: text, erase: redact }
  pages:
    for: wiki
    people: { author: { key: author, to: accounts.login, erase: part } }
    fields: { author: { is: login, erase: pseudonym }, title: none, body: { is: text, erase: redact } }
  history:
    for: wiki
    people: { editor: { key: editor, to: accounts.login, erase: part } }
    fields: { editor: { is: login, erase: pseudonym }, diff: { is: text, erase: redact }, gone: none }
  members:
    for: wiki
    people: { member: { key: login, to: accounts.login, erase: row } }
    fields: { team: none }
  settings:
    for: wiki
    fields: { name: { is: text, erase: redact }, value: { is: text, erase: redact } }
`

const SQL = `
CREATE TABLE accounts (login varchar(40) PRIMARY KEY, mail text UNIQUE NOT NULL, mail_upper text, about text);
CREATE FUNCTION keep_upper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.mail_upper := upper(NEW.mail); RETURN NEW; END $$;
CREATE TRIGGER upper BEFORE INSERT OR UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION keep_upper();
CREATE TABLE pages (id int PRIMARY KEY, author varchar(40) REFERENCES accounts ON UPDATE CASCADE, title text, body text);
CREATE TABLE history (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, editor varchar(40), diff text, gone boolean);
CREATE TABLE members (login varchar(40) REFERENCES accounts ON UPDATE CASCADE ON DELETE CASCADE, team text, PRIMARY KEY (team, login));
CREATE TABLE settings (name text PRIMARY KEY, value text);
CREATE FUNCTION needs_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NOT EXISTS (SELECT FROM members m WHERE m.team = OLD.team) THEN RAISE EXCEPTION 'team % of % is empty', OLD.team, OLD.login; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER needs_one AFTER DELETE ON members DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION needs_one();
INSERT INTO accounts (login, mail, about) SELECT 'writer' || i, 'Writer' || i || '@silbergras.example', 'I am writer' || i FROM generate_series(1, 20) i;
INSERT INTO pages SELECT i, 'writer' || 1 + i % 20, 'Page ' || i, 'by Writer' || 1 + i % 20 || '@Silbergras.example' FROM generate_series(1, 60) i;
INSERT INTO history (editor, diff, gone) SELECT 'writer' || 1 + i % 20, '+ wrote to writer' || 1 + i % 20 || '@silbergras.example', i % 2 = 0 FROM generate_series(1, 80) i;
INSERT INTO history (editor, diff, gone) VALUES ('long gone', '- mailto:writer3@silbergras.example', true), (NULL, 'nothing', false), ('writer33', '+ as writer33@silbergras.example says', false);
INSERT INTO members SELECT 'writer' || i, 'team ' || 1 + i % 3 FROM generate_series(1, 20) i;
INSERT INTO members VALUES ('writer3', 'alone');
INSERT INTO settings VALUES ('motd', 'ask writer3@silbergras.example'), ('colour', 'grey'), ('mail:writer3@silbergras.example:digest', 'weekly');
CREATE MATERIALIZED VIEW search_copy AS SELECT id, body AS words FROM pages;
`

const asked = ['erase', '--identity', 'email=writer3@silbergras.example', '--approve-by', 'jo']
const WORDS = ['writer3@', 'writer3"', 'writer3,', 'writer3)']

test('a rule checked at the commit undoes everything; a stored view is found; then nothing of her is left', async () => {
  const vendor = await makeAdversary('wiki', POLICY, { wiki: { sql: SQL, map: MAP } })
  try {
    const before = await vendor.rows('wiki')
    const failed = await vendor.request(asked)
    expect([failed.state, failed.stores[0]?.failed?.why], summary(failed)).toEqual(['open', 'raised'])
    expect([...(await vendor.rows('wiki'))].filter(([table]) => table.startsWith('public.'))).toEqual(
      [...before].filter(([table]) => table.startsWith('public.')),
    )
    await vendor.query('wiki', "INSERT INTO members VALUES ('writer4', 'alone')")
    // The view still shows what its tables no longer hold: it stands in no map, and it holds the request open.
    const open = await vendor.request(['resume', failed.id])
    const classes = open.proof?.residual.map((one) => `${one.table}.${one.column} ${one.class}`)
    expect([...new Set(classes)], summary(open)).toEqual(['search_copy.words unmapped'])
    expect(open.state).toBe('open')
    await vendor.query('wiki', 'REFRESH MATERIALIZED VIEW search_copy')
    const done = await vendor.request(['resume', failed.id])
    expect(done.state, summary(done)).toBe('done')
    expect(rowsWith(await vendor.rows('wiki'), WORDS)).toEqual([])
    // Others are who they were: her team, the namesake of her login, and the rows no join reaches.
    const rows = await vendor.query('wiki', "SELECT count(*)::int AS n FROM history WHERE diff LIKE '%writer33@%'")
    expect(rows).toEqual([{ n: 1 }])
    expect(
      await vendor.query('wiki', "SELECT 1 FROM accounts WHERE login ~ '^writer' AND mail_upper <> upper(mail)"),
    ).toEqual([])
    expect(await vendor.query('wiki', "SELECT count(*)::int AS n FROM accounts WHERE login ~ '^writer'")).toEqual([
      { n: 19 },
    ])
    expect(await vendor.query('wiki', "SELECT name FROM settings WHERE value = 'weekly'")).toEqual([
      { name: 'mail:[erased]:digest' },
    ])
  } finally {
    await vendor.close()
  }
})

test('after a restore her record is known by the login it had, though the erasure changed the key itself', async () => {
  const vendor = await makeAdversary('wiki2', POLICY, { wiki: { sql: SQL, map: MAP } })
  try {
    await vendor.query('wiki', "DROP MATERIALIZED VIEW search_copy; INSERT INTO members VALUES ('writer4', 'alone')")
    const done = await vendor.request(asked)
    expect(done.state, summary(done)).toBe('done')
    await vendor.query(
      'wiki',
      `DROP TABLE members, pages, accounts, history, settings; DROP FUNCTION keep_upper, needs_one; ${SQL}
      DROP MATERIALIZED VIEW search_copy; INSERT INTO members VALUES ('writer4', 'alone')`,
    )
    const ran = await vendor.run(['request', 'replay', '--store', 'wiki', '--json'])
    expect([ran.code, ran.err]).toEqual([0, ''])
    expect(await vendor.query('wiki', "SELECT login FROM accounts WHERE login = 'writer3'")).toEqual([])
    expect(await vendor.query('wiki', "SELECT 1 FROM pages WHERE body ~* 'writer3@' OR author = 'writer3'")).toEqual([])
    expect(await vendor.query('wiki', "SELECT 1 FROM members WHERE login = 'writer3'")).toEqual([])
  } finally {
    await vendor.close()
  }
})
