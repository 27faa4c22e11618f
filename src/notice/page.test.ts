import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { compilePlan } from '../policy/plan.ts'
import { readPolicyBytes } from '../policy/policy.ts'
import { readStoreMapBytes } from '../policy/stores.ts'
import { buildNotice } from './build.ts'
import { enforcedIn, formats, noticeFile } from './formats.ts'
import { htmlOf } from './html.ts'
import { markdownOf } from './markdown.ts'
import type { Block, Notice } from './notice.ts'
import { htmlBlocks } from './read/html-blocks.ts'
import { languages, wordsOf } from './words.ts'

const file = new URL('../../demo/larkspur/kept.yaml', import.meta.url)
const policy: unknown = parse(readFileSync(file, 'utf8'))
const { policy: read } = readPolicyBytes('kept.yaml', readFileSync(file))
const shop = new URL('../../demo/larkspur/stores/shop.yaml', import.meta.url)
const { map } = readStoreMapBytes('shop.yaml', readFileSync(shop), read)
const plan = compilePlan(read, map === undefined ? [] : [map])
const history = [
  {
    date: '2026-12-01',
    changes: [
      {
        commitment: 'retention.tickets',
        text: 'Tickets are kept for 24 months, no longer for 36.',
        effect: 'narrower' as const,
      },
    ],
  },
]

/** The ids that blocks carry. */
const idsOf = (block: Block): readonly string[] => {
  switch (block.type) {
    case 'heading':
      return [block.anchor]
    case 'paragraph':
      return [block.of]
    case 'facts':
      return block.facts.flatMap(({ parts }) => parts.map(({ of }) => of))
    case 'statements':
      return block.statements.map(({ of }) => of)
    case 'table':
      return block.rows.flatMap(({ of, cells }) => [of, ...cells.flat().map((part) => part.of)])
  }
}

const blocks = (notice: Notice): readonly Block[] => notice.sections.flatMap((section) => section.blocks)

describe.each(languages)('the notice in %s', (language) => {
  const words = wordsOf(language)
  const notice = buildNotice(
    { policy, enforced: enforcedIn(plan), verified: new Set(['rights.access']), history },
    words,
  )
  const html = htmlOf(notice)

  test('says every commitment of the policy, under its id', () => {
    const stated = new Set(blocks(notice).flatMap((block) => (block.type === 'statements' ? idsOf(block) : [])))
    expect(plan.commitments.map(({ id }) => id).filter((id) => !stated.has(id))).toEqual([])
    for (const { id } of plan.commitments) {
      expect(html).toContain(`data-commitment="${id}"`)
      expect(markdownOf(notice)).toContain(`<!-- [${id}] -->`)
    }
  })

  test('has no statement without an id, and none of an id that the policy does not have', () => {
    const parts = new Set([
      'controller',
      'law',
      'reading',
      'data',
      'purposes',
      'disclosure',
      'retention',
      'rights',
      'recourse',
    ])
    const known = new Set([
      ...plan.commitments.map(({ id }) => id),
      ...plan.data.map(({ name }) => `data.${name}`),
      ...parts,
    ])
    expect(
      blocks(notice)
        .flatMap(idsOf)
        .filter((id) => !known.has(id)),
    ).toEqual([])
    const body = html.slice(html.indexOf('<main'))
    const bare = [...body.matchAll(/<(?:li|p|tr|dd)(?: [^>]*)?>(?!<a href="#)/gu)]
      .map(([tag]) => tag)
      .filter((tag) => !tag.includes('data-') && tag !== '<dd>' && tag !== '<tr role="row">')
    expect(bare).toEqual([])
  })

  test('says of what nothing enforces or verifies that we undertake it, and of nothing else', () => {
    const statements = blocks(notice).flatMap((block) => (block.type === 'statements' ? block.statements : []))
    const enforced = enforcedIn(plan)
    expect(enforced.size).toBeGreaterThan(0)
    // Without a store there is nothing to carry anything out on.
    expect(enforcedIn(compilePlan(read, [])).size).toBe(0)
    for (const { of, anchor, marks } of statements) {
      // What an erasure keeps has a term of its own, which no request carries out.
      const isOwn = anchor === of
      const proven = isOwn && enforced.has(of)
      const expected = [...(proven ? ['enforced'] : []), ...(of === 'rights.access' ? ['verified'] : [])]
      expect([of, ...marks.map(({ mark }) => mark)]).toEqual([
        of,
        ...(expected.length === 0 ? ['undertaken'] : expected),
      ])
    }
    const claiming = htmlBlocks(html).filter(({ text }) => text.endsWith(words.page.enforced ?? ''))
    expect(claiming).toHaveLength(
      statements.filter(({ of, anchor }) => anchor === of && enforced.has(of) && of !== 'rights.access').length,
    )
    const none = htmlOf(buildNotice({ policy, enforced: new Set() }, words))
    expect(none).not.toContain(words.page.enforced)
    expect(none).not.toContain(words.page.verified)
  })

  test('begins with a short layer, and has its headings in order', () => {
    const levels = htmlBlocks(html).filter(({ type }) => type === 'heading')
    expect(levels.map(({ level }) => level).every((level, index, all) => level <= (all[index - 1] ?? 0) + 1)).toBe(true)
    expect(levels.filter(({ level }) => level === 1)).toHaveLength(1)
    expect(levels[1]?.text).toBe(words.page.short)
    const short = notice.sections[0]?.blocks[0]
    expect(short?.type === 'facts' ? short.facts.map(({ head }) => head) : []).toHaveLength(7)
  })

  test('tells what changed, and leads to no place that is not there', () => {
    expect(html).toContain('Tickets are kept for 24 months')
    const places = new Set([...html.matchAll(/ id="([^"]+)"/gu)].map((match) => match[1]))
    expect(places.size).toBe([...html.matchAll(/ id="/gu)].length)
    expect(
      [...html.matchAll(/href="#([^"]+)"/gu)].map((match) => match[1]).filter((place) => !places.has(place)),
    ).toEqual([])
  })

  test('is the same for the same policy, in every format', () => {
    const again = buildNotice(
      { policy, enforced: enforcedIn(plan), verified: new Set(['rights.access']), history },
      words,
    )
    for (const format of formats) expect(noticeFile(again, format)).toEqual(noticeFile(notice, format))
    expect(JSON.parse(noticeFile(notice, 'json').text)).toEqual(JSON.parse(JSON.stringify(notice)))
  })
})

test('a change that is told in another language is named in that of the notice', () => {
  const changes = [
    { commitment: 'retention.tickets', change: 'changed', text: 'Kept for less.', language: 'en', effect: 'narrower' },
    { commitment: 'rights.objection', change: 'added', text: 'Added.', language: 'en', effect: 'neutral' },
    { commitment: 'data.email', change: 'removed', text: 'Removed.', language: 'en', effect: 'narrower' },
  ] as const
  const told = (language: (typeof languages)[number]) => {
    const notice = buildNotice(
      { policy, enforced: new Set(), history: [{ date: '2026-12-01', changes }] },
      wordsOf(language),
    )
    const [table] = notice.sections.at(-1)?.blocks ?? []
    return table?.type === 'table'
      ? table.rows.map(({ head, cells }) => [head, ...cells.flat().map(({ text }) => text)])
      : []
  }
  expect(told('en')[0]).toEqual(['1 December 2026', 'Kept for less.', 'narrower'])
  expect(told('de')).toEqual([
    ['01.12.2026', 'Wie lange wir Daten behalten – Tickets: geändert', 'enger'],
    ['01.12.2026', 'Ihre Rechte und wie Sie sie nutzen – Widerspruch: neu', 'weder weiter noch enger'],
    ['01.12.2026', 'Welche Daten wir haben – Email: entfallen', 'enger'],
  ])
})

describe('words that are markup', () => {
  const attack = `</li><script>alert(1)</script><img src=x onerror="alert(1)"> javascript:alert(1) ' onclick='x`
  const hostile = {
    kept: 1,
    controller: { name: attack, website: 'javascript:alert(1)', contact: 'a@b.example"><b>' },
    data: { email: { is: 'pd:EmailAddress', words: attack } },
    purposes: { support: { is: 'dpv:CustomerCare', uses: 'email', words: attack } },
    recourse: { us: { is: 'contact', at: [attack, 'https://example.org/?a=<b>&c="d"'] } },
  }
  const html = htmlOf(buildNotice({ policy: hostile, enforced: new Set() }, wordsOf('en')))

  test('are shown as words: no element, handler, or link but http, https and mailto comes of them', () => {
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/gu)].map((match) => match[1]))
    expect([...tags].filter((tag) => ['script', 'img', 'b', 'iframe', 'object', 'form'].includes(tag ?? ''))).toEqual(
      [],
    )
    expect(html.replace(/="[^"]*"/gu, '')).not.toMatch(/<[^>]*\son\w+/u)
    const targets = [...html.matchAll(/href="([^"]*)"/gu)].map((match) => match[1] ?? '')
    expect(targets.filter((target) => !/^(#|https?:\/\/|mailto:)/u.test(target))).toEqual([])
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  test('load nothing from anywhere', () => {
    expect(html).not.toMatch(/<(?:link|script|img|iframe|object|embed|source)\b|@import|url\(/u)
  })
})
