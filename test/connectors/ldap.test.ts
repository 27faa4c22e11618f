/** A real directory: a person's entry goes, groups lose them and nobody else, the audit log forgets them too. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'ldapts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { type DirectoryServer, startDirectory } from '../openldap.ts'

const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data: { email: { is: pd:EmailAddress }, name: { is: pd:Name }, phone: { is: pd:TelephoneNumber }, login: { is: pd:Username } }
purposes: { access: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, phone, login] } }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`
const directory = `
store: directory
connect: { read: env:LDAP, execute: env:LDAP }
tables:
  inetOrgPerson:
    for: access
    person: { key: { dn: dn, email: { column: mail, fold: true }, login: uid }, hint: { phone: telephoneNumber }, erase: row }
    fields: { dn: login, uid: login, cn: name, sn: name, mail: email, telephoneNumber: phone, description: { is: name, erase: redact }, objectClass: none }
  groupOfNames:
    for: access
    people: { member: { key: member, to: inetOrgPerson.dn, erase: part } }
    fields: { member: { is: login, erase: redact }, cn: none, dn: none, objectClass: none, description: { is: name, erase: redact } }
  organizationalUnit: { fields: { dn: none, ou: none, objectClass: none } }
  organization: { fields: { dn: none, o: none, dc: none, objectClass: none } }
`
const auditFields = (more: string) =>
  `{ reqDN: { is: login, erase: redact }, dn: none, objectClass: none, reqStart: none, reqEnd: none, reqType: none, reqSession: none, reqAuthzID: none, reqResult: none, reqEntryUUID: none${more} }`
const audit = `
store: audit
connect: { read: env:AUDIT, execute: env:AUDIT }
tables:
  auditContainer: { fields: { dn: none, cn: none, objectClass: none } }
  auditAdd:
    for: access
    people: { entry: { key: reqDN, by: dn, erase: row } }
    fields: ${auditFields(', reqMod: { is: name, erase: redact }')}
  auditModify:
    for: access
    people: { entry: { key: reqDN, by: dn, erase: row } }
    fields: ${auditFields(', reqMod: { is: name, erase: redact }, reqOld: { is: name, erase: redact }')}
  auditDelete:
    for: access
    people: { entry: { key: reqDN, by: dn, erase: row } }
    fields: ${auditFields(', reqOld: { is: name, erase: redact }')}
`
const people = 'ou=people,dc=example,dc=org'

let server: DirectoryServer | undefined
beforeAll(async () => {
  server = await startDirectory()
  if (server === undefined) return
  const client = await bound(server)
  await client.add('dc=example,dc=org', { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Example' })
  for (const ou of ['people', 'groups'])
    await client.add(`ou=${ou},dc=example,dc=org`, { objectClass: 'organizationalUnit', ou })
  const person = (uid: string, cn: string, mail: string, more: Record<string, string> = {}) =>
    client.add(`uid=${uid},${people}`, {
      objectClass: 'inetOrgPerson',
      uid,
      cn,
      sn: cn.split(' ')[1] ?? cn,
      mail,
      ...more,
    })
  await person('mkowalska', 'Marta Kowalska', 'Marta.K@example.org', { telephoneNumber: '+48 601 555 014' })
  await person('mkowalska2', 'Marta Kowalska', 'marta.kk@example.org', { telephoneNumber: '+48 601 555 014' })
  await person('bray', 'Bob Ray', 'bob@example.org', { description: 'stands in for marta.k@example.org' })
  await client.add('cn=desk,ou=groups,dc=example,dc=org', {
    objectClass: 'groupOfNames',
    cn: 'desk',
    member: [`uid=mkowalska,${people}`, `uid=mkowalska2,${people}`, `uid=bray,${people}`],
  })
  await client.unbind()
})
afterAll(async () => server?.stop())

async function bound({ host, admin }: DirectoryServer): Promise<Client> {
  const client = new Client({ url: host })
  await client.bind(admin.dn, admin.password)
  return client
}

async function entries(base: string): Promise<Record<string, unknown>[]> {
  const client = await bound(server as DirectoryServer)
  const { searchEntries } = await client.search(base, { attributes: ['*'] })
  await client.unbind()
  return searchEntries
}

it('erases a person from a directory and its audit log, and proves it', async (context) => {
  if (server === undefined) return context.skip('OpenLDAP is not here and could not be installed')
  const folder = mkdtempSync(join(tmpdir(), 'kept-ldap-'))
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), policy)
  writeFileSync(join(folder, 'stores', 'directory.yaml'), directory)
  writeFileSync(join(folder, 'stores', 'audit.yaml'), audit)
  const env = { LDAP: server.url('dc=example,dc=org'), AUDIT: server.url('cn=accesslog') }
  const run = async (...command: string[]) => {
    const said: string[] = []
    const out = (text: string) => void said.push(text)
    return {
      code: await runCommand(command, { cwd: folder, env, interactive: false, out, err: out }),
      said: said.join(''),
    }
  }
  const before = await entries(`uid=mkowalska2,${people}`)
  const checked = await run('check')
  expect(checked.code, checked.said).toBe(0)
  const ask = ['request', 'erasure', '--identity', 'email=marta.k@example.org', '--approve-by', 'officer', '--json']
  const done = await run(...ask)
  expect(done.code, done.said).toBe(0)
  const { state, candidates } = JSON.parse(done.said)
  expect(state).toBe('done')
  expect(candidates).toMatchObject([{ hint: 'phone', table: 'inetOrgPerson' }])
  const all = JSON.stringify(await entries('dc=example,dc=org'))
  expect(all).not.toMatch(/uid=mkowalska,|marta\.k@/i)
  expect(all).toContain(`uid=mkowalska2,${people}`)
  expect(await entries(`uid=mkowalska2,${people}`)).toEqual(before)
  const log = JSON.stringify(await entries('cn=accesslog'))
  expect(log).not.toMatch(/uid=mkowalska,|marta\.k@/i)
  expect(log).toContain('uid=mkowalska2')
  rmSync(folder, { recursive: true, force: true })
}, 120_000)
