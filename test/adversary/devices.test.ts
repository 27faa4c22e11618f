/** An inventory of devices: identifiers in columns of every type, mapped and not mapped. */
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary, rowsWith } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Inventaria SL, country: ES, contact: privacy@inventaria.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  phone: { is: pd:TelephoneNumber }
  ip: { is: pd:IPAddress }
  mac: { is: pd:MACAddress }
  notes: { is: pd:Communication }
purposes:
  inventory: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-f, uses: [email, name, phone, ip, mac, notes] }
collection:
  agent: { from: device, data: [email, name, phone, ip, mac, notes], for: inventory }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const map = (more: string) => `store: devices
connect: { read: env:DEVICES, execute: env:DEVICES }
country: ES
tables:
  owners:
    for: inventory
    person: { key: { email: mail, id: id }, hint: { name: full_name, phone: phone } }
    fields:
      mail: { is: email, erase: pseudonym }
      full_name: { is: name, erase: clear }
      phone: { is: phone, erase: clear }
  machines:
    for: inventory
    people: { owner: { key: owner, to: owners.id, erase: part } }
    fields:
      serial: none
      addr: { is: ip, erase: clear, of: owner }
      hw: { is: mac, erase: clear, of: owner }
      seen: none
      label: { is: notes, erase: redact }
      attributes: { is: notes, erase: redact }
      config: { is: notes, erase: redact }
      words: { is: notes, erase: redact }
      contact: { is: name, erase: clear }
      tags: { is: notes, erase: redact }
      dump: { is: notes, erase: redact, codec: gzip }
      spare: { is: notes, erase: clear }
${more}`

const REST = `  logs:
    for: inventory
    people: { owner: { via: [owners.mail = who], erase: row } }
    fields: { at: none, who: { is: email, erase: clear } }
`

const SQL = `
CREATE EXTENSION IF NOT EXISTS hstore; CREATE EXTENSION IF NOT EXISTS citext;
CREATE DOMAIN mailbox AS citext CHECK (VALUE ~ '@');
CREATE TYPE contact AS (name text, mail text);
CREATE TABLE owners (id uuid PRIMARY KEY, mail mailbox NOT NULL UNIQUE, full_name text, phone bigint);
CREATE TABLE machines (serial text PRIMARY KEY, owner uuid, addr inet, hw macaddr, seen tstzrange, label varchar(60), attributes hstore, config xml, words tsvector,
  contact contact, tags text[], dump bytea, spare int4range);
CREATE TABLE logs (at timestamptz, who text);
INSERT INTO owners SELECT ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 'Owner' || i || '@inventaria.example', 'Olga Numero' || i, 34600000000 + i * 1111 FROM generate_series(1, 40) i;
INSERT INTO machines SELECT 'S' || i, o.id, ('10.9.8.' || i)::inet, ('02:00:5e:10:00:' || lpad(to_hex(i), 2, '0'))::macaddr, tstzrange(now(), NULL),
  'PC of Olga Numero' || i, hstore(ARRAY['mail', o.mail::text, 'os', 'bsd']), xmlparse(document '<c><mail a="' || lower(o.mail::text) || '">x</mail></c>'), to_tsvector('simple', 'machine of ' || o.mail::text || ' numero' || i),
  ROW('Olga Numero' || i, o.mail::text)::contact, ARRAY['red', lower(o.mail::text)], NULL, int4range(i, i + 5)
  FROM generate_series(1, 40) i JOIN owners o ON o.phone = 34600000000 + i * 1111;
INSERT INTO logs SELECT now(), 'owner' || i || '@inventaria.example' FROM generate_series(1, 40) i;
`
const HERS = ['erase', '--identity', 'email=OWNER7@inventaria.example', '--approve-by', 'jo']
const WORDS = ['owner7@', 'Numero7 ', 'Numero7"', 'numero7)', "numero7'", '10.9.8.7,', '00:07,', '34600007777']

test('every type of the map is erased, everybody else is untouched', async () => {
  const vendor = await makeAdversary('devices', POLICY, { devices: { sql: SQL, map: map(REST) } })
  try {
    expect((await vendor.run(['check'])).out).toContain('hold together')
    const before = await vendor.rows('devices')
    const done = await vendor.request(HERS)
    expect(done.state, summary(done)).toBe('done')
    // The id that links her machines leads to a record that names nobody now.
    expect(done.proof?.residual.map((one) => `${one.class} ${one.table}.${one.column}`)).toEqual([
      'kept owners.id',
      'kept machines.owner',
    ])
    const after = await vendor.rows('devices')
    const changed = differenceOf(before, after)
    expect(Object.keys(changed)).toEqual(['public.logs', 'public.machines', 'public.owners'])
    for (const { gone } of Object.values(changed)) expect(gone).toHaveLength(1)
    expect(changed['public.logs']?.come).toEqual([])
    expect(changed['public.machines']?.come[0]).toMatch(
      /^\(S7,[^,]+,,,.*,"PC of \[erased\]","""os""=>""bsd"", ""mail""=>""\[erased\]""","<c><mail a=""\[erased\]"">x<\/mail><\/c>","'machine':1 'of':2",,"\{red,\[erased\]\}",,\)$/,
    )
    expect(rowsWith(after, WORDS)).toEqual([])
  } finally {
    await vendor.close()
  }
})

const STRANGE = `
CREATE TABLE s_inet (v inet); INSERT INTO s_inet VALUES ('10.9.8.7/24'), ('10.9.8.70');
CREATE TABLE s_cidr (v inet[]); INSERT INTO s_cidr VALUES (ARRAY['10.9.8.7'::inet]);
CREATE TABLE s_mac (v macaddr[]); INSERT INTO s_mac VALUES (ARRAY['02:00:5e:10:00:07'::macaddr]);
CREATE TABLE s_mac_text (v text); INSERT INTO s_mac_text VALUES ('02005E100007');
CREATE TABLE s_number (v numeric(20,2)); INSERT INTO s_number VALUES (34600007777);
CREATE TABLE s_spaced (v text); INSERT INTO s_spaced VALUES ('+34 600 00 77 77');
CREATE TABLE s_char (v char(40)); INSERT INTO s_char VALUES ('OWNER7@INVENTARIA.EXAMPLE');
CREATE TABLE s_name (v name); INSERT INTO s_name VALUES ('owner7@inventaria.example');
CREATE TABLE s_comp (v contact[]); INSERT INTO s_comp VALUES (ARRAY[ROW('x', 'owner7@inventaria.example')::contact]);
CREATE TABLE s_range (v text); INSERT INTO s_range VALUES ('=?utf-8?B?' || encode('Olga Numero7 <owner7@inventaria.example>', 'base64') || '?=');
CREATE TABLE s_jsonkey (v jsonb); INSERT INTO s_jsonkey VALUES ('{"x": {"owner7@inventaria.example": 1}}');
CREATE TABLE s_jsonesc (v json); INSERT INTO s_jsonesc VALUES ('{"x": "owner7\\u0040inventaria.example"}');
CREATE TABLE s_xml (v xml); INSERT INTO s_xml VALUES ('<a>owner7&#64;inventaria.example</a>');
CREATE TABLE s_hex (v text); INSERT INTO s_hex VALUES (encode('owner7@inventaria.example', 'hex'));
CREATE TABLE s_bytea (v bytea); INSERT INTO s_bytea VALUES (convert_to('..owner7@inventaria.example', 'UTF8'));
CREATE TABLE s_utf16 (v bytea); INSERT INTO s_utf16 VALUES (decode('6f0077006e00650072003700400069006e00760065006e00740061007200690061002e006500780061006d0070006c006500', 'hex'));
CREATE TABLE s_uuid (v uuid); INSERT INTO s_uuid VALUES ('00000000-0000-4000-8000-000000000007');
CREATE TABLE s_uuidtext (v text); INSERT INTO s_uuidtext VALUES ('uid:00000000000040008000000000000007:x');
CREATE TABLE s_url (v text); INSERT INTO s_url VALUES ('/u?m=owner7%40inventaria.example');
CREATE TABLE s_qp (v text); INSERT INTO s_qp VALUES ('owner7@invent=
aria.example');
CREATE TABLE s_b64 (v text); INSERT INTO s_b64 VALUES (encode('x owner7@inventaria.example y', 'base64')), (encode('xy owner7@inventaria.example y', 'base64'));
CREATE TABLE s_name2 (v text); INSERT INTO s_name2 VALUES ('Numero7, Olga');
CREATE TABLE s_money (v text) PARTITION BY LIST (v); CREATE TABLE partition_of_it PARTITION OF s_money DEFAULT; INSERT INTO s_money VALUES ('owner7@inventaria.example');
CREATE MATERIALIZED VIEW s_mat AS SELECT mail::text AS v FROM owners;
CREATE TABLE "owner7@inventaria.example" (v int);
CREATE UNLOGGED TABLE s_unlogged (v text); INSERT INTO s_unlogged VALUES ('owner7@inventaria.example');
SELECT lo_from_bytea(777777, convert_to('LO of owner7@inventaria.example', 'UTF8'));
`

test('what lies in columns that nobody mapped is found, whatever the type', async () => {
  const vendor = await makeAdversary('devices_strange', POLICY, { devices: { sql: SQL + STRANGE, map: map(REST) } })
  try {
    const done = await vendor.request(HERS)
    const found = new Set(done.proof?.residual.filter((one) => one.class === 'unmapped').map((one) => one.table))
    const all = [...STRANGE.matchAll(/CREATE (?:UNLOGGED )?TABLE (s_\w+)|VIEW (s_\w+)/g)].map(
      (match) => match[1] ?? match[2],
    )
    expect(done.state).toBe('open')
    expect(all.filter((name) => !found.has(name ?? ''))).toEqual([])
    expect(found.has('pg_largeobject'), [...found].join()).toBe(true)
    expect(done.proof?.unread).toEqual([])
  } finally {
    await vendor.close()
  }
})
