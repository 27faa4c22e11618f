import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { commitmentsOf } from '../../test/same-commitments.ts'
import { buildNotice } from '../notice/build.ts'
import { htmlOf } from '../notice/html.ts'
import { markdownOf } from '../notice/markdown.ts'
import { languages, wordsOf, wordsOfTexts } from '../notice/words.ts'
import { draftYaml } from '../prose/draft-yaml.ts'
import { importDocument } from '../prose/import-document.ts'
import { importNotice } from './own-notice.ts'

const policy: unknown = parse(readFileSync(new URL('../../demo/larkspur/kept.yaml', import.meta.url), 'utf8'))
const noticeIn = (language: (typeof languages)[number]) =>
  buildNotice({ policy, enforced: new Set() }, wordsOf(language))
const markdown = markdownOf(noticeIn('en'))

describe.each(languages)('our own notice in %s', (language) => {
  test.each([
    ['notice.md', markdownOf(noticeIn(language))],
    ['notice.html', htmlOf(noticeIn(language))],
  ])('is imported as the policy it was made of: %s', (name, text) => {
    const imported = importNotice(text, { name })
    expect(commitmentsOf(draftYaml(imported))).toEqual(commitmentsOf(policy))
    expect(imported.coverage).toMatchObject({ unbound: 0, questions: 0, review: 0 })
    const bound = new Set(imported.sentences.flatMap(({ commitments }) => commitments))
    const ids = (commitmentsOf(policy) as { commitments: { id: string }[] }).commitments.map(({ id }) => id)
    expect(ids.filter((id) => !bound.has(id))).toEqual([])
    for (const { quote, start, end } of imported.sentences) expect(text.slice(start, end)).toBe(quote)
  })
})

test('each commitment names the sentences it was read from', () => {
  const { draft, sentences } = importNotice(markdown, { name: 'notice.md' })
  const { tickets } = draft.retention as { tickets: { source: string[] } }
  const told = sentences.filter(({ id }) => tickets.source.includes(id)).map(({ text }) => text)
  expect(told.join(' ')).toMatch(/We keep what you write to us for .*Then we erase it/s)
})

describe("with the author's own texts and names in German", () => {
  const own = wordsOfTexts(fileURLToPath(new URL('../../demo/larkspur/kept.de.yaml', import.meta.url)))
  const german = markdownOf(buildNotice({ policy, enforced: new Set() }, own))

  test('the notice says them, and with the same file it is the same policy again', () => {
    expect(german).toContain('**Anfragen.** Aufbewahrt wird: Ihre Nachrichten an uns')
    expect(german).not.toMatch(/what you write to us|Support form/u)
    expect(commitmentsOf(draftYaml(importNotice(german, { name: 'notice.md' }, [own])))).toEqual(commitmentsOf(policy))
    const html = htmlOf(buildNotice({ policy, enforced: new Set() }, own))
    expect(commitmentsOf(draftYaml(importNotice(html, { name: 'notice.html' }, [own])))).toEqual(commitmentsOf(policy))
  })
})

test('a changed term is read as it stands now', () => {
  const changed = markdown.replace(/(We keep what you write to us for )\d+ months/u, '$136 months')
  expect(changed).not.toBe(markdown)
  const { draft } = importNotice(changed, { name: 'notice.md' })
  expect(draft).toMatchObject({ retention: { tickets: { keep: 'P36M' } } })
})

test('a sentence of somebody else goes the way of all prose, and ours stay what they are', () => {
  const [before = '', after = ''] = markdown.split('\n\n## Security')
  const foreign = 'We may share your telephone number with our advertising partners for their marketing.'
  const imported = importNotice(`${before}\n\n${foreign}\n\n## Security${after}`, { name: 'notice.md' })
  const plain = importDocument(foreign, { name: 'notice.md' })
  const [sentence] = imported.sentences.filter(({ text }) => text === foreign)
  expect(sentence).toMatchObject({ disposition: 'machine', label: plain.sentences[0]?.label })
  expect(sentence?.commitments).toEqual(plain.sentences[0]?.commitments)
  expect(sentence?.commitments).not.toEqual([])
  expect(JSON.stringify(imported.draft)).toContain(`"source":["${sentence?.id}"]`)
  const { commitments } = commitmentsOf(draftYaml(imported)) as { commitments: { id: string }[] }
  const own = (commitmentsOf(policy) as { commitments: { id: string }[] }).commitments.map(({ id }) => id)
  expect(commitments.map(({ id }) => id)).toEqual(expect.arrayContaining(own))
  expect(commitments.length).toBeGreaterThan(own.length)
})

test('a statement that somebody reworded is no longer ours', () => {
  const changed = markdown.replace('You can ask for a copy of your data.', 'You may ask us for what we hold about you.')
  const { draft, sentences } = importNotice(changed, { name: 'notice.md' })
  expect(draft.rights).not.toMatchObject({ access: { within: 'P1M', at: 'privacy@larkspur.example' } })
  expect(sentences.some(({ text, sure }) => text.includes('what we hold about you') && sure < 1)).toBe(true)
})

test('any other document is imported as before', () => {
  const text = '# Privacy policy\n\n## Security\n\nWe encrypt data on its way.\n\nWe keep your name for 3 years.\n'
  expect(importNotice(text, { name: 'other.md' })).toEqual(importDocument(text, { name: 'other.md' }))
})

test('no name of a hostile document becomes more than a name', () => {
  const planted = markdown.replace('- **Tickets.** We keep', '- **“__proto__”.** We keep')
  expect(planted).not.toBe(markdown)
  const { draft } = importNotice(planted, { name: 'notice.md' })
  expect(Object.keys(draft.retention ?? {})).not.toContain('__proto__')
  expect(Object.getPrototypeOf(draft.retention)).toBe(Object.prototype)
})

test.each([
  ['open brackets', '['.repeat(400_000)],
  ['open comments', '<!--'.repeat(100_000)],
  ['open tags', '<a "'.repeat(100_000)],
  ['scripts', '<script></script>'.repeat(20_000)],
  ['our own headings', '## Security\n\n- **A.** '.repeat(10_000)],
  ['a sentence without end', `${markdown}\n- **A.** We keep ${'name for '.repeat(20_000)}`],
])('a hostile document keeps no reader busy: %s', async (_, text) => {
  const { readNotice } = await import('../notice/read/read-notice.ts')
  const begun = performance.now()
  for (const format of ['html', 'markdown'] as const) readNotice(text, format)
  expect(performance.now() - begun).toBeLessThan(8000)
})
