import type { z } from 'zod'
import { nearestWord } from '../base/nearest.ts'
import { listOf } from '../language/terms.ts'
import type { Commitment, Misstatement, Path } from './commitment-kind.ts'
import { readTask } from './every-entry.ts'

/** The entries of a YAML map; empty for anything else. */
export const entriesOf = (block: unknown): readonly (readonly [string, unknown])[] =>
  typeof block === 'object' && block !== null && !Array.isArray(block) ? Object.entries(block) : []

/** The value under a key of a YAML map, if there is one. */
export const valueAt = (block: unknown, key: string): unknown =>
  typeof block === 'object' && block !== null && Object.hasOwn(block, key)
    ? (block as Record<string, unknown>)[key]
    : undefined

/** The entries that a schema accepts, read by it. */
export const readEntries = <Schema extends z.ZodType>(
  block: unknown,
  schema: Schema,
): readonly (readonly [string, z.output<Schema>])[] =>
  entriesOf(block).flatMap(([name, entry]) => {
    const read = schema.safeParse(entry)
    return read.success ? [[name, read.data] as const] : []
  })

/** Every entry of a map is a commitment of its name. */
export const namedCommitments = (block: unknown): readonly Pick<Commitment, 'name' | 'source' | 'task'>[] =>
  entriesOf(block).map(([name, entry]) => {
    const task = readTask(valueAt(entry, 'task'))
    return { name, source: sourcesOf(entry), ...(task === undefined ? {} : { task }) }
  })

/** The sentences an entry names as its source. */
export const sourcesOf = (entry: unknown): readonly string[] =>
  listOf(valueAt(entry, 'source')).filter((sentence) => typeof sentence === 'string')

/** Faults for words that are not declared, each with the nearest that is. `words` may be one word or a list. */
export const undeclared = (
  words: unknown,
  path: Path,
  declared: Iterable<string>,
  fault: {
    readonly code: string
    readonly noun: string
    readonly declare: string
    readonly severity?: 'error' | 'warning'
  },
): readonly Misstatement[] => {
  const known = new Set(declared)
  return listOf(words).flatMap((word, index) => {
    if (typeof word !== 'string' || known.has(word)) return []
    const nearest = nearestWord(word, known)
    return [
      {
        code: fault.code,
        severity: fault.severity ?? 'error',
        path: Array.isArray(words) ? [...path, index] : path,
        what: `${fault.noun} "${word}" is not declared`,
        mend: nearest === undefined ? fault.declare : `did you mean "${nearest}"? Else ${fault.declare}`,
      },
    ]
  })
}

export const unknownData = {
  code: 'policy.unknown-category',
  noun: 'data category',
  declare: 'declare it under data',
} as const

export const unknownPurpose = {
  code: 'policy.unknown-purpose',
  noun: 'purpose',
  declare: 'declare it under purposes',
} as const

export const unknownRecipient = {
  code: 'policy.unknown-recipient',
  noun: 'recipient',
  declare: 'declare it under disclosure, by the name of the entry or in its to',
} as const

export const unknownLaw = {
  code: 'policy.unknown-law',
  noun: 'law',
  declare: 'describe it under laws with title and source',
  // A law that we do not list may well exist: requests go on, and a person looks at it.
  severity: 'warning',
} as const
