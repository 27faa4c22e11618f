import type { JsonValue } from '../base/canonical-json.ts'
import { type DraftEntry, isOpen, nameOf } from '../commitments/statement.ts'

type Block = Map<string, DraftEntry>

/** Where entries of one name meet: whether they are one whatever they say, and in which keys they must agree to be one. */
export interface Meeting {
  readonly always: boolean
  readonly apart: readonly string[]
}

/** Adds an entry to a block and answers its name: what is another form, or holds under other conditions, stands apart. */
export function addEntry(block: Block, wanted: string, entry: DraftEntry, meeting: Meeting): string {
  for (const name of namesFor(wanted, entry)) {
    const there = block.get(name)
    if (there !== undefined && !meeting.always && !fits(there, entry, meeting.apart)) continue
    block.set(name, there === undefined ? entry : mergeEntries(there, entry))
    return name
  }
  const last = nameOf(wanted)
  block.set(last, mergeEntries(block.get(last) ?? {}, entry))
  return last
}

/** Names to try, the plain one first; a policy seldom says more than nine things of one name. */
function namesFor(wanted: string, entry: DraftEntry): string[] {
  const told = [entry.is, firstWords([entry.if, entry.unless]), firstWords([entry.for])]
  const suffixes = told.filter((each): each is string => typeof each === 'string' && each !== '')
  return [wanted, ...[...suffixes, 2, 3, 4, 5, 6, 7, 8, 9].map((each) => `${wanted.slice(0, 28)} ${each}`)].map(nameOf)
}

function firstWords(values: readonly (JsonValue | undefined)[]): string {
  const words = values.flat().filter((each) => typeof each === 'string' && !isOpen(each))
  return words.join(' ').split(/\s+/u).slice(0, 5).join(' ')
}

/** Entries of one form, one condition and one sign that say no two things of one key are one commitment. */
function fits(there: DraftEntry, entry: DraftEntry, apart: readonly string[]): boolean {
  return (
    ['is', 'if', 'unless', 'never', ...apart].every(
      (key) => JSON.stringify(there[key]) === JSON.stringify(entry[key]),
    ) && Object.keys(entry).every((key) => !disagree(there[key], entry[key]))
  )
}

/** Two plain values that are not the same. */
function disagree(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === undefined || other === undefined || isOpen(one) || isOpen(other)) return false
  return typeof one !== 'object' && typeof other !== 'object' && one !== other
}

/** Two drafts of one entry: lists are joined, maps merged, a value stays as first said, and what was open is filled. */
export function mergeEntries(one: DraftEntry, other: DraftEntry): DraftEntry {
  const merged: Record<string, JsonValue> = { ...one }
  for (const [key, value] of Object.entries(other)) merged[key] = mergeValues(merged[key], value)
  return merged
}

function mergeValues(before: JsonValue | undefined, value: JsonValue): JsonValue {
  if (before === undefined || isOpen(before)) return value
  if (isOpen(value)) return before
  if (isMap(before) && isMap(value)) return mergeEntries(before, value)
  // A contract with its clauses says more than that there is one.
  if (isMap(value) || isMap(before)) return isMap(before) ? before : value
  if (!Array.isArray(before) && !Array.isArray(value)) return before
  return [...new Set([before, value].flat())]
}

const isMap = (value: JsonValue): value is DraftEntry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
