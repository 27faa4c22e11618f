import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { policyCases } from '../../test/policy-case.ts'
import { policyJsonSchema, storeJsonSchema } from './json-schema.ts'
import { readPolicyBytes } from './policy.ts'
import { readStoreMapBytes } from './stores.ts'

const ajv = new Ajv({ allErrors: true, strict: false })
const isPolicy = ajv.compile({ ...policyJsonSchema() })
const isStore = ajv.compile({ ...storeJsonSchema() })

const design = new URL('../../../shared/design.md', import.meta.url)
const present = existsSync(design)
if (!present)
  console.log('json-schema.test.ts: the examples of the design are skipped: ../shared/design.md is not there')

/** The YAML examples of the design: a policy and a store map. */
const examples = (): readonly string[] =>
  [...readFileSync(design, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const smallPolicy = { kept: 1, controller: { name: 'Fernweh Ltd' }, data: { email: { is: 'pd:EmailAddress' } } }
const smallStore = { store: 'desk', connect: { read: 'env:DESK' }, tables: { people: null } }

describe('what editors know', () => {
  test('the examples of the design are valid, and read without a fault', (context) => {
    if (!present) return context.skip('../shared/design.md is not there')
    const [policyText = '', storeText = ''] = examples()
    expect([isPolicy(parse(policyText)), isPolicy.errors]).toEqual([true, null])
    expect([isStore(parse(storeText)), isStore.errors]).toEqual([true, null])
    const { policy, faults } = readPolicyBytes('kept.yaml', bytes(policyText))
    expect(faults).toEqual([])
    expect(readStoreMapBytes('helpdesk.yaml', bytes(storeText), policy)).toMatchObject({ sound: true, faults: [] })
  })

  test('small files are valid; unknown keys and terms are not', () => {
    expect(isPolicy(smallPolicy)).toBe(true)
    expect(isPolicy({ ...smallPolicy, retenton: {} })).toBe(false)
    expect(isPolicy({ ...smallPolicy, data: { email: { is: 'pd:EmailAdress' } } })).toBe(false)
    expect(isPolicy({ ...smallPolicy, rights: { access: { within: '1 month' } } })).toBe(false)
    expect(isPolicy({ ...smallPolicy, security: ['tls'] })).toBe(false)
    expect(isStore(smallStore)).toBe(true)
    expect(isStore({ ...smallStore, table: {} })).toBe(false)
    expect(isStore({ ...smallStore, tables: { people: { persons: {} } } })).toBe(false)
    expect(isStore({ ...smallStore, tables: { people: { people: { a: { key: 'b', to: 'c.d' } } } } })).toBe(false)
  })

  test('an editor accepts every case that the reader accepts', () => {
    const cases = policyCases(new URL('./cases', import.meta.url).pathname)
    const sound = cases.filter(({ read }) => readPolicyBytes('kept.yaml', bytes(read.policy)).faults.length === 0)
    expect(sound.length).toBeGreaterThan(5)
    for (const { read } of sound) expect([isPolicy(parse(read.policy)), read.says]).toEqual([true, read.says])
  })

  test('what a key means is told', () => {
    expect(JSON.stringify(policyJsonSchema())).toContain('How long, e.g. P24M')
    expect(JSON.stringify(storeJsonSchema())).toContain('Identities that link records')
  })
})
