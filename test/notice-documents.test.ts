/** Five real policies, changed by the test itself: what changes no meaning is silent, what does is told, and a broken capture is no change. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../src/cli/read-document.ts'
import { compareDocuments } from '../src/notice/difference/compare-documents.ts'
import { ROOT } from './checkout.ts'

const own = `# Privacy notice of Foxglove

*Archived copy of 2026-01-02.*

We collect your **name** and your e-mail address when you fill in our contact form. We use this information to answer your question.

We share your name with our hosting provider Acme Ltd. We do not sell your personal information.

We keep your messages for 30 days. You may ask us at any time to erase your personal information.

We use cookies to analyze how visitors use our website. We will tell you thirty days before we change this policy.
`

const compare = (before: string, after: string, name = 'foxglove') =>
  compareDocuments(
    readDocument(before, `${name}.md`),
    readDocument(after, after.startsWith('<') ? `${name}.html` : `${name}.md`),
  )

/** Longer lines broken, as another editor would. */
const wrapped = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) =>
      /^\s*(?:#|[-*>|]|\d+[.)\\]|=)/.test(line)
        ? line
        : line.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), '$1\n').trimEnd(),
    )
    .join('\n')

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const inline = (text: string): string =>
  escaped(text.replace(/<(https?:[^>]+)>/g, '$1'))
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
    .replace(/\\([.)])/g, '$1')

const asHtml = (text: string): string => {
  const blocks = text.split(/\n\n+/).map((block) => {
    if (/^#+ /.test(block)) return `<h2>${inline(block.replace(/^#+ /, ''))}</h2>`
    if (!/^\s*[-*] /.test(block)) return `<p>${inline(block)}</p>`
    const items = block.split(/\n(?=\s*[-*] )/).map((item) => `<li>${inline(item.replace(/^\s*[-*] +/, ''))}</li>`)
    return `<ul>${items.join('')}</ul>`
  })
  return `<!doctype html><html><body>${blocks.join('\n')}</body></html>`
}

const silent: readonly (readonly [string, (text: string) => string])[] = [
  ['the same text', (text) => text],
  ['other line lengths', (text) => wrapped(text, 72)],
  ['short lines', (text) => wrapped(text, 40)],
  ['no emphasis', (text) => text.replaceAll('*', '')],
  ['HTML', asHtml],
  [
    'marks nobody sees',
    (text) => text.replaceAll(' the ', ' t\u200bhe ').replaceAll('information', 'infor\u00admation'),
  ],
  [
    'another archive note',
    (text) =>
      text.replace(/archived on \d{4}-\d\d-\d\d/g, 'archived on 2021-03-04').replace(/web\/\d+/g, 'web/20210304000000'),
  ],
  ['another archive note above', (text) => `*Archived by somebody on 2022-02-02.*\n\n${text}`],
  [
    'sections in another order',
    (text) => {
      const [first = '', ...sections] = text.split(/\n(?=#)/)
      return [first, ...sections.reverse()].join('\n')
    },
  ],
  ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
]

const broken: readonly (readonly [string, string, (text: string) => string])[] = [
  ['nothing', 'empty', () => ''],
  ['the first tenth', 'collapsed', (text) => text.slice(0, text.length / 10)],
  ['three times over', 'exploded', (text) => `${text}\n\n${text}\n\n${text}`],
  ['twice over', 'exploded', (text) => `${text}\n\n${text}`],
  ['an error page', 'error-page', () => '404 Not Found\n\nThe page you are looking for cannot be found.'],
  [
    'a wall for robots',
    'error-page',
    () =>
      'Just a moment...\n\nChecking your browser before accessing the site. Enable JavaScript and cookies to continue.',
  ],
  [
    'a wall to sign in',
    'login-wall',
    () => 'Please sign in to continue.\n\nE-mail\n\nPassword\n\nForgot your password?',
  ],
  ['a page of something else', 'no-promises', () => '# Our team\n\nMeet the people behind the company.'],
]

describe('a notice of our own', () => {
  it.each(silent)('is the same with %s', (_name, change) => {
    expect(compare(own, change(own))).toEqual({ broken: [], differences: [], reworded: [] })
  })

  it.each([
    [
      'a longer term',
      'for 30 days',
      'for 90 days',
      { class: 'wider', what: expect.stringContaining('30 days to 90 days') },
    ],
    ['a recipient', 'Acme Ltd', 'Acme Ltd and with our advertising partners', { class: 'wider', topic: 'recipient' }],
    [
      'data',
      'your **name** and your e-mail address',
      'your **name**, your phone number and your e-mail address',
      { class: 'wider', topic: 'data' },
    ],
    ['a promise turned round', 'We do not sell', 'We may sell', { class: 'wider' }],
    ['a promise left out', ' We do not sell your personal information.', '', { class: 'wider', change: 'removed' }],
    [
      'a right left out',
      ' You may ask us at any time to erase your personal information.',
      '',
      { class: 'wider', change: 'removed' },
    ],
    [
      'a new use',
      'answer your question.',
      'answer your question. We also use your e-mail address to send you advertising.',
      { class: 'wider', change: 'added' },
    ],
    [
      'a use left out',
      'We use cookies to analyze how visitors use our website. ',
      '',
      { class: 'narrower', change: 'removed' },
    ],
  ])('tells %s, and its mirror', (_name, from, to, expected) => {
    const after = own.replace(from, to)
    expect(after).not.toBe(own)
    expect(compare(own, after).differences).toContainEqual(expect.objectContaining(expected))
    const mirrored = { wider: 'narrower', narrower: 'wider' }[expected.class]
    expect(compare(after, own).differences.map((one) => one.class)).toContain(mirrored)
  })

  it('lists what is said in other words and means the same', () => {
    const { differences, reworded } = compare(
      own,
      own.replace('You may ask us at any time to erase', 'At any time you may ask us to erase'),
    )
    expect(differences).toEqual([])
    expect(reworded.length).toBeLessThanOrEqual(1)
  })
})

const POLICIES = join(ROOT, '..', 'shared', 'policies')
const names = ['kerio', 'kaseya', 'open-xchange', 'kayako', 'zimbra']
const present = existsSync(POLICIES)
if (!present) console.log(`skipped: comparing the five policies, as ${POLICIES} is not there`)

describe.skipIf(!present).each(names)('the policy of %s', (name) => {
  const text = present ? readFileSync(join(POLICIES, `${name}.txt`), 'utf8') : ''

  it.each(silent)('is the same with %s', (_name, change) => {
    const { differences, broken: captures } = compare(text, change(text), name)
    expect(captures).toEqual([])
    expect(differences.map(({ what, before, after }) => ({ what, before, after }))).toEqual([])
  })

  it.each(broken)('is a broken capture as %s', (_name, reason, change) => {
    const compared = compare(text, change(text), name)
    expect(compared.broken).toMatchObject([{ document: 'after', reason }])
    expect(compared.differences).toEqual([])
    expect(compare(change(text), text, name).broken).not.toEqual([])
  })

  it('tells every promise that is left out or turned round', () => {
    const document = readDocument(text, `${name}.md`)
    const promises = document.sentences.filter(({ promises: does }) => does)
    const silentOnes: string[] = []
    for (const [index, sentence] of promises.entries()) {
      if (index % 6 !== 0) continue
      // A sentence that stands twice is still there when one goes.
      const others = document.sentences.filter((one) => one !== sentence)
      if (others.some((one) => one.text === sentence.text)) continue
      const without = { ...document, words: document.words - 20, sentences: others }
      if (compareDocuments(document, without).differences.length === 0) silentOnes.push(sentence.id)
    }
    expect(silentOnes).toEqual([])
    expect(promises.length).toBeGreaterThan(10)
  })

  it('is compared in a moment', () => {
    const [before, after] = [
      readDocument(text, `${name}.md`),
      readDocument(text.replace(/\bmay\b/g, 'will'), `${name}.md`),
    ]
    const started = performance.now()
    compareDocuments(before, after)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
