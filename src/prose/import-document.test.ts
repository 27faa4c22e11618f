import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { dpvTerms } from '../language/dpv.ts'
import { readPolicyBytes } from '../policy/policy.ts'
import { draftYaml } from './draft-yaml.ts'
import { importDocument } from './import-document.ts'
import type { ImportedSentence } from './imported.ts'
import { emptyReview, textKey } from './review.ts'
import { readReview, writeReview } from './review-file.ts'
import { dataWords } from './slots/data-words.ts'
import { impliedData, impliedPurposes } from './slots/implied.ts'
import { purposeWords } from './slots/purpose-words.ts'
import { contradictions, gaps } from './warnings/document-warnings.ts'
import { sentenceWarnings } from './warnings/sentence-warnings.ts'

const only = (source: string): ImportedSentence => {
  const [sentence] = importDocument(source, { name: 'case' }).sentences
  if (sentence === undefined) throw new Error('no sentence')
  return sentence
}
const codes = (source: string): string[] =>
  importDocument(source, { name: 'case' }).sentences.flatMap((sentence) =>
    sentence.warnings.map((warning) => warning.code),
  )
const asked = (source: string): string[] =>
  importDocument(source, { name: 'case' }).questions.map((question) => question.code)

describe('slots show the words they came from', () => {
  it.each([
    [
      'data',
      'We collect your name, your e-mail address and your date of birth.',
      ['pd:Name', 'pd:EmailAddress', 'pd:BirthDate'],
    ],
    ['term', 'We keep your data for ten years.', ['P10Y']],
    ['term', 'We erase server logs within thirty (30) days.', ['P30D']],
    ['age', 'We do not knowingly collect data from anyone under the age of 16.', ['16']],
    ['framework', 'We adhere to the EU-U.S. Privacy Shield.', ['privacy-shield']],
    ['contact', 'Please write to privacy@acme.example if you have questions.', ['mailto:privacy@acme.example']],
    ['place', 'Your data is stored in Germany and the United States.', ['DE', 'US']],
  ] as const)('%s of "%s"', (slot, source, terms) => {
    const values = only(source).slots[slot]
    expect(values.map((value) => value.term)).toEqual(terms)
    for (const value of values) expect(source.slice(value.start, value.end)).toBe(value.words)
  })

  it('keeps conditions and exceptions, because they turn the meaning', () => {
    const sentence = only('If you agree, we will share your data with partners, except where the law forbids it.')
    expect(sentence.slots.condition.map((value) => value.name)).toEqual(['if you agree'])
    expect(sentence.slots.exception.map((value) => value.name)).toEqual(['except where the law forbids it'])
  })

  it('gives items the data of their lead-in, with the sentence it stands in', () => {
    const imported = importDocument(
      'We may use the information we collect to:\n\nprocess your orders;\n\nprevent fraud.',
      { name: 'case' },
    )
    const [lead, first, second] = imported.sentences
    expect(first?.slots.data.map((value) => value.from)).toEqual([1])
    expect(first?.slots.data[0]?.words).toBe(lead?.slots.data[0]?.words)
    expect([first, second].map((item) => item?.slots.purposes.map((value) => value.name))).toEqual([
      ['processing orders'],
      ['preventing fraud'],
    ])
    expect([lead, first, second].map((each) => each?.modality)).toEqual(['may', 'may', 'may'])
  })

  it.each([
    ['does', 'We collect your name.'],
    ['does not', 'We do not sell personal data.'],
    ['may', 'We may share your data with partners.'],
    ['will', 'We will delete your account.'],
    ['you may', 'You may object at any time.'],
  ])('modality "%s"', (modality, source) => {
    expect(only(source).modality).toBe(modality)
  })

  it('uses only DPV terms that the policy language knows', () => {
    const data = new Set<string>(dpvTerms.data)
    const purposes = new Set<string>(dpvTerms.purpose)
    const wrongData = [...dataWords.map(([, term]) => term), ...impliedData.map((row) => row[3])].filter(
      (term) => !data.has(term) && term !== 'dpv:NonPersonalData',
    )
    const wrongPurposes = [...purposeWords.map(([, term]) => term), ...impliedPurposes.map((row) => row[3])].filter(
      (term) => !purposes.has(term),
    )
    expect([...new Set(wrongData)]).toEqual([])
    expect([...new Set(wrongPurposes)]).toEqual([])
  })
})

describe('warnings', () => {
  it.each([
    ['framework.safe-harbor-void', 'We comply with the U.S.-EU Safe Harbor Framework.'],
    ['framework.privacy-shield-void', 'We comply with the EU-U.S. Privacy Shield.'],
    ['consent.by-use', 'By using this website you consent to this policy.'],
    [
      'consent.unread-changes',
      '# Changes\n\nYour continued use of the site means that you agree to the revised policy.',
    ],
    ['security.ssl', 'Orders are protected with SSL encryption.'],
    ['security.secret-questions', 'We ask you for secret questions and answers to verify your identity.'],
    ['mail.tracking-unasked', 'We track whether the email was opened.'],
    ['rights.fee', 'We may charge a reasonable fee for access to your data.'],
    ['purposes.open-phrase', 'We use your data to improve the site and to manage our business.'],
    ['dnt.no-response', 'We do not respond to Do Not Track signals.'],
    ['links.target-differs', 'See [http://a.example/contact](http://a.example/about) for our offices.'],
  ])('%s', (code, source) => {
    expect(codes(source)).toContain(code)
  })

  it('finds two sentences that do not fit together, and names the other', () => {
    const imported = importDocument(
      'We will not sell your personal information. If we are acquired by another company, your personal information may be transferred to it.',
      { name: 'case' },
    )
    const found = imported.sentences.map(
      (sentence) => sentence.warnings.find((warning) => warning.code === 'contradiction.sale-merger')?.against,
    )
    expect(found).toEqual([2, 1])
  })

  it('does not warn of analytics whose gate the text states, in whichever sentence', () => {
    const gated = 'Google Analytics is only loaded after you click "Accept". We use Google Analytics to count visits.'
    expect(codes(gated)).not.toContain('analytics.by-default')
    expect(codes('We use Google Analytics to count visits.')).toContain('analytics.by-default')
  })

  it('shows a contradiction no longer as open once somebody decided on either side of it', () => {
    const texts = ['We will not sell your personal information.', 'If we are acquired, your data may be transferred.']
    const decided = (text: string) => [
      {
        text: textKey(text),
        occurrence: 1,
        accepts: ['contradiction.sale-merger'],
        by: 'a',
        on: '2026-11-22',
        why: 'x',
      },
    ]
    for (const text of texts) {
      const { sentences } = importDocument(texts.join(' '), { name: 'case', decisions: decided(text) })
      expect(sentences.flatMap(({ warnings }) => warnings.map(({ code }) => code))).not.toContain(
        'contradiction.sale-merger',
      )
      expect(sentences.map(({ accepted }) => accepted.map(({ code }) => code))).toEqual([
        ['contradiction.sale-merger'],
        ['contradiction.sale-merger'],
      ])
    }
  })

  it('tells gaps once for the document, and not where they are filled', () => {
    const bare = importDocument('We collect your name.', { name: 'case' }).warnings.map((warning) => warning.code)
    expect(bare).toEqual(expect.arrayContaining(['gap.breach', 'gap.withdrawal', 'gap.retention', 'gap.contact']))
    const full = importDocument(
      'We will notify you of a data breach. You may withdraw your consent. Write to a@b.example if you have questions.',
      { name: 'case' },
    ).warnings.map((warning) => warning.code)
    expect(full).not.toEqual(expect.arrayContaining(['gap.breach']))
    expect(full).not.toContain('gap.withdrawal')
    expect(full).not.toContain('gap.contact')
  })

  it('shows what nobody looked up as unverified, and every code once', () => {
    const [warning] =
      importDocument('We may charge a reasonable fee for access to your data.', { name: 'case' }).sentences[0]
        ?.warnings ?? []
    expect(warning?.source).toMatch(/\(unverified\)$/)
    const all = [...sentenceWarnings, ...contradictions, ...gaps].map((rule) => rule.code)
    expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([])
  })
})

describe('open questions', () => {
  it.each([
    ['open.retention-term', 'We keep your data for as long as needed.'],
    ['open.answer-term', 'We will respond to your request within a reasonable timeframe.'],
    [
      'open.dangling-reference',
      '# 1. Rights\n\nPlease contact our officer (see Section 9 below) if you have questions.',
    ],
    ['open.dangling-contact', 'You may request access to your data at the contact information provided below.'],
    ['open.closed-list', 'Your payment is processed by one of our payment vendors: PayOne, CardTwo or BankThree.'],
    ['open.list', 'We collect your name and other things that identify you.'],
  ])('%s', (code, source) => {
    expect(asked(source)).toContain(code)
  })

  it('asks nothing where a number stands', () => {
    expect(asked('We keep your data for as long as you are a customer and for 30 days after.')).not.toContain(
      'open.retention-term',
    )
    expect(asked('# 1. Rights\n\nWe explain it in Section 1.')).not.toContain('open.dangling-reference')
  })

  it('knows a law from a section of its own', () => {
    expect(asked('California Civil Code Section 22 permits you to request information from us.')).not.toContain(
      'open.dangling-reference',
    )
  })
})

describe('the draft', () => {
  const source =
    '# Acme Ltd Privacy Policy\n\nWe collect your name and e-mail address to answer your questions. We keep your data for as long as needed. We do not sell your data. We delete server logs after 14 days.'
  const imported = importDocument(source, { name: 'acme.md' })

  it('binds sentences to commitments that name them', () => {
    const yaml = parse(draftYaml(imported)) as Record<string, Record<string, { source?: string[] }>>
    for (const sentence of imported.sentences) {
      for (const id of sentence.commitments) {
        const [kind = '', name = ''] = id.split('.')
        expect(yaml[kind]?.[name]?.source, id).toContain(sentence.id)
      }
    }
    expect(imported.coverage.bound).toBe(4)
  })

  it('marks what is open as a fault, with what is asked', () => {
    const { faults } = readPolicyBytes('kept.yaml', Buffer.from(draftYaml(imported)))
    const open = faults.filter((fault) => fault.code === 'policy.open-question')
    expect(open.map((fault) => fault.where.path)).toContain('retention.personal-information.keep')
    expect(JSON.stringify(imported.draft)).toContain('"keep":"P14D"')
  })

  it('holds no quote of the document', () => {
    const yaml = draftYaml(imported).replace(/^#.*$/gmu, '')
    for (const sentence of imported.sentences.filter((each) => each.disposition !== 'not-a-promise'))
      expect(yaml).not.toContain(sentence.text)
  })
})

describe('review', () => {
  const source = 'We handle it. We collect your name.'
  const unsure = importDocument(source, { name: 'case' })
  const decision = {
    text: textKey('We handle it.'),
    occurrence: 1,
    label: 'security' as const,
    disposition: 'human-task' as const,
    by: 'a.reviewer',
    on: '2026-11-22',
  }

  it('keeps a decision over a re-import of a changed document', () => {
    const file = writeReview(unsure, { ...emptyReview, decisions: [decision] })
    const { decisions } = readReview(file, 'review.yaml')
    expect(decisions).toEqual([{ ...decision, says: 'We handle it.' }])
    const again = importDocument(`We are new here.\n\n${source}`, { name: 'case', decisions })
    const sentence = again.sentences.find((each) => each.text === 'We handle it.')
    expect([sentence?.label, sentence?.disposition, sentence?.sure, sentence?.reviewed]).toEqual([
      'security',
      'human-task',
      1,
      true,
    ])
  })

  it('queues what is unsure until it is decided', () => {
    expect(unsure.coverage.review).toBeGreaterThan(0)
    expect(importDocument(source, { name: 'case', decisions: [decision] }).coverage.review).toBe(
      unsure.coverage.review - 1,
    )
  })

  it('lets a reviewer set a warning aside, but not where the law forbids it', () => {
    const text = 'By using this website you consent to this policy.'
    const accepts = {
      text: textKey(text),
      occurrence: 1,
      by: 'a.reviewer',
      on: '2026-11-22',
      accepts: ['consent.by-use'],
    }
    expect(
      importDocument(text, { name: 'case', decisions: [accepts] }).sentences[0]?.warnings.map(
        (warning) => warning.code,
      ),
    ).toContain('consent.by-use')
    const reader = '# Changes\n\nPlease check back from time to time for changes to this policy.'
    const set = {
      text: textKey('Please check back from time to time for changes to this policy.'),
      occurrence: 1,
      by: 'a.reviewer',
      on: '2026-11-22',
      accepts: ['changes.reader-duty'],
      why: 'each change is mailed as well',
    }
    expect(codes(reader)).toContain('changes.reader-duty')
    expect(
      importDocument(reader, { name: 'case', decisions: [set] }).sentences.flatMap((sentence) =>
        sentence.warnings.map((warning) => warning.code),
      ),
    ).not.toContain('changes.reader-duty')
  })

  it.each([
    'decisions: [{ text: abc }]',
    'decisions: [{ text: 0123456789abcdef, by: a, on: b, label: nonsense }]',
    'decisions: [',
    'a: &a [*a]',
  ])('refuses a broken file: %s', (file) => {
    if (file.startsWith('a:')) expect(readReview('a: 1', 'review.yaml')).toEqual(emptyReview)
    else expect(() => readReview(file, 'review.yaml')).toThrow(/prose\.review/)
  })
})

it('refuses nothing at all and far too much', () => {
  expect(() => importDocument(' \n', { name: 'case' })).toThrow(/prose\.empty/)
  expect(() => importDocument('a'.repeat(2_000_001), { name: 'case' })).toThrow(/prose\.too-large/)
})

it.each([
  ['one endless sentence', 'we may share your information with third parties and '.repeat(2_000)],
  ['many sentences', 'We may share your information with third parties to improve it. '.repeat(1_500)],
  ['consent without end', `you ${'agree and '.repeat(3_000)}`],
  ['commas', 'name, '.repeat(10_000)],
  ['purposes without end', `We collect it ${'to improve our site, '.repeat(60_000)}`],
])('imports hostile text in bounded time: %s', (_, source) => {
  const start = performance.now()
  importDocument(source, { name: 'case' })
  expect(performance.now() - start).toBeLessThan(20_000)
})

const POLICIES = fileURLToPath(new URL('../../../shared/policies/', import.meta.url))
const five = ['kerio', 'kaseya', 'open-xchange', 'kayako', 'zimbra']
const there = existsSync(POLICIES)
if (!there) console.log('skipped: the five policies (../shared/policies) are not here')

it.skipIf(!there).each(five)('%s: every word quoted, every promise bound or explained, the same twice', (name) => {
  const source = readFileSync(`${POLICIES}${name}.txt`, 'utf8')
  const imported = importDocument(source, { name: `${name}.txt` })
  expect(imported.coverage.quotedWords / imported.document.words).toBeGreaterThanOrEqual(0.995)
  for (const sentence of imported.sentences) {
    expect(source.slice(sentence.start, sentence.end)).toBe(sentence.quote)
    expect(
      sentence.disposition === 'not-a-promise' || sentence.commitments.length > 0 || sentence.unbound !== undefined,
      sentence.id,
    ).toBe(true)
    for (const values of Object.values(sentence.slots))
      for (const value of values) expect(value.end).toBeGreaterThan(value.start)
  }
  expect(importDocument(source, { name: `${name}.txt` })).toEqual(imported)
})
