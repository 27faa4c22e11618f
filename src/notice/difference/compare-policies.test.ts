import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryOf, definitionOf, policies } from '../../../test/policy-arbitrary.ts'
import { durationDays, parseDuration } from '../../base/duration.ts'
import type { Direction } from '../../commitments/comparison.ts'
import { comparisons } from '../../commitments/comparisons.ts'
import { commitmentKinds, type Kind } from '../../commitments/index.ts'
import { end } from '../../commitments/retention/vocabulary.ts'
import { readPolicyBytes } from '../../policy/policy.ts'
import { comparePolicies } from './compare-policies.ts'
import { meaningHash } from './content.ts'
import { countDifferences } from './difference.ts'

const read = (text: string) => readPolicyBytes('kept.yaml', new TextEncoder().encode(text)).policy
const policyOf = (value: unknown) => read(JSON.stringify(value))
const told = (before: string, after: string) =>
  comparePolicies(read(before), read(after)).map((one) => `${one.class}: ${one.what}`)

const base = `
kept: 1
controller: { name: Larkspur }
data:
  email: { is: pd:EmailAddress, words: e-mail addresses }
  ip: { is: pd:IPAddress, words: IP addresses }
purposes:
  support: { is: dpv:CustomerCare, basis: dpv:Consent, uses: [email] }
disclosure:
  hosting: { is: processor, to: [Acme Ltd], for: support, countries: [DE] }
  sale: { is: sale, data: [email], never: true }
tracking:
  analytics: { is: cookie, party: first, keep: P30D, for: support }
  dnt: { is: signal, signals: [dnt], answer: obey }
rights:
  access: { within: P1M }
  erasure: { except: { tax: { data: [email], law: gb-tax, keep: P6Y } } }
retention:
  logs: { data: [ip], keep: P30D, from: visit }
`

describe('what changed between two policies', () => {
  it.each([
    [
      'retention',
      'keep: P30D, from',
      'keep: P90D, from',
      'wider: retention of IP addresses widened from 30 days to 90 days',
    ],
    ['another spelling of a term', 'keep: P30D, from', 'keep: PT720H, from', undefined],
    ['a recipient', '[Acme Ltd]', '[Acme Ltd, Beta GmbH]', 'wider: recipient added: Beta GmbH (hosting)'],
    ['a country', '[DE]', '[DE, US]', 'wider: country added: US (hosting)'],
    ['data of a purpose', 'uses: [email]', 'uses: [email, ip]', 'wider: data added: IP addresses (support)'],
    [
      'consent',
      'dpv:Consent',
      'eu-gdpr:A6-1-f',
      'wider: legal basis of support changed from dpv:Consent to eu-gdpr:A6-1-f',
    ],
    ['a right’s term', 'within: P1M', 'within: P2M', 'wider: term of access widened from 1 month to 2 months'],
    [
      'a bar',
      'data: [email], never',
      'data: [email, ip], never',
      'narrower: data no longer limited to e-mail addresses (sale)',
    ],
    [
      'a cookie',
      'is: cookie, party: first',
      'is: cookie, party: third',
      'wider: party of analytics changed from first to third',
    ],
    ['a signal', 'answer: obey', 'answer: ignore', 'wider: obedience to the signal of dnt changed from obey to ignore'],
    [
      'a purpose’s meaning',
      'dpv:CustomerCare',
      'dpv:Advertising',
      'wider: meaning of the purpose added: dpv:Advertising (support)',
    ],
    [
      'an exception',
      'tax: {',
      'claims: { data: [ip], law: gb-tax }, tax: {',
      'wider: exception added: claims (erasure)',
    ],
    [
      'the end of an exception',
      ', keep: P6Y',
      '',
      'wider: retention of exception tax widened from 6 years to no limit',
    ],
    [
      'a condition',
      'keep: P30D, for',
      'keep: P30D, if: [you agree], for',
      'narrower: condition added: you agree (analytics)',
    ],
    ['words', 'words: IP addresses', 'words: where you come from', undefined],
    ['a mark nobody sees', 'Acme Ltd', 'Acme\u200b  Ltd', undefined],
  ])('tells %s', (_name, from, to, expected) => {
    const after = base.replace(from, to)
    expect(after).not.toBe(base)
    const found = told(base, after)
    if (expected === undefined) expect(found).toEqual([])
    else if (expected.includes('no longer limited')) expect(found).toHaveLength(1)
    else expect(found).toContain(expected)
  })

  it('tells a new and a former commitment', () => {
    const more = `${base}  visits: { data: [email], keep: P1Y, from: visit }\n`
    expect(told(base, more)).toEqual(['narrower: term of retention added: e-mail addresses'])
    expect(told(more, base)).toEqual(['wider: term of retention removed: e-mail addresses'])
  })

  it('follows a data category from one term to another, and an entry through a new name', () => {
    const moved = base.replace('logs: { data: [ip], keep: P30D', 'addresses: { data: [ip, email], keep: P60D')
    expect(told(base, moved)).toEqual([
      'wider: retention of IP addresses widened from 30 days to 60 days',
      'narrower: term of retention added: e-mail addresses',
    ])
    expect(told(base, base.replace('analytics:', 'statistics:'))).toEqual([])
  })

  it('tells a new name of a category or a purpose once, and nothing of what refers to it', () => {
    const category = base.replaceAll(/\bip\b/g, 'address')
    expect(told(base, category)).toEqual(['neutral: data category ip is called address now'])
    const purpose = base.replaceAll(/\bsupport\b/g, 'help')
    expect(told(base, purpose)).toEqual(['neutral: purpose support is called help now'])
    // Another term, or another one beside it, is another category.
    expect(told(base, category.replace('pd:IPAddress', 'pd:Location'))).toContain('wider: data category added: address')
    const two = category.replace('purposes:', '  proxy: { is: pd:IPAddress, words: IP addresses }\npurposes:')
    expect(told(base, two)).toContain('wider: data category added: proxy')
  })

  it('fills in the term that a law sets', () => {
    const lawful = base.replace('controller:', 'law: [eu-gdpr]\ncontroller:')
    expect(told(lawful, lawful.replace('access: { within: P1M }', 'access: {}'))).toEqual([])
  })
})

/** What a value says, spelled once; written apart from the code it is held against. */
const spelled = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const items = [...new Set(value.flatMap((one) => [spelled(one)].flat()))].sort()
    return items.length === 0 ? undefined : items
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([key]) => key !== 'words' && key !== 'source')
      .map(([key, member]) => [key, spelled(member)] as const)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => left.localeCompare(right))
    return members.length === 0 ? undefined : members
  }
  if (typeof value === 'string' && parseDuration(value)) {
    const { least, most } = durationDays(value)
    return [JSON.stringify(`${least + most} half days`)]
  }
  return value === undefined ? undefined : [JSON.stringify(value)]
}

/** Values that a key has when nothing is written, as its description says. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  tracking: { wait: 'choice', joined: 'never' },
  messages: { mandatory: false, 'opt-in': false, 'existing-customers': false, opens: 'never', clicks: 'never' },
  disclosure: { document: false, onward: undefined, lead: 'PT0S' },
  aggregates: { least: 10, paid: false },
  rights: { fee: 'none', others: 'redact', extend: 'PT0S' },
  retention: { [end]: 'erase' },
  changes: { lead: 'PT0S' },
  consent: { under: 0 },
}

const completed = (kind: string, entry: unknown): unknown =>
  typeof entry === 'object' && entry !== null
    ? Object.fromEntries(
        Object.entries({ ...defaults[kind], ...entry }).map(([key, value]) => [
          key,
          key === 'test' && value === true ? ['no-identifiers', 'group-size', 'no-differencing'] : value,
        ]),
      )
    : entry

const saysTheSame = (kind: string, before: unknown, after: unknown): boolean =>
  JSON.stringify(spelled(completed(kind, before))) === JSON.stringify(spelled(completed(kind, after)))

/** The schemas of a kind's entries, by the name of each; one for all where names are free. */
const keysOf = (kind: Kind, entry: string): Readonly<Record<string, Parameters<typeof arbitraryOf>[0]>> => {
  const definition = definitionOf(kind.vocabulary)
  let schema = definition.valueType ?? definition.shape?.[entry]
  while (schema !== undefined && definitionOf(schema).shape === undefined) schema = definitionOf(schema).innerType
  return schema === undefined ? {} : (definitionOf(schema).shape ?? {})
}

type Blocks = Record<string, Record<string, Record<string, unknown> | null>>

/** A policy and the same with one value of one commitment set, changed or taken out. */
const changed = policies.chain((policy) => {
  const blocks = policy as Blocks
  const places = commitmentKinds.flatMap((kind) =>
    Object.keys(blocks[kind.key] ?? {}).flatMap((name) =>
      Object.entries(keysOf(kind, name)).map(([key, schema]) => ({ kind, name, key, schema })),
    ),
  )
  return fc.constantFrom(...places).chain(({ kind, name, key, schema }) =>
    fc.option(arbitraryOf(schema), { nil: undefined }).map((value) => {
      const { [key]: _before, ...rest } = blocks[kind.key]?.[name] ?? {}
      const entry = value === undefined ? rest : { ...rest, [key]: value }
      const block = { ...blocks[kind.key], [name]: entry }
      return { kind: kind.key, key, name, before: policy, after: { ...policy, [kind.key]: block } }
    }),
  )
})

const mirrored: Readonly<Record<Direction, Direction>> = { wider: 'narrower', narrower: 'wider', neutral: 'neutral' }

describe('policies made by chance', () => {
  it('differ whenever one value says something else, and in the mirror when held the other way round', () => {
    let held = 0
    fc.assert(
      fc.property(changed, ({ kind, key, name, before, after }) => {
        const [entryBefore, entryAfter] = [before, after].map((one) => (one as Blocks)[kind]?.[name])
        fc.pre(key !== 'words' && key !== 'source')
        const [left, right] = [policyOf(before), policyOf(after)]
        const found = comparePolicies(left, right)
        const back = comparePolicies(right, left)
        expect(countDifferences(back)).toEqual({
          wider: countDifferences(found).narrower,
          narrower: countDifferences(found).wider,
          neutral: countDifferences(found).neutral,
        })
        expect(back.map((one) => mirrored[one.class]).sort()).toEqual(found.map((one) => one.class).sort())
        if (saysTheSame(kind, entryBefore, entryAfter)) return
        held += 1
        expect(found, `${kind}.${name}.${key}`).not.toEqual([])
      }),
      { numRuns: 800 },
    )
    expect(held).toBeGreaterThan(300)
  }, 120_000)

  it('differ when a commitment, a category or a law comes or goes', () => {
    const places = policies.chain((policy) => {
      const blocks = policy as Blocks
      const entries = ['data', ...commitmentKinds.map(({ key }) => key)].flatMap((block) =>
        Object.keys(blocks[block] ?? {}).map((name) => ({ block, name })),
      )
      return fc.constantFrom(...entries).map(({ block, name }) => {
        const { [name]: _gone, ...rest } = blocks[block] ?? {}
        return { place: `${block}.${name}`, before: policy, after: { ...policy, [block]: rest } }
      })
    })
    fc.assert(
      fc.property(places, ({ place, before, after }) => {
        const went = comparePolicies(policyOf(before), policyOf(after))
        expect(went, place).not.toEqual([])
        expect(
          comparePolicies(policyOf(after), policyOf(before))
            .map((one) => mirrored[one.class])
            .sort(),
        ).toEqual(went.map((one) => one.class).sort())
      }),
      { numRuns: 200 },
    )
    expect(told('law: [eu-gdpr]\ndata: {}', 'law: [eu-gdpr, us-ca]\ndata: {}')).toEqual([
      'narrower: law that applies added: us-ca (law)',
    ])
    expect(told('controller: { name: A }', 'controller: { name: B }')).toEqual([
      'neutral: name of controller changed from A to B',
    ])
  }, 120_000)

  it('are the same in another order and in other words', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned).reverse()
      if (typeof value !== 'object' || value === null) return value
      const members = Object.entries(value).reverse()
      return Object.fromEntries(
        members.map(([key, member]) => [key, key === 'words' ? 'in other words' : turned(member)]),
      )
    }
    fc.assert(
      fc.property(policies, (policy) => {
        const [left, right] = [policyOf(policy), policyOf(turned(policy))]
        expect(comparePolicies(left, right)).toEqual([])
        expect(meaningHash(left)).toBe(meaningHash(right))
      }),
      { numRuns: 100 },
    )
  }, 120_000)
})

it('has a rule for every key of every kind', () => {
  const missing = commitmentKinds.flatMap((kind) => {
    const names = kind.key === 'rights' ? Object.keys(definitionOf(kind.vocabulary).shape ?? {}) : ['any']
    const rules = Object.keys(comparisons[kind.key].keys)
    return names.flatMap((name) =>
      Object.keys(keysOf(kind, name))
        .filter((key) => !['if', 'unless', 'task', 'words', 'source', 'is', comparisons[kind.key].each].includes(key))
        .filter((key) => !rules.includes(key))
        .map((key) => `${kind.key}.${key}`),
    )
  })
  expect(missing).toEqual([])
})
