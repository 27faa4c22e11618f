/** What the served vendor says, where it lies, and what its store is made of. */
export const POLICY = `kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr, uk-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  message: { is: pd:Communication, words: what you write to us }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, message] }
retention:
  tickets: { data: [message], for: support, keep: P24M, from: last-contact, then: erase }
  accounts: { data: [email, name], for: support, keep: P3Y, from: last-activity, then: erase }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

export const MAP = `store: helpdesk
connect: { read: env:HELPDESK, execute: env:HELPDESK }
country: GB
zone: Europe/London
tables:
  users:
    for: support
    clock: { last-activity: seen }
    person: { key: { email: email, id: id }, hint: { name: name } }
    fields: { email: { is: email, erase: pseudonym }, name: { is: name, erase: clear } }
  tickets:
    for: support
    clock: { last-contact: updated }
    people: { requester: { key: user_id, to: users.id, erase: row } }
    fields: { subject: { is: message } }
`

export const SCHEMA = `
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE NOT NULL, name text, seen timestamptz);
CREATE TABLE tickets (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, subject text, updated timestamp);
CREATE INDEX ON tickets (user_id);
`
