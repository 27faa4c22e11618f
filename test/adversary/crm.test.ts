/** A CRM without declared keys: polymorphic notes, ids as text in history, custom fields, shared addresses, merged records. */
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary, rowsWith } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Birchfield CRM Ltd, country: IE, contact: privacy@birchfield.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  address: { is: pd:Location }
  note: { is: pd:Communication, words: notes on our talks }
  custom: { is: pd:Preference }
  payment: { is: pd:Financial }
purposes:
  sales: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-f, uses: [email, name, address, note, custom, payment] }
collection:
  talks: { from: subject, data: [email, name, address, note, custom], for: sales }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const MAP = `store: crm
connect: { read: env:CRM, execute: env:CRM }
country: IE
tables:
  contacts:
    for: sales
    person: { key: { email: [{ column: email, fold: true }, { column: email2, fold: true }], id: [contact_id, merged_into] }, hint: { name: fullname } }
    fields:
      email: { is: email, erase: clear }
      email2: { is: email, erase: clear }
      fullname: { is: name, erase: clear }
      address_id: { is: address, erase: clear }
      merged_into: none
  addresses:
    for: sales
    people: { resident: { via: [contacts.address_id = id], erase: row } }
    fields:
      street: { is: address, erase: clear }
      city: { is: address, erase: clear }
  leads:
    for: sales
    person: { key: { email: mail, lead: lead_id } }
    fields: { mail: { is: email, erase: clear }, source: none }
  notes:
    for: sales
    people:
      contact: { key: entity_id, to: contacts.contact_id, when: { entity_type: contact }, erase: row }
      lead: { key: entity_id, to: leads.lead_id, when: { entity_type: lead }, erase: row }
    fields: { body: { is: note, erase: redact } }
  history:
    for: sales
    people:
      new: { key: new_value, to: contacts.contact_id, when: { field: [owner_contact, contact_id] }, erase: part }
      old: { key: old_value, to: contacts.contact_id, when: { field: [owner_contact, contact_id] }, erase: part }
      mailed: { via: [contacts.email = new_value], when: { field: email }, erase: row }
    fields:
      new_value: { is: custom, of: new, erase: clear }
      old_value: { is: custom, of: old, erase: clear }
      at: none
  custom_values:
    for: sales
    people:
      contact: { key: record, to: contacts.contact_id, when: { module: Contacts }, erase: row }
    fields: { field: none, value: { is: custom, erase: clear } }
  watchers:
    for: sales
    people:
      watching: { key: contact_ids, separator: ",", to: contacts.contact_id, erase: part }
    fields: { contact_ids: { is: custom, erase: redact }, what: none }
  payments:
    for: sales
    people: { payer: { key: c_id, to: contacts.contact_id, erase: row } }
    fields: { card: { is: payment, erase: clear } }
`

const SQL = `
CREATE TABLE contacts (contact_id bigint, email varchar(80), email2 varchar(80), fullname text, address_id int, merged_into bigint);
CREATE TABLE addresses (id int, street text, city text);
CREATE TABLE leads (lead_id bigint, mail text, source text);
CREATE TABLE notes (entity_type text, entity_id bigint, body text);
CREATE TABLE history (field text, old_value text, new_value text, at timestamptz);
CREATE TABLE custom_values (module text, record text, field text, value text);
CREATE TABLE watchers (contact_ids text, what text);
CREATE TABLE payments (c_id bigint, card text);
INSERT INTO contacts SELECT i, 'c' || i || '@birch.example', CASE WHEN i % 5 = 0 THEN 'C' || i || '.alt@Birch.example' END, 'Contact Nr' || i, i, NULL FROM generate_series(1, 60) i;
-- 10 and 11 live together; 70 was merged into 10, keeps another spelling of the address
UPDATE contacts SET address_id = 10 WHERE contact_id = 11;
INSERT INTO contacts VALUES (70, 'C10@BIRCH.example', NULL, 'Contact Nr10', 9, 10), (71, 'c10.old@birch.example', NULL, 'C. Ten', 71, 10), (110, 'cc10@birch.example', NULL, 'Contact Nr10', 60, NULL);
INSERT INTO addresses SELECT i, i || ' Main Street', 'Galway' FROM generate_series(1, 71) i;
INSERT INTO leads SELECT i, 'c' || i || '@birch.example', 'fair' FROM generate_series(5, 15) i;
INSERT INTO notes SELECT 'contact', 1 + i % 60, 'spoke to Nr' || 1 + i % 60 FROM generate_series(1, 120) i;
INSERT INTO notes SELECT 'lead', 1 + i % 60, 'lead note ' || i FROM generate_series(1, 120) i;
INSERT INTO notes VALUES ('account', 10, 'not a person'), ('contact', 71, 'old note about c10.old@birch.example'), ('contact', 20, 'recommended by c10@birch.example');
INSERT INTO history SELECT 'owner_contact', (1 + i % 60)::text, (1 + (i * 7) % 60)::text, now() FROM generate_series(1, 120) i;
INSERT INTO history SELECT 'amount', '10', '10', now() FROM generate_series(1, 5) i;
INSERT INTO history VALUES ('email', NULL, 'c10@birch.example', now()), ('email', 'c10@birch.example', 'c10.old@birch.example', now());
INSERT INTO custom_values SELECT 'Contacts', (1 + i % 60)::text, 'shoe size', (30 + i % 15)::text FROM generate_series(1, 60) i;
INSERT INTO custom_values SELECT 'Accounts', (1 + i % 60)::text, 'size', i::text FROM generate_series(1, 60) i;
INSERT INTO watchers VALUES ('9,10,11', 'three'), ('10', 'one'), ('110,100', 'none of hers'), ('1,110', 'neither');
INSERT INTO payments SELECT 1 + i % 60, '4111-' || i FROM generate_series(1, 60) i;
`

test('a contact with merged records goes from notes, history, custom fields and lists', async () => {
  const vendor = await makeAdversary('crm', POLICY, { crm: { sql: SQL, map: MAP } })
  try {
    expect((await vendor.run(['check'])).out).toContain('hold together')
    const before = await vendor.rows('crm')
    const access = await vendor.run(['request', 'access', '--identity', 'email=c10@birch.example', '--out', 'out'])
    expect(access.code, access.err).toBe(0)
    const asked = ['erase', '--identity', 'email=c10@birch.example']
    const preview = await vendor.request([...asked, '--preview'])
    expect(differenceOf(before, await vendor.rows('crm'))).toEqual({})
    const done = await vendor.request([...asked, '--approve-by', 'jo'])
    expect(done.state, summary(done)).toBe('done')
    expect(done.stores[0]?.tables).toEqual(preview.stores[0]?.tables)
    expect(done.stores[0]?.shared).toEqual([
      { table: 'addresses', role: 'resident', rows: 2, why: 'other-people' },
      { table: 'notes', role: 'mention', rows: 1, why: 'mention' },
      { table: 'history', role: 'new', rows: 2, why: 'other-people' },
      { table: 'history', role: 'old', rows: 2, why: 'other-people' },
      { table: 'watchers', role: 'watching', rows: 1, why: 'other-people' },
    ])
    // The namesake is a hint, and stays.
    expect(done.candidates).toMatchObject([{ hint: 'name', table: 'contacts' }])
    const after = await vendor.rows('crm')
    const at = expect.stringMatching(/,"\d{4}-.*"\)$/)
    expect(differenceOf(before, after)).toEqual({
      'public.addresses': { gone: ['(71,"71 Main Street",Galway)'], come: [] },
      'public.contacts': {
        gone: [
          '(10,c10@birch.example,C10.alt@Birch.example,"Contact Nr10",10,)',
          '(70,C10@BIRCH.example,,"Contact Nr10",9,10)',
          '(71,c10.old@birch.example,,"C. Ten",71,10)',
        ],
        come: ['(10,,,,,)', '(70,,,,,10)', '(71,,,,,10)'],
      },
      'public.custom_values': { gone: ['(Contacts,10,"shoe size",39)'], come: [] },
      'public.history': { gone: [at, at, at, at, at, at], come: [at, at, at, at] },
      'public.leads': { gone: ['(10,c10@birch.example,fair)'], come: ['(10,,fair)'] },
      'public.notes': {
        gone: [
          '(contact,10,"spoke to Nr10")',
          '(contact,10,"spoke to Nr10")',
          '(contact,20,"recommended by c10@birch.example")',
          '(contact,71,"old note about c10.old@birch.example")',
          '(lead,10,"lead note 69")',
          '(lead,10,"lead note 9")',
        ],
        come: ['(contact,20,"recommended by [erased]")'],
      },
      'public.payments': { gone: ['(10,4111-9)'], come: [] },
      'public.watchers': {
        gone: ['("9,10,11",three)', '(10,one)'],
        come: ['("9,[erased],11",three)', '([erased],one)'],
      },
    })
    // Two people live there, and another's address ends alike.
    expect(rowsWith(after, ['c10@', 'c10.', '10 Main'])).toEqual([
      'public.addresses (10,"10 Main Street",Galway)',
      'public.contacts (110,cc10@birch.example,,"Contact Nr10",60,)',
    ])
  } finally {
    await vendor.close()
  }
})
