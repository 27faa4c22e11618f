import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { JsonValue } from '../base/canonical-json.ts'
import type { Fault } from '../language/fault.ts'
import { readCaseFile } from './case-file.ts'
import { draftFaults, wrongIn } from './draft-faults.ts'
import { importDocument } from './import-document.ts'

const openPlaces = (faults: readonly Fault[]): (string | undefined)[] =>
  faults.filter((fault) => fault.code === 'policy.open-question').map((fault) => fault.where.path)

const warned = (faults: readonly Fault[]): Set<string> =>
  new Set(faults.filter((fault) => fault.severity === 'warning').map((fault) => fault.code))

const CASES = fileURLToPath(new URL('./cases/', import.meta.url))
const documents = readdirSync(CASES)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => ({ file, ...readCaseFile(readFileSync(`${CASES}${file}`, 'utf8')) }))

it.each(documents)('the draft of $file asks, and states nothing wrong', ({ source }) => {
  const imported = importDocument(source, { name: 'case' })
  const faults = draftFaults(imported)
  expect(wrongIn(faults)).toEqual([])
  const placed = imported.questions.flatMap((question) => question.place ?? [])
  expect(new Set(openPlaces(faults))).toEqual(new Set(placed))
})

it.each(documents)('each proposal for $file fits where it is made', ({ source }) => {
  const imported = importDocument(source, { name: 'case' })
  const answers = imported.questions.flatMap(({ place, proposes }) =>
    place === undefined || proposes === undefined
      ? []
      : [{ at: place, value: parse(proposes) as JsonValue, by: 'a.reviewer', on: '2026-11-22' }],
  )
  expect(answers.length).toBeGreaterThan(0)
  const answered = importDocument(source, { name: 'case', answers })
  const faults = draftFaults(answered)
  expect(wrongIn(faults)).toEqual([])
  expect(openPlaces(faults).length).toBe(openPlaces(draftFaults(imported)).length - answers.length)
})

it('states nothing wrong of any sentence on its own', () => {
  // Every third of them: all together is what the drafts of whole documents are for.
  const sentences = documents
    .flatMap((document) => document.expected.map((each) => each.text))
    .filter((_, index) => index % 3 === 0)
  const found = sentences.flatMap((text) =>
    wrongIn(draftFaults(importDocument(text, { name: 'case' }))).map((each) => `${text}\n${each}`),
  )
  expect(found).toEqual([])
}, 120_000)

const pick = (...words: readonly string[]) => fc.constantFrom(...words)
const sentence = fc
  .tuple(
    pick(
      '',
      'If you agree, ',
      'Unless you object, ',
      'When you register, ',
      'From time to time, ',
      'For persons in the EEA, ',
    ),
    pick(
      'we ',
      'our partners ',
      'you ',
      'Acme Ltd ',
      'third parties such as Foo Inc. and Bar GmbH ',
      'administrators ',
      'parents ',
    ),
    pick('may ', 'will ', 'do not ', 'will never ', 'shall only ', 'cannot '),
    pick(
      'collect ',
      'use ',
      'share ',
      'sell ',
      'delete ',
      'encrypt ',
      'retain ',
      'transfer ',
      'track ',
      'correct ',
      'object to ',
      'withdraw consent to ',
      'store cookies with ',
      'monitor ',
      'wipe ',
      'publish ',
    ),
    pick(
      'your name and e-mail address',
      'credit card numbers',
      'the location of your device',
      'aggregated data',
      'personal data of children under 13',
      'it',
      'your “secret answers”',
      'files you upload',
      'passwords',
      'any information',
    ),
    pick(
      '',
      ' to improve our services',
      ' for marketing',
      ' to comply with the law',
      ' for any purpose',
      ' in order to bill you',
      ' to send you our newsletter',
    ),
    pick(
      '',
      ' with advertisers',
      ' in the United States and Switzerland',
      ' under the Safe Harbor',
      ' on our website',
      ' by email at a@b.example',
      ' with the authorities',
      ' in public forums',
    ),
    pick(
      '',
      ' for 30 days',
      ' as long as necessary',
      ' within a reasonable time',
      ' until your account is closed',
      ' unless required by law',
      ', except for backups',
      ' only with your consent',
      ' under Section 99',
    ),
  )
  .map((parts) => `${parts.join('')}.`)

it('states nothing wrong of sentences nobody wrote', () => {
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), (sentences) => {
      const imported = importDocument(sentences.join(' '), { name: 'case' })
      const faults = draftFaults(imported)
      expect(wrongIn(faults)).toEqual([])
      expect(openPlaces(faults).length).toBe(new Set(imported.questions.flatMap(({ place }) => place ?? [])).size)
      for (const each of imported.sentences)
        expect(each.disposition === 'not-a-promise' || each.commitments.length > 0 || each.unbound !== undefined).toBe(
          true,
        )
    }),
    { numRuns: 120 },
  )
}, 120_000)

it('finds each commitment of a sentence in the draft, with the sentence as its source', () => {
  for (const { source } of documents) {
    const imported = importDocument(source, { name: 'case' })
    for (const each of imported.sentences)
      for (const id of each.commitments) {
        const [kind = '', name = ''] = id.split('.')
        const block = imported.draft[kind] as { [name: string]: { source?: readonly string[] } } | undefined
        expect(block?.[name]?.source, `${each.id} ${id}`).toContain(each.id)
      }
  }
})

const POLICIES = fileURLToPath(new URL('../../../shared/policies/', import.meta.url))
const there = existsSync(POLICIES)
if (!there) console.log('skipped: the drafts of the five policies (../shared/policies is not here)')
const deserved: readonly (readonly [string, readonly string[]])[] = [
  ['kerio', ['transfers.void-claim', 'consent.claimed', 'disclosure.successor-unbound', 'sharing.no-notice']],
  [
    'kaseya',
    ['transfers.void-claim', 'transfers.seal-undated', 'consent.claimed', 'devices.no-term', 'changes.version-old'],
  ],
  ['open-xchange', ['changes.version-old']],
  ['kayako', ['consent.claimed', 'tracking.signal-ignored', 'sharing.no-notice']],
  ['zimbra', ['changes.version-old', 'disclosure.successor-unbound', 'security.no-evidence']],
]

it.skipIf(!there).each(deserved)('%s: the fresh draft asks, and warns as the text deserves', (name, codes) => {
  const imported = importDocument(readFileSync(`${POLICIES}${name}.txt`, 'utf8'), { name: `${name}.txt` })
  const faults = draftFaults(imported)
  expect(wrongIn(faults)).toEqual([])
  expect([...warned(faults)]).toEqual(expect.arrayContaining([...codes]))
  expect(new Set(openPlaces(faults))).toEqual(new Set(imported.questions.flatMap(({ place }) => place ?? [])))
  expect(imported.coverage.bound + imported.coverage.unbound).toBe(
    imported.sentences.filter((sentence) => sentence.disposition !== 'not-a-promise').length,
  )
})
