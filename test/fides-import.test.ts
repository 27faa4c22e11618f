/** Fides' own sample: no declared keys, one address row shared by two customers. The import proposes, a person answers, one is erased. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { runCommand } from '../src/cli/run.ts'
import { ROOT } from './checkout.ts'
import { everyRow, HERS, others } from './fides-sample.ts'
import { freshDatabase, loadDump } from './postgres.ts'

const FIXTURE = join(ROOT, '../shared/fixtures/fides')
const DATASET = join(FIXTURE, 'postgres_example_test_dataset.yml')
const present = existsSync(FIXTURE)
if (!present) console.log('fides-import.test.ts: skipped: ../shared/fixtures/fides is not there')

const POLICY = `
kept: 1
controller: { name: Cookie House, country: US }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  street: { is: pd:Street }
  city: { is: pd:City }
  state: { is: pd:Region }
  zip: { is: pd:PostalCode }
  card: { is: pd:BankAccount }
  payment: { is: pd:Financial }
  login: { is: pd:AuthenticationHistory }
purposes:
  shop: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, name, street, city, state, zip, card, payment, login] }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`

/** What a person decides, by the place of the question. */
const ANSWERS: Readonly<Record<string, string>> = {
  'tables.login.fields.time.is': 'login',
  'tables.payment_card.fields.preferred.is': 'payment',
  'tables.service_request.people.employee.erase': 'keep-link',
  'tables.orders.people.payment_card.erase': 'keep-link',
  'tables.order_item.fields.item_no.is': 'none',
  'tables.product.fields.description.is': 'none',
  'tables.product.fields.url.is': 'none',
  'tables.composite_pk_test.people.customer.erase': 'row',
  'tables.composite_pk_test.fields.id_a.is': 'none',
  'tables.composite_pk_test.fields.id_b.is': 'none',
  'tables.composite_pk_test.fields.description.is': 'none',
}

interface Imported {
  readonly map: Record<string, unknown>
  readonly references: readonly { readonly column: string; readonly from: string; readonly sure: string }[]
  readonly questions: readonly { readonly path: string; readonly asks: string }[]
  readonly remarks: readonly { readonly path: string; readonly what: string }[]
}

let folder: string
let env: Record<string, string>
let pool: pg.Pool

async function call(words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await runCommand(words, {
    cwd: folder,
    env,
    interactive: false,
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  })
  return { code, ...said }
}

async function importMap(): Promise<Imported> {
  const words = ['store', 'import', '--from', 'fides', DATASET, '--store', 'shop', '--read', 'env:SHOP_READ', '--json']
  const { code, out, err } = await call(words)
  expect(code, err).toBe(0)
  return JSON.parse(out) as Imported
}

function answered(imported: Imported): Record<string, unknown> {
  const map = structuredClone(imported.map)
  for (const { path } of imported.questions) {
    const answer = ANSWERS[path]
    if (answer === undefined) throw new Error(`nobody answers ${path}`)
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    let place = map as Record<string, unknown>
    for (const key of keys) place = place[key] as Record<string, unknown>
    place[last] = answer
  }
  return map
}

async function setUp(name: string): Promise<void> {
  const url = await freshDatabase(name)
  await loadDump(url, join(FIXTURE, 'fides_postgres_sample.sql'))
  pool = new pg.Pool({ connectionString: url, max: 2 })
  env = { SHOP_READ: url, SHOP_EXECUTE: url, KEPT_DATABASE_URL: await freshDatabase(`${name}_own`) }
  folder = mkdtempSync(join(tmpdir(), 'kept-fides-'))
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), POLICY)
}

async function tearDown(): Promise<void> {
  await pool.end()
  rmSync(folder, { recursive: true, force: true })
}

async function erase(): Promise<{ code: number; out: string; err: string }> {
  return call(['request', 'erase', '--identity', 'email=customer-1@example.com', '--approve-by', 'jo', '--json'])
}

describe.skipIf(!present)('a dataset of Fides', () => {
  let imported: Imported

  beforeAll(async () => {
    await setUp('fides')
    imported = await importMap()
  })
  afterAll(tearDown)

  test('becomes a map whose references are proposed, by the dataset and by the values', () => {
    const tables = imported.map.tables as Record<string, { people?: Record<string, unknown>; person?: unknown }>
    expect(Object.keys(tables.address?.people ?? {}).toSorted()).toEqual([
      'customer',
      'employee',
      'orders',
      'payment_card',
    ])
    expect(tables.address?.people?.payment_card).toEqual({
      via: ['payment_card.billing_address_id = id'],
      erase: 'row',
    })
    expect(tables.customer?.person).toEqual({ key: { email: 'email', 'customer-id': 'id' }, erase: 'row' })
    expect(tables.service_request?.person).toEqual({ key: { email: ['alt_email', 'email'] }, erase: 'row' })
    // Nobody declared these two; names and values show them, and what erasure does is asked.
    expect(tables.orders?.people?.payment_card).toMatchObject({ key: 'payment_card_id', to: 'payment_card.id' })
    expect(tables.composite_pk_test?.people?.customer).toMatchObject({ key: 'customer_id', to: 'customer.id' })
    expect(tables.product?.people).toBeUndefined()
    const seen = imported.references
      .filter(({ sure }) => sure === 'seen')
      .map(({ column, from }) => `${column} ← ${from}`)
    expect(seen.toSorted()).toEqual([
      'composite_pk_test.customer_id ← customer.id',
      'orders.payment_card_id ← payment_card.id',
    ])
    expect(imported.references.filter(({ sure }) => sure === 'said').length).toBe(10)
  })

  test('asks what it does not say, and remarks what contradicts itself', () => {
    expect(imported.questions.map(({ path }) => path).toSorted()).toEqual(Object.keys(ANSWERS).toSorted())
    const remarks = imported.remarks.map(({ path, what }) => `${path}: ${what}`).join('\n')
    expect(remarks).toContain('tables.service_request.fields.email: an identity')
    expect(remarks).toMatch(/tables\.order_item\.order_id: refers to orders\.id \(4 of 5 sampled values\)/)
    for (const table of ['loyalty', 'backup_schema.customer'])
      expect(remarks).toContain(`tables.${table}: in the store and not in the dataset`)
    expect(remarks).not.toContain('example.com')
  })

  test('is refused by kept check until it is answered', async () => {
    writeFileSync(join(folder, 'stores/shop.yaml'), stringify(imported.map))
    const { code, out } = await call(['check', '--json'])
    const { faults } = JSON.parse(out) as { faults: { code: string; where: { path: string } }[] }
    const asked = faults.filter((fault) => fault.code === 'store.open-question').map((fault) => fault.where.path)
    expect(code).toBe(1)
    expect(asked.toSorted()).toEqual(Object.keys(ANSWERS).toSorted())
  })

  test('an existing map is not written over', async () => {
    const before = readFileSync(join(folder, 'stores/shop.yaml'), 'utf8')
    const words = ['store', 'import', '--from', 'fides', DATASET, '--out', 'stores/shop.yaml']
    const { code, err } = await call(words)
    expect(code).toBe(2)
    expect(err).toContain('exchange.file-exists')
    expect(readFileSync(join(folder, 'stores/shop.yaml'), 'utf8')).toBe(before)
  })

  test('answered, it erases one customer and leaves the address that she shares', async () => {
    writeFileSync(join(folder, 'stores/shop.yaml'), stringify(answered(imported)))
    const { out: checked } = await call(['check', '--json'])
    const { faults } = JSON.parse(checked) as { faults: { severity: string; code: string }[] }
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
    const before = await everyRow(pool)
    const erased = await erase()
    // Her name stands in a table that neither dataset nor map mentions: the proof finds it and the request stays open.
    expect(erased).toMatchObject({ code: 1, err: '' })
    const { proof, stores } = JSON.parse(erased.out)
    expect(proof).toMatchObject({
      foreignRowsTouched: 0,
      unread: [],
      residual: [{ class: 'unmapped', table: 'loyalty' }],
    })
    expect(proof.residual).toHaveLength(1)
    expect(stores[0].shared.map(({ table }: { table: string }) => table)).toEqual(['address', 'address'])
    const after = await everyRow(pool)
    // The breach that matters: any row of anybody else, the two shared addresses among them.
    expect(after.get('address')).toEqual(before.get('address'))
    expect(Object.fromEntries(after)).toEqual(others(before))
    for (const [table, hers] of Object.entries(HERS)) {
      expect(
        before.get(table)?.some((row) => hers.some((one) => one.test(row))),
        table,
      ).toBe(true)
    }
  })
})

describe.skipIf(!present)('the same without the references that the import proposes', () => {
  beforeAll(() => setUp('fides_naive'))
  afterAll(tearDown)

  test('takes the shared address from the other customer, and the comparison sees it', async () => {
    const map = answered(await importMap()) as { tables: Record<string, { people: Record<string, unknown> }> }
    const { customer } = map.tables.address?.people ?? {}
    if (map.tables.address) map.tables.address.people = { customer }
    writeFileSync(join(folder, 'stores/shop.yaml'), stringify(parse(stringify(map))))
    const before = await everyRow(pool)
    await erase()
    const after = await everyRow(pool)
    expect(after.get('address')).not.toEqual(before.get('address'))
    expect(Object.fromEntries(after)).not.toEqual(others(before))
  })
})
