import type { SampledTable } from '../live-schema.ts'
import { nameSays, textName } from './name-rules.ts'
import { codecOfValue, holdsContact, isGivenName, kindOfValue, type ValueKind } from './value-tests.ts'
import { meaningsOf, piecesOf } from './words.ts'

/** What the sampled values of a column are, in counts; no value is kept. */
export interface Profile {
  readonly sampled: number
  readonly distinct: number
  readonly kinds: ReadonlyMap<ValueKind, number>
  readonly codecs: ReadonlyMap<string, number>
  /** Values of several words. */
  readonly prose: number
  /** Values inside which contact data stands. */
  readonly contact: number
  /** Values that are one frequent given name. */
  readonly givenNames: number
  /** Names of files. */
  readonly files: number
  /** Values that look like a short code: one word, no blank. */
  readonly words: number
  readonly longest: number
  readonly large: number
  /** Categories that keys inside JSON name, with how many values have one. */
  readonly keys: ReadonlyMap<string, number>
}

export const emptyProfile: Profile = {
  sampled: 0,
  distinct: 0,
  kinds: new Map(),
  codecs: new Map(),
  prose: 0,
  contact: 0,
  givenNames: 0,
  files: 0,
  words: 0,
  longest: 0,
  large: 0,
  keys: new Map(),
}

const add = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const DEEPEST = 8
const MOST_KEYS = 200

/** What the keys of a JSON value name, to a bounded depth; text that is no JSON names nothing. */
function namedInJson(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  // Keys are read by their shape: a cut or very deep value is never parsed.
  let keys = 0
  let depth = 0
  for (const [token, key] of text.matchAll(/[{}[\]]|"([A-Za-z_][\w-]{0,60})"\s*:/g)) {
    if (key === undefined) {
      depth += token === '{' || token === '[' ? 1 : -1
      continue
    }
    if (depth > DEEPEST || ++keys > MOST_KEYS) continue
    const words = meaningsOf(piecesOf(key))
    const says = nameSays(words)
    if (says !== undefined && says.sure >= 0.8) found.add(says.category)
    else if (textName(words) === 2) found.add('message')
  }
  return found
}

/** Reads a column's sampled values once, equal ones as one where they are told apart by their shape. */
export function profileOf(values: readonly string[], large: number): Profile {
  const kinds = new Map<ValueKind, number>()
  const codecs = new Map<string, number>()
  const keys = new Map<string, number>()
  const distinct = new Set(values)
  let [prose, contact, given, files, words, longest] = [0, 0, 0, 0, 0, 0]
  for (const value of distinct) {
    longest = Math.max(longest, value.length)
    const kind = kindOfValue(value)
    if (kind !== undefined) add(kinds, kind)
    const codec = kind === undefined && value.length > 5 ? codecOfValue(value) : undefined
    if (codec !== undefined) add(codecs, codec)
    if (codec === 'json') for (const category of namedInJson(value)) add(keys, category)
    if (kind !== undefined && kind !== 'name' && kind !== 'url') continue
    if (/\S\s+\S+\s+\S/.test(value.slice(0, 300))) prose += 1
    else if (!/\s/.test(value)) words += 1
    if (kind === undefined && isGivenName(value)) given += 1
    if (kind === undefined && /^[^\s@]{1,200}\.[a-z]{2,4}$/.test(value)) files += 1
    if (value.length > 6 && holdsContact(value)) contact += 1
  }
  return {
    sampled: values.length,
    distinct: distinct.size,
    kinds,
    codecs,
    prose,
    contact,
    givenNames: given,
    files,
    words,
    longest,
    large,
    keys,
  }
}

/** Profiles of all columns of a sampled table. */
export const profilesOf = (sampled: SampledTable | undefined): ReadonlyMap<string, Profile> =>
  new Map(
    [...(sampled?.cells ?? [])].map(([column, values]) => [column, profileOf(values, sampled?.large.get(column) ?? 0)]),
  )

/** The codec that most values have, where most have one. */
export function codecOf(profile: Profile): string | undefined {
  const [most] = [...profile.codecs].sort((one, other) => other[1] - one[1])
  return most !== undefined && most[1] >= Math.max(1, profile.distinct * 0.5) ? most[0] : undefined
}
