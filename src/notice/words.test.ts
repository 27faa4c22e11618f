import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { formsOf } from '../../test/notice-policies.ts'
import { everyEntryKeys } from '../commitments/every-entry.ts'
import { countries } from '../language/countries.ts'
import { dpvTerms } from '../language/dpv.ts'
import { laws } from '../language/laws.ts'
import { controllerEntry } from '../policy/vocabulary.ts'
import { buildNotice } from './build.ts'
import { everyField, type Field } from './entry-fields.ts'
import { htmlOf } from './html.ts'
import { readNotice } from './read/read-notice.ts'
import { languages, readWords, type Words, withOwnWords, wordGaps, wordsForPolicy, wordsOf } from './words.ts'

const slot = /\{[^}]+\}/gu

/** Every sentence of a language with the kind and rule it belongs to. */
const sentencesIn = (words: Words): readonly (readonly [kind: string, rule: string, sentence: string])[] => [
  ...Object.entries(words.every).map(([rule, sentence]) => ['every', rule, sentence] as const),
  ...Object.entries(words.kinds).flatMap(([kind, { says }]) =>
    Object.entries(says).map(([rule, sentence]) => [kind, rule, sentence] as const),
  ),
]

/** The keys that rules of a kind say in a form. */
const saidIn = (words: Words, kind: string, form: string): ReadonlySet<string> =>
  new Set(
    [...Object.keys(words.kinds[kind]?.says ?? {}), ...Object.keys(words.every)].flatMap((rule) => {
      const slash = rule.indexOf('/')
      if (slash >= 0 && rule.slice(0, slash) !== form) return []
      return rule.slice(slash + 1).split('+')
    }),
  )

const isSaid = (field: Field, said: ReadonlySet<string>): boolean => {
  const together = [...said].some((part) => part === field.key)
  const open = field.type !== 'flag' && field.type !== 'word'
  const fixed = field.fixed.filter(
    (value) => field.type === 'flag' || typeof value === 'boolean' || field.type === 'word',
  )
  return together || (!open && fixed.every((value) => said.has(`${field.key}=${String(value)}`)))
}

describe.each(languages)('the words of %s', (language) => {
  const words = wordsOf(language)

  test('are complete: nothing that English has is missing, nothing more is there', () => {
    expect(wordGaps(words, wordsOf('en'))).toEqual([])
  })

  test('name every country, term, law, and part of the controller', () => {
    const terms = Object.values(dpvTerms).flatMap((set) => [...set])
    expect([...countries].filter((code) => words.countries[code] === undefined)).toEqual([])
    expect(terms.filter((term) => words.terms[term] === undefined)).toEqual([])
    expect(Object.keys(laws).filter((law) => words.laws[law] === undefined)).toEqual([])
    expect(Object.keys(words.controller).toSorted()).toEqual(Object.keys(controllerEntry.shape).toSorted())
  })

  test('have no phrase twice where one has to be told from another', () => {
    const tables = [words.countries, words.terms, words.laws, words.clocks, words.controller]
    const sets = [...tables, ...Object.values(words.kinds).flatMap((kind) => Object.values(kind.words))]
    expect(sets.filter((texts) => new Set(Object.values(texts)).size < Object.keys(texts).length)).toEqual([])
    const headings = Object.values(words.kinds).map(({ heading }) => heading)
    expect(new Set(headings).size).toBe(headings.length)
  })

  test('say every key of every form of every kind', () => {
    const unsaid = [...everyField()].flatMap(([kind, entries]) =>
      [...entries].flatMap(([name, fields]) => {
        const forms = Object.entries(formsOf[kind] ?? { [name]: { takes: fields.map(({ key }) => key) } })
        return forms.flatMap(([form, { needs = [], takes = [] }]) => {
          const said = saidIn(words, kind, form)
          const keys = ['is', ...needs, ...takes, ...everyEntryKeys]
          const inTable = kind === 'purposes' ? ['is', 'basis', 'uses', 'words'] : ['is']
          const wanted = fields.filter(({ key }) => keys.includes(key) || keys.includes(key.split('.')[0] ?? key))
          return wanted
            .filter((field) => !inTable.includes(field.key) && !isSaid(field, said))
            .map((field) => `${kind} ${form}: ${field.key}`)
        })
      }),
    )
    expect(unsaid).toEqual([])
    const forms = Object.entries(formsOf).flatMap(([kind, each]) =>
      Object.keys(each).map((form) => [kind, form] as const),
    )
    expect(forms.filter(([kind, form]) => words.kinds[kind]?.says[`is=${form}`] === undefined)).toEqual([])
  })

  test('have a word for every value that a sentence shows', () => {
    const shown = [...everyField()].flatMap(([kind, entries]) =>
      [...entries.values()].flat().flatMap((field) => {
        const inSlot = Object.values(words.kinds[kind]?.says ?? {}).some((sentence) =>
          sentence.includes(`{${field.key}}`),
        )
        if (field.type !== 'word' || !inSlot) return []
        return field.fixed
          .filter((value) => typeof value === 'string' && words.kinds[kind]?.words[field.key]?.[value] === undefined)
          .map((value) => `${kind} ${field.key} ${String(value)}`)
      }),
    )
    expect(shown).toEqual([])
  })

  test('are sentences: a capital first, a full stop last and nowhere inside, free texts after a colon', () => {
    const isText = (kind: string, key: string): boolean =>
      [
        ...(everyField()
          .get(kind === 'every' ? 'collection' : kind)
          ?.values() ?? []),
      ]
        .flat()
        .some((field) => field.key === key && field.type === 'text')
    const wrong = sentencesIn(words).filter(([kind, , sentence]) => {
      const bare = sentence.replaceAll(slot, 'x')
      const texts = [...sentence.matchAll(slot)].map(([text]) => text).filter((text) => isText(kind, text.slice(1, -1)))
      // A free text may hold anything: a colon is before it, and nothing of ours after it but the full stop.
      const closes = texts.every((text) => sentence.endsWith(`: ${text}.`))
      return !/^\p{Lu}/u.test(bare) || !/[^.!?][.]$/u.test(bare) || /[.!?] /u.test(bare) || !closes
    })
    expect(wrong).toEqual([])
    const phrases = [words.countries, words.terms, words.laws, words.clocks].flatMap((texts) => Object.values(texts))
    const values = Object.values(words.kinds).flatMap((kind) =>
      Object.values(kind.words).flatMap((texts) => Object.values(texts)),
    )
    expect([...phrases, ...values].filter((phrase) => /[.!?;] |[.;]$|[“”„"]/u.test(phrase))).toEqual([])
    expect(values.filter((value) => value.includes(words.list.comma) || value.includes(words.list.and))).toEqual([])
  })
})

describe("the author's own words", () => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-texts-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), stringify(value))
    return join(folder, name)
  }

  test('stand beside the policy, for their language only', () => {
    const file = write('kept.de.yaml', {
      language: 'de',
      texts: { 'the shop': 'der Laden' },
      names: { tickets: 'Anfragen' },
    })
    const beside = join(folder, 'kept.yaml')
    expect(wordsForPolicy(wordsOf('de'), beside).own).toMatchObject({ names: { tickets: 'Anfragen' } })
    expect(wordsForPolicy(wordsOf('en'), beside)).toBe(wordsOf('en'))
    expect(() => withOwnWords(wordsOf('en'), file)).toThrow(
      expect.objectContaining({ code: 'notice.words-unreadable' }),
    )
  })

  test('are refused where two could not be told apart, or a name would end the sentence', () => {
    const twice = write('twice.yaml', { language: 'de', texts: { one: 'gleich', two: 'gleich' } })
    const ends = write('ends.yaml', { language: 'de', names: { tickets: 'Ende. Und weiter' } })
    for (const file of [twice, ends])
      expect(() => withOwnWords(wordsOf('de'), file)).toThrow(
        expect.objectContaining({ code: 'notice.words-unreadable' }),
      )
  })
})

describe('a third language', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kept-words-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** An invented language: English with its letters turned, so that no word of it is known. */
  const invented = (): Record<string, unknown> => {
    const turned = (text: string): string =>
      text.replace(/\{[^}]+\}|[a-z]/gu, (sign) =>
        sign.length > 1 ? sign : String.fromCharCode(219 - sign.charCodeAt(0)),
      )
    const turn = (value: unknown): unknown => {
      if (typeof value === 'string') return turned(value)
      if (Array.isArray(value)) return value.map(turn)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, turn(each)]))
    }
    const english: unknown = parse(readFileSync(new URL('words/en.yaml', import.meta.url), 'utf8'))
    return { ...(turn(english) as Record<string, unknown>), language: 'x-turned', name: 'Turned', direction: 'rtl' }
  }
  const write = (value: unknown): string => {
    const file = join(folder, 'turned.yaml')
    writeFileSync(file, stringify(value))
    return file
  }
  const policy: unknown = parse(`
kept: 1
controller: { name: Fernweh Ltd }
data: { email: { is: 'pd:EmailAddress' } }
purposes: { support: { is: 'dpv:CustomerCare', basis: 'eu-gdpr:A6-1-b', uses: email } }
retention: { tickets: { data: email, keep: P24M, from: last-contact, then: erase } }
rights: { erasure: { within: P1M } }
`)

  test('is one words file, and its notice can be read back', () => {
    const words = readWords(write(invented()))
    const html = htmlOf(buildNotice({ policy, enforced: new Set() }, words))
    expect(html).toContain('<html lang="x-turned" dir="rtl">')
    expect(html).not.toContain('We keep')
    expect(readNotice(html, 'html', [words])).toMatchObject({ language: 'x-turned', others: [], policy })
  })

  test('lacks nothing: each missing or changed word is told', () => {
    const lacking = invented() as {
      kinds: { retention: { says: Record<string, string> } }
      countries: Record<string, string>
    }
    delete lacking.countries.DE
    lacking.kinds.retention.says.for = 'This holds.'
    const file = write(lacking)
    const message = expect.stringMatching(/differs from that of English in 2 places.*countries DE.*retention says for/s)
    expect(() => readWords(file)).toThrow(expect.objectContaining({ code: 'notice.words-missing', what: message }))
    expect(() => readWords(join(folder, 'absent.yaml'))).toThrow(
      expect.objectContaining({
        code: 'notice.words-unreadable',
        what: expect.stringContaining('there is no such file'),
        mend: expect.stringContaining(join('notice', 'words', 'en.yaml')),
      }),
    )
  })
})
