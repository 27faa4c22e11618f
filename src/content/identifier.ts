/** An identifier becomes one regular expression that finds her and nobody else, in JavaScript and in PostgreSQL alike. */
import { domainToASCII } from 'node:url'
import {
  CODE_EDGES,
  type Edges,
  EMAIL_EDGES,
  edgesFor,
  GAP,
  IPV4_EDGES,
  IPV6_EDGES,
  LOGIN_EDGES,
  LOOSE_GAP,
  leftOf,
  NAME_EDGES,
  NUMBER_EDGES,
  PHONE_EDGES,
  WORD_EDGES,
} from './boundary.ts'
import { spell, spellWord } from './letter.ts'
import { dateForms, type Form, formOf, ipForms, macForms, nationalForms, phoneForms } from './number-spelling.ts'

/** An identifier of the person to take out of text. `kind` decides how its spellings vary and where a match may begin and end. */
export interface Identifier {
  /** email, phone, name, login, id, national-id, ip, mac, date, address, text; any other kind is read as `text`. */
  readonly kind: string
  readonly value: string
  /** True for an identity that names this person alone (a key), false for a hint. */
  readonly strong: boolean
}

interface Spelling {
  readonly forms: readonly Form[]
  readonly edges: Edges
}

/** Longer alternations make PostgreSQL's compiler slow and reach its limit on states. */
const LONGEST_PATTERN = 8_000
const LONGEST_VALUE = 400
/** `31` stands in every text: a shorter all-digit id is found through its column, never in prose. */
const SHORTEST_NUMBER_ID = 5
const SHORTEST_WORD = 2

const QUOTE = '(?:\\\\?"|&quot;|%22)'
const COMMA = '(?:\\\\?[,;]|%2c)'

function emailSpelling(value: string): Spelling | undefined {
  const at = value.lastIndexOf('@')
  const local = value.slice(0, at).replace(/^"(.*)"$/, '$1')
  const domain = value.slice(at + 1).toLowerCase()
  if (at < 1 || local === '' || domain === '') return undefined
  const names = [...new Set([domain, domainToASCII(domain) || domain])].map((name) => spellWord(name).join(''))
  const place = names.length > 1 ? `(?:${names.join('|')})` : (names[0] ?? '')
  const person = spellWord(local)
  const { heads, tail } = formOf(person)
  const domainPart = `${spell('@')}${place}`
  // A quote before the address alone is its text's own, in JSON, CSV and markup: only a quoted local part is taken along.
  const forms = [
    { heads, tail: tail + domainPart },
    { heads: heads.map((head) => QUOTE + head), tail: tail + QUOTE + domainPart },
  ]
  return { forms, edges: EMAIL_EDGES }
}

function joinWords(words: readonly string[], gap: string): readonly string[] {
  return words.flatMap((word, index) => [...(index === 0 ? [] : [gap]), ...spellWord(word)])
}

/** `Given Family`, and `Family, Given` for every place where the name may be cut in two. */
function nameSpelling(value: string): Spelling | undefined {
  const words = value.split(/[\s,;]+/u).filter((word) => word !== '')
  if (words.join('').length < SHORTEST_WORD) return undefined
  const forms = [formOf(joinWords(words, GAP))]
  const comma = `(?:${LOOSE_GAP}${COMMA}${LOOSE_GAP}|${GAP})`
  for (let cut = 1; cut < words.length && words.length <= 5; cut++) {
    forms.push(formOf([...joinWords(words.slice(cut), GAP), comma, ...joinWords(words.slice(0, cut), GAP)]))
  }
  return { forms, edges: edgesFor(value, NAME_EDGES) }
}

function looseSpelling(value: string, separator: RegExp, gap: string): Spelling | undefined {
  const words = value.split(separator).filter((word) => word !== '')
  if (words.join('').length < SHORTEST_WORD) return undefined
  return { forms: [formOf(joinWords(words, gap))], edges: edgesFor(value, WORD_EDGES) }
}

/** A number that stands in every text, whatever the map calls it. */
function isShortNumber(value: string): boolean {
  return /^\d+$/.test(value) && value.length < SHORTEST_NUMBER_ID
}

function idSpelling(value: string, edges: Edges): Spelling | undefined {
  if (value.length < SHORTEST_WORD || isShortNumber(value)) return undefined
  return { forms: [formOf(spellWord(value))], edges: edgesFor(value, edges) }
}

function spelling(identifier: Identifier): Spelling | undefined {
  const value = identifier.value.normalize('NFC').trim()
  if (value === '' || value.length > LONGEST_VALUE) return undefined
  switch (identifier.kind) {
    case 'email':
      return emailSpelling(value)
    case 'name':
      return nameSpelling(value)
    case 'login':
      return value.includes('@') ? emailSpelling(value) : idSpelling(value, LOGIN_EDGES)
    case 'id':
      return idSpelling(value, WORD_EDGES)
    case 'phone':
      return { forms: phoneForms(value), edges: PHONE_EDGES }
    case 'mac':
      return { forms: macForms(value), edges: CODE_EDGES }
    case 'ip':
      return { forms: ipForms(value), edges: value.includes(':') ? IPV6_EDGES : IPV4_EDGES }
    case 'date':
      return { forms: dateForms(value), edges: NUMBER_EDGES }
    case 'national-id':
      return { forms: nationalForms(value), edges: NUMBER_EDGES }
    case 'address':
      return looseSpelling(value, /[\s,;]+/u, `(?:${COMMA}${LOOSE_GAP}|${GAP})`)
    default:
      if (isShortNumber(value)) return undefined
      return looseSpelling(value, /\s+/u, GAP)
  }
}

/** What is matched, and what must not follow it. */
interface Alternative {
  readonly body: string
  readonly right: string
}

function alternatives(identifier: Identifier): readonly Alternative[] {
  const found = spelling(identifier)
  if (found === undefined) return []
  return found.forms.map(({ heads, tail }) => {
    const edged = heads.map((head) => head + leftOf(head, found.edges))
    return { body: (edged.length > 1 ? `(?:${edged.join('|')})` : edged.join('')) + tail, right: found.edges.right }
  })
}

/** Alternatives with the same right edge share it. */
function alternation(parts: readonly Alternative[]): string {
  const byRight = new Map<string, string[]>()
  for (const { body, right } of parts) byRight.set(right, [...(byRight.get(right) ?? []), body])
  return [...byRight].map(([right, bodies]) => `(?:${bodies.join('|')})${right}`).join('|')
}

/**
 * The source of a regular expression for one identifier, read alike by JavaScript (flags `giu`) and by PostgreSQL's
 * advanced regular expressions (flags `gi`; a UTF-8 database). Empty when the value is too short or of the wrong form to
 * be told apart in text: such an identifier is found through its own column only. Linear in the text.
 *
 * @example new RegExp(identifierPattern({ kind: 'email', value: 'a@example.org', strong: true }), 'giu')
 */
export function identifierPattern(identifier: Identifier): string {
  return alternation(alternatives(identifier))
}

/**
 * All identifiers as few alternations: longest value first, each once, each pattern about 8,000 characters (more when one
 * spelling alone is longer). Apply them one after the other; most people need one. Empty when nothing can be searched for.
 */
export function identifierPatterns(identifiers: readonly Identifier[]): readonly string[] {
  const longestFirst = [...identifiers].sort((one, other) => other.value.length - one.value.length)
  const chunks: Alternative[][] = []
  const seen = new Set<string>()
  let length = 0
  for (const alternative of longestFirst.flatMap(alternatives)) {
    if (seen.has(alternative.body + alternative.right)) continue
    seen.add(alternative.body + alternative.right)
    const last = chunks.at(-1)
    if (last === undefined || length + alternative.body.length > LONGEST_PATTERN) {
      chunks.push([alternative])
      length = alternative.body.length
    } else {
      last.push(alternative)
      length += alternative.body.length
    }
  }
  return chunks.map(alternation)
}

/**
 * One alternation of how the identifiers begin: it matches wherever `identifierPatterns` does, and in other words too. For
 * PostgreSQL to set rows aside first (`column ~* loose AND column ~* exact`): its automaton is built anew for every value, and a
 * small one is built ten times faster. Empty when nothing can be searched for.
 */
export function loosePattern(identifiers: readonly Identifier[]): string {
  const heads = identifiers.flatMap((identifier) => spelling(identifier)?.forms.flatMap((form) => form.heads) ?? [])
  return [...new Set(heads)].join('|')
}
