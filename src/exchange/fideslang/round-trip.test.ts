import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exported, readDrafts, roundTrip } from '../../../test/fideslang-drafts.ts'
import type { Plan } from '../../policy/plan.ts'
import { exportFideslang } from './export.ts'

interface File {
  readonly organization: unknown
  readonly system: readonly { readonly [key: string]: unknown }[]
  readonly dataset: readonly { readonly fides_key: string; readonly collections: readonly Collection[] }[]
}
interface Collection {
  readonly name: string
  readonly fields: readonly {
    readonly name: string
    readonly data_categories: readonly string[]
    readonly fides_meta?: Meta
  }[]
}
interface Meta {
  readonly identity?: string
  readonly primary_key?: boolean
  readonly references?: readonly { readonly field: string; readonly direction: string }[]
}

const sorted = (values: readonly string[] | undefined) => (values ?? []).toSorted()
const fieldsOf = (file: File) =>
  Object.fromEntries(
    file.dataset.flatMap(({ fides_key, collections }) =>
      collections.flatMap(({ name, fields }) =>
        fields
          .filter(({ data_categories }) => data_categories.some((key) => !key.startsWith('system')))
          .map((field) => [`${fides_key}.${name}.${field.name}`, sorted(field.data_categories)]),
      ),
    ),
  )
const metaOf = (file: File, key: 'identity' | 'references') =>
  Object.fromEntries(
    file.dataset.flatMap(({ fides_key, collections }) =>
      collections.flatMap(({ name, fields }) =>
        fields
          .filter(({ fides_meta }) => fides_meta?.[key] !== undefined)
          .map((field) => [`${fides_key}.${name}.${field.name}`, field.fides_meta?.[key]]),
      ),
    ),
  )

const file = (name: string) => readFileSync(new URL(`../../../demo/larkspur/${name}`, import.meta.url), 'utf8')

const RICH = `
kept: 1
controller: { name: Fernweh Travel Ltd, country: GB, contact: privacy@fernweh.example, address: 1 Kai, officer: A. Person }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  health: { is: pd:Health }
  ip-address: { is: pd:IPAddress }
purposes:
  delivery: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, name] }
  care: { is: dpv:CustomerCare, basis: [eu-gdpr:A6-1-a, eu-gdpr:A9-2-a], uses: [email, health] }
  safety: { is: dpv:EnforceSecurity, basis: eu-gdpr:A6-1-f, uses: ip-address }
disclosure:
  hosting: { is: processor, to: Host AG, for: [delivery, safety], data: [email, ip-address], countries: US, contract: true }
  agency: { is: partner, to: Agency SARL, for: care, data: email, countries: FR }
transfers:
  clauses: { is: transfer, to: Host AG, countries: US, ground: standard-contractual-clauses }
retention:
  orders: { data: [email, name], for: delivery, keep: P6Y, from: order }
  logs: { data: ip-address, for: safety, keep: P30D, from: visit }
tracking:
  session: { is: cookie, party: first, keep: P30D, for: delivery, needed: the basket }
rights: { access: { within: P1M } }
`

describe('a policy through Fideslang and back', () => {
  const before = readDrafts(RICH, [])
  const yaml = exported(before)
  const after = roundTrip(yaml)

  test('keeps purposes with their uses, bases, data and terms', () => {
    for (const purpose of before.plan.purposes) {
      const back = after.plan.purposes.find(({ name }) => name === purpose.name)
      expect({ ...back, uses: sorted(back?.uses) }).toMatchObject({
        is: purpose.is,
        basis: purpose.basis,
        uses: sorted(purpose.uses),
      })
    }
    expect(after.plan.purposes).toHaveLength(before.plan.purposes.length)
    const terms = (plan: Plan) =>
      plan.retention.filter(({ keep }) => keep !== 'P9Y').map(({ data, keep }) => [sorted(data), keep])
    expect(terms(after.plan)).toEqual(terms(before.plan))
  })

  test('keeps recipients, transfers, cookies and who is responsible', () => {
    const recipients = (plan: Plan) =>
      plan.disclosure.map(([, { is, to, for: purposes, data }]) => ({
        is,
        to: [to].flat(),
        for: sorted([purposes ?? []].flat()),
        data: sorted([data ?? []].flat()),
      }))
    expect(recipients(after.plan)).toEqual(recipients(before.plan))
    expect(after.plan.transfers.map(([, { to, ground }]) => [to, [ground].flat()])).toEqual([
      ['Host AG', ['standard-contractual-clauses']],
    ])
    expect(after.plan.tracking.map(([, { is, keep }]) => [is, keep])).toEqual([['cookie', 'P30D']])
    const { name, contact, address, officer } = before.plan.controller
    expect(after.plan.controller).toMatchObject({ name, contact, address, officer })
  })

  test('says the same when it goes there again', () => {
    const [first, second] = [parse(yaml) as File, parse(exported(after)) as File]
    // What the import asked and a person answered is new there; everything else is as it was.
    const said = (one: File) =>
      one.system.map((system) => ({
        legal_name: system.legal_name,
        responsibility: system.responsibility,
        uses: (system.privacy_declarations as { data_use: string; data_categories: string[] }[]).map((each) => [
          each.data_use,
          sorted(each.data_categories),
        ]),
      }))
    expect(said(second)).toEqual(said(first))
  })

  test('lists what is lost', () => {
    const lost = exportFideslang(before.plan, before.maps).lost.map(({ path, what }) => `${path}: ${what}`)
    expect(lost).toContain('rights.access: systems and datasets of Fideslang say nothing of rights')
    expect(lost).toContain('retention.logs: Fideslang says how long, not from when (visit) and what then (erase)')
    expect(lost.join('\n')).not.toContain('data.email')
  })
})

test('a key that stands for others below it is told', () => {
  const above = readDrafts(RICH.replace('health: { is: pd:Health }', 'health: { is: pd:Contact }'), [])
  const lost = exportFideslang(above.plan, above.maps).lost.map(({ path, what }) => `${path}: ${what}`)
  expect(lost.join('\n')).not.toContain('purposes.care.uses')
  const alone = readDrafts(
    RICH.replace('health: { is: pd:Health }', 'health: { is: pd:Contact }').replace(
      'uses: [email, health]',
      'uses: health',
    ),
    [],
  )
  const told = exportFideslang(alone.plan, alone.maps).lost.map(({ path, what }) => `${path}: ${what}`)
  expect(told).toContain('purposes.care.uses: Fideslang lets it use email too, which stand below its keys')
})

describe('the stores of the demo through Fideslang and back', () => {
  const before = readDrafts(
    file('kept.yaml'),
    ['helpdesk', 'shop'].map((store) => file(`stores/${store}.yaml`)),
  )
  const first = parse(exported(before)) as File
  const second = parse(exported(roundTrip(exported(before)))) as File

  test('keep every field with its categories, every identity and every reference', () => {
    expect(Object.keys(fieldsOf(first)).length).toBeGreaterThan(10)
    expect(fieldsOf(second)).toEqual(fieldsOf(first))
    expect(metaOf(second, 'identity')).toEqual(metaOf(first, 'identity'))
    expect(metaOf(second, 'references')).toEqual(metaOf(first, 'references'))
  })

  test('a link that only stays is no reference there, and shared or kept rows are never deleted whole', () => {
    const tickets = first.dataset.flatMap(({ collections }) => collections).find(({ name }) => name === 'tickets')
    expect(tickets?.fields.find(({ name }) => name === 'agent_id')?.fides_meta?.references).toBeUndefined()
    const deleted = first.dataset.flatMap(({ collections }) =>
      collections
        .filter((collection) => JSON.stringify(collection).includes('"strategy":"delete"'))
        .map(({ name }) => name),
    )
    for (const shared of ['addresses', 'messages', 'invoices']) expect(deleted).not.toContain(shared)
    expect(deleted).toContain('wishlists')
  })
})
