import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { openSql } from '../src/sql/open.ts'
import { freshDatabase } from './postgres.ts'

const policy = (others: string) => `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data: { email: { is: pd:EmailAddress }, name: { is: pd:Name }, message: { is: pd:Communication } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, message] } }
rights: { access: { within: P1M${others} } }
`
const map = `
store: desk
connect: { read: env:DESK }
tables:
  people: { for: support, person: { key: { email: email, id: id }, hint: { name: name } }, fields: { email: email, name: name } }
  talks:
    for: support
    people:
      one: { key: one_id, to: people.id, erase: part }
      other: { key: other_id, to: people.id, erase: part }
    fields: { words: { is: message, erase: redact } }
`

it('a copy treats other people in shared rows by the rule that the policy declares, redacting by default', async () => {
  const url = await freshDatabase('others')
  const sql = await openSql(url)
  await sql.query(`CREATE TABLE people (id int PRIMARY KEY, email text, name text);
    CREATE TABLE talks (id int PRIMARY KEY, one_id int, other_id int, words text);
    INSERT INTO people VALUES (1, 'ann@example.org', 'Ann Lee'), (2, 'bob@example.org', 'Bob Ray');
    INSERT INTO talks VALUES (1, 1, 2, 'Ann Lee to Bob Ray: write to bob@example.org');`)
  await sql.close()
  const copied = async (others: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'kept-others-'))
    mkdirSync(join(folder, 'stores'))
    writeFileSync(join(folder, 'kept.yaml'), policy(others))
    writeFileSync(join(folder, 'stores', 'desk.yaml'), map)
    const said: string[] = []
    const terminal = {
      cwd: folder,
      env: { DESK: url },
      interactive: false,
      out: (text: string) => void said.push(text),
      err: (text: string) => void said.push(text),
    }
    expect(
      await runCommand(['request', 'access', '--identity', 'email=ann@example.org', '--out', 'copy'], terminal),
      said.join(''),
    ).toBe(0)
    return readFileSync(join(folder, 'copy', 'data', 'desk', 'talks.json'), 'utf8')
  }
  expect(await copied('')).toContain('Ann Lee to [another person]: write to [another person]')
  expect(await copied(', others: keep')).toContain('Ann Lee to Bob Ray: write to bob@example.org')
})
