import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { noticePolicies } from '../../../test/notice-policies.ts'
import { commitmentsOf, saidBy } from '../../../test/same-commitments.ts'
import { buildNotice } from '../build.ts'
import { htmlOf } from '../html.ts'
import { markdownOf } from '../markdown.ts'
import { languages, wordsOf } from '../words.ts'
import { readNotice } from './read-notice.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const policies = [...globSync('examples/*/kept.yaml', { cwd: ROOT }), ...globSync('demo/*/kept.yaml', { cwd: ROOT })]

const written = { html: htmlOf, markdown: markdownOf } as const
const formats = ['html', 'markdown'] as const
const every = languages.flatMap((language) => formats.map((format) => [language, format] as const))

/** The text alone: ids, anchors and comments are cut out. */
const withoutIds = (text: string): string =>
  text
    .replace(/ (?:data-commitment|data-part|id|href|aria-labelledby|class)="[^"]*"/gu, '')
    .replace(/ ?(?<!\\)<!--[\s\S]*?-->/gu, '')

const again = (policy: unknown, language: (typeof languages)[number], format: (typeof formats)[number]) =>
  readNotice(
    withoutIds(written[format](buildNotice({ policy, enforced: new Set(['rights.access']) }, wordsOf(language)))),
    format,
  )

test('the examples and the demo are there', () => {
  expect(policies.length).toBeGreaterThanOrEqual(7)
  expect(policies.every((file) => existsSync(`${ROOT}/${file}`))).toBe(true)
})

describe.each(policies)('%s', (file) => {
  const policy: unknown = parse(readFileSync(`${ROOT}/${file}`, 'utf8'))
  test.each(every)('is read back from its notice in %s as %s', (language, format) => {
    const read = again(policy, language, format)
    expect(read?.others).toEqual([])
    expect(commitmentsOf(read?.policy)).toEqual(commitmentsOf(policy))
    expect(saidBy(read?.policy)).toEqual(saidBy(policy))
  })
})

describe('what others did to the document', () => {
  const policy: unknown = parse(readFileSync(`${ROOT}/demo/larkspur/kept.yaml`, 'utf8'))
  const notice = buildNotice({ policy, enforced: new Set() }, wordsOf('en'))
  const html = withoutIds(htmlOf(notice))
  const markdown = withoutIds(markdownOf(notice))

  test.each([
    ['every attribute is gone', 'html', html.replace(/<([a-z0-9]+)(?: [^>]*)>/gu, '<$1>')],
    [
      'it stands in a page of its own',
      'html',
      html.replace('<body>', '<body><div class="site">').replaceAll('</li>', '</li>\n'),
    ],
    ['its lines were wrapped', 'markdown', markdown.replace(/^(- .{80}[^ \n]*) /gmu, '$1\n  ')],
    ['its tables were set in columns', 'markdown', markdown.replace(/ \| /gu, '    |  ')],
    ['line ends are those of Windows', 'markdown', markdown.replaceAll('\n', '\r\n')],
    [
      'signs became references',
      'html',
      html.replaceAll('“', '&ldquo;').replaceAll('’', '&#8217;').replaceAll('–', '&#x2013;'),
    ],
  ] as const)('is read all the same: %s', (_, format, text) => {
    const read = readNotice(text, format)
    expect(read?.others).toEqual([])
    expect(commitmentsOf(read?.policy)).toEqual(commitmentsOf(policy))
  })
})

test.each(every)('any policy is read back from its notice in %s as %s', (language, format) => {
  fc.assert(
    fc.property(noticePolicies, (policy) => {
      const read = again(policy, language, format)
      expect(read?.others ?? []).toEqual([])
      expect(saidBy(read?.policy)).toEqual(saidBy(policy))
      expect(commitmentsOf(read?.policy)).toEqual(commitmentsOf(policy))
    }),
    { numRuns: 25 },
  )
})

test("any policy is read back with its author's own words in another language", () => {
  const texts = {
    'the shop': 'der Laden',
    'name and address': 'Name, Anschrift und mehr',
    'Acme Inc.': 'die Acme GmbH.',
    'one; two': 'eins; zwei',
    '“quoted”': '„angeführt“',
  }
  const names = {
    tickets: 'Anfragen',
    'service-data': 'Daten für Dienst und Konto',
    Tickets: 'Vorgänge',
    books: 'Bücher',
  }
  const words = { ...wordsOf('de'), own: { language: 'de', texts, names } }
  fc.assert(
    fc.property(noticePolicies, (policy) => {
      const text = withoutIds(markdownOf(buildNotice({ policy, enforced: new Set() }, words)))
      const read = readNotice(text, 'markdown', [words])
      expect(read?.others ?? []).toEqual([])
      expect(saidBy(read?.policy)).toEqual(saidBy(policy))
    }),
    { numRuns: 25 },
  )
})
