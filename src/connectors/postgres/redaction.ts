import type { ErasureWork } from '../../connector.ts'
import { type Identifier, identifierPatterns } from '../../content/index.ts'
import { identifiers } from '../known-identities.ts'
import type { Link } from './chain.ts'
import type { Parameters } from './parameters.ts'

/** What a redaction in SQL needs: patterns and words, bound once a statement, by request number. */
export class Redaction {
  readonly #work: readonly ErasureWork[]
  readonly #parameters: Parameters
  readonly #bound = new Map<string, string>()
  /** False: every row of the statement is the people's by a link, and no row of others is told apart. */
  readonly anyMention: boolean
  /** Set when an erasure is replayed: what it replaced is left; `told`: also what only may have been. */
  readonly again: 'told' | 'all' | undefined

  constructor(work: readonly ErasureWork[], parameters: Parameters) {
    this.#work = work
    this.anyMention = work.some(({ found }) => found.mentions.length > 0)
    this.again = work[0]?.only === undefined ? undefined : work[0].whole === true ? 'all' : 'told'
    this.#parameters = parameters
  }

  /** The salt of a row's first request. */
  salt(): string {
    if (this.#work.length === 1) return this.#once('salt', () => [Buffer.from(this.#work[0]?.salt ?? []), 'bytea'])
    const all = this.#once('salt', () => [this.#work.map((one) => Buffer.from(one.salt)), 'bytea[]'])
    return `(${all})[h.lead]`
  }

  /** The alternations that stand for the people of a row; a row that only mentions them is found by key identities alone. */
  patterns(of?: 'numbers' | 'words'): string[] {
    const everything = this.alternations('all', of)
    if (!this.anyMention) return everything
    const keysOnly = this.alternations('strong', of)
    return everything.map((every, at) => `CASE WHEN ${mentionOnly} THEN ${keysOnly[at]} ELSE ${every} END`)
  }

  /** As many for either choice; `numbers`: of identifiers that a bare number may be, `words`: of all others. */
  alternations(only: 'strong' | 'all', of?: 'numbers' | 'words'): string[] {
    const chosenOf = (all: readonly Identifier[]) =>
      of === undefined ? all : all.filter(({ value }) => isNumber(value) === (of === 'numbers'))
    const lists = (one: 'strong' | 'all') =>
      this.#work.map(({ found }) => identifierPatterns(chosenOf(identifiers(found, one))))
    const chosen = lists(only)
    const most = Math.max(0, ...lists('all').map((list) => list.length))
    return Array.from({ length: most }, (_one, at) => this.#pattern(`${only}${of ?? ''}${at}`, chosen, at))
  }

  #pattern(name: string, lists: readonly (readonly string[])[], at: number): string {
    if (lists.length === 1) return this.#once(name, () => [orNever(lists[0]?.[at]), 'text'])
    const bound = this.#once(name, () => [lists.map((list) => orNever(list[at])), 'text[]'])
    return `(SELECT string_agg('(?:' || (${bound})[q] || ')', '|') FROM unnest(h.requests) q)`
  }

  /** True in SQL when an element of a list is a reference to a person of the row. */
  isLinked(links: readonly Link[], element: string): string {
    const values = this.#work.flatMap(({ found }, index) =>
      links.flatMap((link) => {
        // A link of several columns (an id within a tenant) is a JSON array: the list holds its first.
        const first = (value: string) => (link.columns.length === 1 ? value : String(JSON.parse(value)[0]))
        return (found.links[link.name] ?? []).map((value) => ({ request: index + 1, value: first(value) }))
      }),
    )
    const name = links.map((link) => link.name).join('\n')
    const requests = this.#once(`linkRequests ${name}`, () => [values.map(({ request }) => request), 'int4[]'])
    const list = this.#once(`links ${name}`, () => [values.map(({ value }) => value.trim().toLowerCase()), 'text[]'])
    return `EXISTS (SELECT 1 FROM unnest(${requests}, ${list}) i(r, v) WHERE i.r = ANY(h.requests) AND i.v = lower(btrim(${element}::text)))`
  }

  /** True in SQL when a cell is one of the person's identifiers and nothing else. */
  isIdentifier(column: string): string {
    if (this.#work.length === 1) {
      const values = this.#once('values', () => [
        identifiers(this.#work[0]?.found ?? { identities: [] }, 'all')
          .filter(isTelling)
          .map(folded),
        'text[]',
      ])
      return `lower(btrim(${column}::text)) = ANY(${values})`
    }
    const requests: number[] = []
    const values: string[] = []
    this.#work.forEach((one, index) => {
      for (const identifier of identifiers(one.found, 'all').filter(isTelling)) {
        requests.push(index + 1)
        values.push(folded(identifier))
      }
    })
    const numbers = this.#once('valueRequests', () => [requests, 'int4[]'])
    const list = this.#once('values', () => [values, 'text[]'])
    return `EXISTS (SELECT 1 FROM unnest(${numbers}, ${list}) i(r, v) WHERE i.r = ANY(h.requests) AND i.v = lower(btrim(${column}::text)))`
  }

  /** Words to take out of a text-search vector; a row that only mentions the people loses key identities alone. */
  words(): string {
    if (!this.anyMention) return this.#words('all')
    return `CASE WHEN ${mentionOnly} THEN ${this.#words('strong')} ELSE ${this.#words('all')} END`
  }

  #words(only: 'strong' | 'all'): string {
    const of = (one: ErasureWork) => [...new Set(identifiers(one.found, only).flatMap(lexemes))]
    const words = this.#work.flatMap(of)
    if (this.#work.length === 1) return this.#once(`${only}Words`, () => [words, 'text[]'])
    const requests = this.#work.flatMap((one, index) => of(one).map(() => index + 1))
    const numbers = this.#once(`${only}WordRequests`, () => [requests, 'int4[]'])
    const list = this.#once(`${only}Words`, () => [words, 'text[]'])
    return `ARRAY(SELECT i.w FROM unnest(${numbers}, ${list}) i(r, w) WHERE i.r = ANY(h.requests))`
  }

  #once(name: string, value: () => readonly [unknown, string]): string {
    const known = this.#bound.get(name)
    if (known !== undefined) return known
    const [bound, type] = value()
    const place = this.#parameters.bind(bound, type)
    this.#bound.set(name, place)
    return place
  }
}

/** A row of other people in which the person only is named. */
export const mentionOnly = 'h.others AND NOT h.wants_part'

/** A short number is an amount or an id of many tables: equal to theirs, a cell is not yet theirs. */
function isTelling({ value }: Identifier): boolean {
  return !/^\d{1,4}$/.test(value.trim())
}

function isNumber(value: string): boolean {
  return /^[+\d][\d\s()./-]{3,30}$/.test(value.trim())
}

/** A pattern that matches nothing, so that an empty place changes nothing. */
function orNever(pattern?: string): string {
  return pattern === undefined || pattern === '' ? '(?!)' : pattern
}

function folded(identifier: Identifier): string {
  return identifier.value.trim().toLowerCase()
}

/** How a text-search vector may hold an identifier: whole, and word by word where the word is telling. */
function lexemes(identifier: Identifier): string[] {
  const whole = folded(identifier)
  const words = whole.split(/[^\p{L}\p{N}@._+-]+/u).filter((word) => word.length >= 3)
  return [whole, ...words]
}
