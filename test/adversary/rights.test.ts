/** Two stores with a chain of identities, one of them down; roles with the least rights, row security, a read-only replica. */
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { type Adversary, differenceOf, makeAdversary, rowsWith } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Two Stores Ltd, country: GB, contact: privacy@twostores.example }
law: [uk-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  text: { is: pd:Communication }
purposes:
  product: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, name, text] }
collection:
  signup: { from: subject, data: [email, name, text], for: product }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const WEB = {
  map: `store: web
connect: { read: env:WEB_READ, execute: env:WEB_EXECUTE }
country: GB
tables:
  accounts:
    for: product
    person: { key: { email: { column: mail, fold: true }, customer: customer_no, id: id }, hint: { name: name } }
    fields:
      mail: { is: email, erase: pseudonym }
      name: { is: name, erase: clear }
      customer_no: { is: text, erase: clear }
  posts:
    for: product
    people: { author: { key: account, to: accounts.id, erase: row } }
    fields: { body: { is: text, erase: redact } }
`,
  sql: `CREATE TABLE accounts (id int PRIMARY KEY, mail text UNIQUE NOT NULL, name text, customer_no text);
INSERT INTO accounts SELECT i, 'u' || i || '@twostores.example', 'User Nr' || i, 'C-' || 9000 + i FROM generate_series(1, 20) i;
CREATE TABLE posts (id int PRIMARY KEY, account int, body text);
INSERT INTO posts SELECT i, 1 + i % 20, 'by C-' || 9001 + i % 20 FROM generate_series(1, 60) i;`,
}
const ERP = {
  map: `store: erp
connect: { read: env:ERP, execute: env:ERP }
country: GB
tables:
  customers:
    for: product
    person: { key: { customer: no }, hint: { name: contact_name } }
    fields:
      no: { is: text, erase: pseudonym }
      contact_name: { is: name, erase: clear }
      billing_mail: { is: email, erase: clear }
  deliveries:
    for: product
    people: { to: { key: customer, to: customers.no, erase: row } }
    fields: { address: { is: text, erase: clear } }
`,
  sql: `CREATE TABLE customers (no text PRIMARY KEY, contact_name text, billing_mail text);
INSERT INTO customers SELECT 'C-' || 9000 + i, 'Contact Nr' || i, 'billing' || i || '@twostores.example' FROM generate_series(1, 20) i;
CREATE TABLE deliveries (id int PRIMARY KEY, customer text, address text);
INSERT INTO deliveries SELECT i, 'C-' || 9001 + i % 20, 'Street ' || i FROM generate_series(1, 60) i;`,
}

async function withRoles(vendor: Adversary): Promise<Record<string, string>> {
  const url = new URL(vendor.urls.web ?? '')
  const name = url.pathname.slice(1)
  const roles = { read: `r_${name}`.slice(0, 60), execute: `x_${name}`.slice(0, 60) }
  await vendor.query(
    'web',
    `CREATE ROLE "${roles.read}" LOGIN; CREATE ROLE "${roles.execute}" LOGIN;
    GRANT USAGE ON SCHEMA public TO "${roles.read}", "${roles.execute}";
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO "${roles.read}", "${roles.execute}";
    GRANT UPDATE (mail, name, customer_no) ON accounts TO "${roles.execute}"; GRANT UPDATE (body), DELETE ON posts TO "${roles.execute}";
    GRANT CREATE ON DATABASE "${name}" TO "${roles.execute}";`,
  )
  const as = (role: string) => {
    const one = new URL(url)
    one.username = role
    one.password = ''
    return one.href
  }
  return {
    WEB_READ: `${as(roles.read)}?options=-c%20default_transaction_read_only%3Don`,
    WEB_EXECUTE: as(roles.execute),
  }
}

async function dropRoles(vendor: Adversary): Promise<void> {
  const name = new URL(vendor.urls.web ?? '').pathname.slice(1)
  for (const role of [`r_${name}`, `x_${name}`])
    await vendor.query('web', `DROP OWNED BY "${role.slice(0, 60)}" CASCADE; DROP ROLE "${role.slice(0, 60)}"`)
}

test('an address in one store opens the customer number of the other, which is down at first', async () => {
  const vendor = await makeAdversary('rights', POLICY, { web: WEB, erp: ERP })
  try {
    const env = await withRoles(vendor)
    expect((await vendor.run(['check'], env)).out).toContain('hold together')
    const before = { web: await vendor.rows('web'), erp: await vendor.rows('erp') }
    const down = { ...env, ERP: 'postgres://someone:secretpassword@127.0.0.1:1/erp' }
    const checkDown = await vendor.run(['check'], down)
    expect(checkDown.code).toBe(1)
    expect(checkDown.out).toContain('store.unreachable')
    expect(checkDown.out + checkDown.err).not.toMatch(/secretpassword|someone/)
    const first = await vendor.request(
      ['erase', '--identity', 'email=U4@twostores.example', '--approve-by', 'jo'],
      down,
    )
    expect(first.state, summary(first)).toBe('open')
    expect(first.code).toBe(1)
    const unreachable = first.stores.find(({ store }) => store === 'erp')?.unreachable.map(({ table }) => table)
    expect(unreachable).toEqual(['customers', 'deliveries'])
    expect((await vendor.request(['resume', first.id], down)).state).toBe('open')
    // What nobody has seen is shown before it is carried out.
    const second = await vendor.request(['resume', first.id], env)
    expect(second.state, summary(second)).toBe('awaiting-approval')
    const done = await vendor.request(['approve', first.id, '--by', 'jo'], env)
    expect(done.state, summary(done)).toBe('done')
    const after = { web: await vendor.rows('web'), erp: await vendor.rows('erp') }
    const [web, erp] = [differenceOf(before.web, after.web), differenceOf(before.erp, after.erp)]
    expect(web['public.accounts']?.gone).toEqual(['(4,u4@twostores.example,"User Nr4",C-9004)'])
    expect(web['public.posts']).toEqual({ gone: [23, 3, 43].map((id) => `(${id},4,"by C-9004")`), come: [] })
    expect(erp['public.customers']?.gone).toEqual(['(C-9004,"Contact Nr4",billing4@twostores.example)'])
    expect(erp['public.deliveries']?.gone).toHaveLength(3)
    const words = ['c-9004', 'u4@', 'nr4,', 'nr4"', 'billing4@']
    expect([...rowsWith(after.web, words), ...rowsWith(after.erp, words)]).toEqual([])
    const again = await vendor.request(['erase', '--identity', 'email=u4@twostores.example', '--approve-by', 'jo'], env)
    expect(again.state).toBe('done')
    expect(again.stores.flatMap(({ tables }) => tables)).toEqual([])
    expect(differenceOf(after.web, await vendor.rows('web'))).toEqual({})
  } finally {
    await dropRoles(vendor)
    await vendor.close()
  }
})

test('two requests for one person at once; missing rights on a table; row security that applies', async () => {
  const vendor = await makeAdversary('rights2', POLICY, { web: WEB })
  try {
    const env = await withRoles(vendor)
    const name = new URL(vendor.urls.web ?? '').pathname.slice(1)
    const erase = (number: number) =>
      vendor.request(['erase', '--identity', `email=u${number}@twostores.example`, '--approve-by', 'jo'], env)
    const codes = async () => {
      const faults = JSON.parse((await vendor.run(['check', '--json'], env)).out).faults as { code: string }[]
      return faults.map(({ code }) => code)
    }
    const before = await vendor.rows('web')
    for (const one of await Promise.all([erase(5), erase(5)])) expect(one.state, summary(one)).toBe('done')
    const changed = differenceOf(before, await vendor.rows('web'))
    expect(changed['public.accounts']?.gone).toEqual(['(5,u5@twostores.example,"User Nr5",C-9005)'])
    expect(changed['public.posts']?.gone).toHaveLength(3)

    const open = async (number: number, why: string) => {
      const rows = await vendor.rows('web')
      const request = await erase(number)
      expect(request.state, summary(request)).toBe('open')
      expect(new Set(request.stores[0]?.unreachable.map((one) => one.why))).toEqual(new Set([why]))
      expect(differenceOf(rows, await vendor.rows('web'))).toEqual({})
    }
    // A right that the execute role lacks is told before anything is done, by check and by the request.
    const refused = async (number: number, what: RegExp) => {
      expect(await codes()).toEqual(['store.execute-right'])
      expect((await vendor.run(['store', 'check', 'web'], env)).out).toMatch(what)
      const rows = await vendor.rows('web')
      const request = await erase(number)
      expect(request.state, summary(request)).toBe('awaiting-approval')
      expect(request.code).toBe(1)
      expect(request.stores[0]?.obstacles.map(({ code, table }) => `${code} ${table}`)).toEqual([
        `store.execute-right ${what.source.includes('accounts') ? 'accounts' : 'posts'}`,
      ])
      expect(request.stores[0]?.obstacles[0]?.what).toMatch(what)
      const approved = await vendor.run(['request', 'approve', request.id, '--by', 'jo'], env)
      expect([approved.code, approved.err]).toEqual([1, expect.stringContaining('request.obstacle')])
      expect(differenceOf(rows, await vendor.rows('web'))).toEqual({})
    }
    await vendor.query('web', `REVOKE DELETE ON posts FROM "x_${name}"`)
    await refused(6, /DELETE on table "posts"/)
    await vendor.query('web', `GRANT DELETE ON posts TO "x_${name}"; REVOKE UPDATE (name) ON accounts FROM "x_${name}"`)
    await refused(6, /UPDATE \(name\) on table "accounts"/)
    await vendor.query('web', `GRANT UPDATE (name) ON accounts TO "x_${name}"; REVOKE SELECT ON posts FROM "x_${name}"`)
    await refused(6, /SELECT \(id, account, body\), UPDATE|SELECT \(.*account.*\) on table "posts"/)
    await vendor.query('web', `GRANT SELECT ON posts TO "x_${name}"`)
    await vendor.query('web', `REVOKE SELECT ON posts FROM "r_${name}"`)
    expect(await codes()).toEqual(['store.unreadable-table'])
    await open(7, 'store.permission')
    await vendor.query(
      'web',
      `GRANT SELECT ON posts TO "r_${name}"; ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
      CREATE POLICY p ON posts USING (account <> 8)`,
    )
    expect(await codes()).toEqual(['store.execute-right', 'store.unreadable-table'])
    await open(8, 'store.permission')
    // A table that the proof cannot search holds the request open, and says which.
    await vendor.query('web', `ALTER TABLE posts DISABLE ROW LEVEL SECURITY; CREATE TABLE secret (t text)`)
    expect(await codes()).toEqual(['store.undeclared-table', 'store.unreadable-table'])
    const blind = await erase(9)
    expect(blind.state).toBe('open')
    expect(blind.proof?.unread).toEqual([{ store: 'web', table: 'secret', why: 'permission' }])
  } finally {
    await dropRoles(vendor)
    await vendor.close()
  }
})
