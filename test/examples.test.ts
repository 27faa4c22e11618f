import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../src/base/clock.ts'
import { sourcesOf } from '../src/commitments/block.ts'
import { commitmentKinds } from '../src/commitments/index.ts'
import { checkPolicy } from '../src/policy/check.ts'
import { compilePlan, type Plan } from '../src/policy/plan.ts'
import { readPolicy } from '../src/policy/policy.ts'

const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url))
const LABELS = fileURLToPath(new URL('../../shared/labels', import.meta.url))
const clock: Clock = { now: () => new Date('2026-11-22T12:00:00Z') }

interface Expected {
  /** Sentences, list items and headings of the text. */
  readonly sentences: number
  /** Those that promise nothing, where no labels tell: headings, framing, advice to the reader, disclaimers. */
  readonly framing?: readonly number[]
  /** What the text deserves, by code and place; what every policy without store maps is told is left out. */
  readonly warnings: readonly string[]
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  kerio: {
    sentences: 101,
    warnings: [
      'consent.claimed consent.by-use',
      'transfers.void-claim transfers.safe-harbor.ground[0]',
      'transfers.void-claim transfers.safe-harbor.ground[1]',
      'transfers.ended transfers.safe-harbor.until',
      'changes.version-old changes.version.date',
    ],
  },
  kaseya: {
    sentences: 121,
    framing: [
      1, 2, 3, 5, 6, 17, 20, 29, 54, 55, 63, 67, 68, 87, 91, 92, 93, 94, 95, 96, 99, 104, 105, 106, 107, 111, 114, 118,
      121,
    ],
    warnings: [
      'consent.claimed consent.by-use',
      'disclosure.may-be-a-sale disclosure.related-companies.marketing',
      'transfers.void-claim transfers.safe-harbor.ground[0]',
      'transfers.void-claim transfers.safe-harbor.ground[1]',
      'transfers.seal-undated transfers.truste',
      'changes.version-old changes.version.date',
    ],
  },
  'open-xchange': {
    sentences: 39,
    framing: [1, 2, 3, 5, 6, 9, 17, 23, 34, 36],
    warnings: ['security.secret-answers security.secret-answers', 'changes.version-old changes.version.date'],
  },
  kayako: {
    sentences: 140,
    warnings: [
      'tracking.signal-ignored tracking.do-not-track.answer',
      'consent.claimed consent.by-use',
      'consent.claimed consent.by-place',
      'disclosure.closed-list disclosure.payment.to',
      'transfers.void-claim transfers.consent.ground',
    ],
  },
  zimbra: {
    sentences: 61,
    warnings: ['consent.claimed consent.by-use', 'changes.version-old changes.version.date'],
  },
}

/** What every policy without store maps is told. */
const WITHOUT_STORES = new Set(['policy.no-stores', 'rights.not-carried-out', 'rights.exception-unused'])

const read = async (name: string) => {
  const { policy, faults } = await readPolicy(join(EXAMPLES, name, 'kept.yaml'), clock)
  const plan = compilePlan(policy, [])
  return { policy, plan, faults: [...faults, ...checkPolicy(plan, [])] }
}

/** Every reference of a policy, wherever it stands. */
const references = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  return [...sourcesOf(value), ...Object.values(value).flatMap(references)]
}

/** Numbers of the sentences that commitments name: what the status tells of each of them. */
const bound = (plan: Plan, name: string): ReadonlySet<number> =>
  new Set(plan.commitments.flatMap(({ source }) => source).map((source) => Number(source.slice(name.length + 1))))

/** Numbers of the sentences that the labels call no promise. */
const unpromised = (file: string): readonly number[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly id: string; readonly enforceable: string })
    .filter(({ enforceable }) => enforceable === 'not-a-promise')
    .map(({ id }) => Number(id.split('-').at(-1)))

describe.each(Object.entries(EXPECTED))('examples/%s', (name, { sentences, framing, warnings }) => {
  it('has no error, and the warnings that its text deserves', async () => {
    const { faults } = await read(name)
    expect(faults.filter((fault) => fault.severity === 'error').map((fault) => fault.message)).toEqual([])
    const told = faults
      .filter((fault) => !WITHOUT_STORES.has(fault.code))
      .map((fault) => `${fault.code} ${fault.where.path}`)
    expect(told.toSorted()).toEqual([...warnings].toSorted())
  })

  it('names sentences of its own text only', async () => {
    const { policy } = await read(name)
    const wrong = references(policy.located.value).filter((source) => {
      const match = /^([a-z-]+)#([1-9]\d*)$/.exec(source)
      return match?.[1] !== name || Number(match[2]) > sentences
    })
    expect(wrong).toEqual([])
  })

  it('says in its head what it is, and is no advice', () => {
    const head = readFileSync(join(EXAMPLES, name, 'kept.yaml'), 'utf8').split('kept: 1')[0] ?? ''
    expect(head).toContain('in our own')
    expect(head).toContain('nothing of it is legal advice')
    expect(head).toContain('the company has')
  })

  it('binds every sentence that can be kept, and none that is no promise', async (context) => {
    const file = join(LABELS, `${name}.jsonl`)
    if (framing === undefined && !existsSync(file)) return context.skip(`../shared/labels/${name}.jsonl is not there`)
    const none = framing ?? unpromised(file)
    const { plan } = await read(name)
    const numbers = bound(plan, name)
    const every = Array.from({ length: sentences }, (_, index) => index + 1)
    expect(every.filter((number) => numbers.has(number) === none.includes(number))).toEqual([])
  })
})

it('needs all sixteen kinds among the five, and every open value is answered', async () => {
  const plans = await Promise.all(Object.keys(EXPECTED).map(async (name) => (await read(name)).plan))
  const kinds = new Set(plans.flatMap((plan) => plan.commitments.map((commitment) => commitment.kind)))
  expect([...kinds].toSorted()).toEqual(commitmentKinds.map((kind) => kind.key as string).toSorted())
  const texts = Object.keys(EXPECTED).map((name) => readFileSync(join(EXAMPLES, name, 'kept.yaml'), 'utf8'))
  expect(texts.filter((text) => text.includes('OPEN:'))).toEqual([])
})
