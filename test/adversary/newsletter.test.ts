/** A newsletter: the address is key and reference, others' words and addresses stand beside hers, ids of two tables meet. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary, rowsWith } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Gazette SRL, country: IT, contact: privacy@gazette.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  letter: { is: pd:Communication }
purposes:
  news: { is: dpv:Marketing, basis: eu-gdpr:A6-1-a, uses: [email, name, letter] }
collection:
  signup: { from: subject, data: [email, name, letter], for: news }
rights:
  access: { within: P1M }
  erasure:
    within: P1M
    except:
      optouts: { data: [email], law: eu-gdpr:JustificationA17LegalClaims }
`

const MAP = `store: gazette
connect: { read: env:GAZETTE, execute: env:GAZETTE }
country: IT
tables:
  readers:
    for: news
    person: { key: { email: { column: address, fold: true } }, hint: { name: name } }
    fields:
      address: { is: email, erase: pseudonym }
      name: { is: name, erase: clear }
  cascading:
    for: news
    people: { reader: { key: address, to: readers.address, erase: part } }
    fields: { address: { is: email, erase: pseudonym }, list: none }
  loose:
    for: news
    people: { reader: { key: mail, to: readers.address, erase: row } }
    fields: { mail: { is: email, erase: clear }, opened: none }
  deferred:
    for: news
    people: { reader: { key: address, to: readers.address, erase: part } }
    fields: { address: { is: email, erase: pseudonym }, n: none }
  optouts:
    for: news
    person: { key: { email: { column: address, fold: true } } }
    fields: { address: { is: email, keep: optouts } }
  letters:
    for: news
    people:
      writer: { key: writer, to: readers.address, erase: part }
      editor: { key: editor, to: readers.address, erase: keep-link }
    fields: { body: { is: letter, erase: redact }, writer: { is: email, of: writer, erase: pseudonym }, editor: { is: email, of: editor, erase: pseudonym } }
  circulars:
    for: news
    people: { addressed: { key: recipients, separator: ";", to: readers.address, erase: part } }
    fields: { recipients: { is: email, erase: redact }, html: { is: letter, erase: redact, codec: html } }
`

const SQL = `
CREATE TABLE readers (address text PRIMARY KEY, name text);
INSERT INTO readers SELECT 'Reader' || i || '@Gazette.example', 'Rita Lettrice' || i FROM generate_series(1, 30) i;
CREATE TABLE cascading (address text PRIMARY KEY REFERENCES readers ON UPDATE CASCADE ON DELETE CASCADE, list text);
INSERT INTO cascading SELECT address, 'daily' FROM readers;
CREATE TABLE loose (id serial PRIMARY KEY, mail text, opened timestamptz);
INSERT INTO loose (mail, opened) SELECT CASE WHEN i % 2 = 0 THEN lower(address) ELSE upper(address) END, now() FROM readers, generate_series(1, 3) i;
CREATE TABLE deferred (address text REFERENCES readers DEFERRABLE, n int, PRIMARY KEY (address, n));
INSERT INTO deferred SELECT address, i FROM readers, generate_series(1, 2) i;
CREATE TABLE optouts (address text PRIMARY KEY);
INSERT INTO optouts SELECT lower(address) FROM readers LIMIT 15;
CREATE TABLE letters (id serial PRIMARY KEY, writer text, editor text, body text);
INSERT INTO letters (writer, editor, body) SELECT 'Reader' || 1 + i % 30 || '@Gazette.example', 'Reader' || 1 + (i * 7) % 30 || '@Gazette.example',
  'Dear Rita Lettrice' || 1 + (i * 7) % 30 || ', yours Rita Lettrice' || 1 + i % 30 || ' <reader' || 1 + i % 30 || '@gazette.example>' FROM generate_series(1, 60) i;
CREATE TABLE circulars (id serial PRIMARY KEY, recipients text, html text);
INSERT INTO circulars (recipients, html) SELECT 'Reader' || i || '@Gazette.example; Reader' || i + 1 || '@Gazette.example', '<p>To <a href="mailto:reader' || i || '@gazette.example">Rita&nbsp;Lettrice' || i || '</a> and reader' || i + 1 || '&#64;gazette.example</p>' FROM generate_series(1, 29) i;
`

const HERS = ['--identity', 'email=reader7@gazette.example']

test('an address that is key and reference everywhere', async () => {
  const vendor = await makeAdversary('gazette', POLICY, { gazette: { sql: SQL, map: MAP } })
  try {
    const faults = JSON.parse((await vendor.run(['check', '--json'])).out).faults as { code: string }[]
    // Consent can be withdrawn, and nothing here says what that switches off.
    expect(faults.map(({ code }) => code).sort()).toEqual(['rights.no-place-to-stop', 'store.erase-referenced'])
    const access = await vendor.run(['request', 'access', ...HERS, '--out', 'out'])
    expect(access.code, access.err).toBe(0)
    const files = readdirSync(join(vendor.folder, 'out'), { recursive: true }).map(String)
    const texts = files
      .filter((file) => statSync(join(vendor.folder, 'out', file)).isFile())
      .map((file) => `${file}\n${readFileSync(join(vendor.folder, 'out', file), 'utf8')}`)
    expect(texts.filter((text) => /reader7@/i.test(text)).length).toBeGreaterThan(10)
    const strangers = texts.flatMap((text) =>
      [...text.matchAll(/(?:reader|Lettrice)(\d+)/gi)]
        .filter((match) => match[1] !== '7')
        .map((match) => `${text.split('\n')[0]} ${match[0]}`),
    )
    expect(strangers).toEqual([])
    const before = await vendor.rows('gazette')
    const done = await vendor.request(['erase', ...HERS, '--approve-by', 'jo'])
    expect(done.state, summary(done)).toBe('done')
    expect(done.stores[0]?.kept).toEqual([{ table: 'optouts', field: 'address', rows: 1, exception: 'optouts' }])
    expect(done.stores[0]?.shared).toEqual([{ table: 'circulars', role: 'addressed', rows: 2, why: 'other-people' }])
    const after = await vendor.rows('gazette')
    const changed = differenceOf(before, after)
    const [stand] = await vendor.query('gazette', 'SELECT address FROM readers WHERE address LIKE $1', ['%.invalid'])
    expect(changed['public.cascading']?.come).toEqual([`(${stand?.address},daily)`])
    expect(changed['public.deferred']?.come).toEqual([1, 2].map((n) => `(${stand?.address},${n})`))
    expect(changed['public.loose']).toMatchObject({ gone: { length: 3 }, come: [] })
    expect(changed['public.circulars']?.come).toEqual([
      '(6,"Reader6@Gazette.example; [erased]","<p>To <a href=""mailto:reader6@gazette.example"">Rita&nbsp;Lettrice6</a> and [erased]</p>")',
      '(7,"[erased]; Reader8@Gazette.example","<p>To <a href=""mailto:[erased]"">[erased]</a> and reader8&#64;gazette.example</p>")',
    ])
    expect(changed['public.letters']?.come).toEqual(
      [36, 6].map(
        (id) => `(${id},${stand?.address},Reader13@Gazette.example,"Dear Rita Lettrice13, yours [erased] <[erased]>")`,
      ),
    )
    for (const { gone } of Object.values(changed)) for (const row of gone) expect(row).toMatch(/reader7@/i)
    // Her opt-out is kept by name; letters that others wrote to her keep their link.
    expect(rowsWith(after, ['reader7@']).map((row) => row.slice(0, 20))).toEqual([
      'public.letters (18,R',
      'public.letters (48,R',
      'public.optouts (read',
    ])
  } finally {
    await vendor.close()
  }
})
