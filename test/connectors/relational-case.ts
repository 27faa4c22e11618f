/** What every erasure needs to be told about the people of the tests for databases with one statement a table. */
export const policy = `
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

export const people = `
CREATE TABLE people (id int PRIMARY KEY, email varchar(120) NOT NULL UNIQUE, name varchar(80));
INSERT INTO people VALUES (1, 'ann@example.org', 'Ann Lee'), (2, 'bob@example.org', 'Bob Ray'), (3, 'cid@example.org', NULL);
`

const peopleMap = `
  people:
    person: { key: { email: email, id: id }, hint: { name: name } }
    fields: { email: { is: email, erase: pseudonym }, name: { is: name, erase: clear } }`

export function mapOf(tables: string): string {
  return `store: shop\nconnect: { read: env:R, execute: env:E }\ntables:${peopleMap}\n${tables}`
}
