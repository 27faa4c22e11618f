import { nearestWord } from '../base/nearest.ts'
import { entriesOf, valueAt } from './block.ts'
import type { Misstatement } from './commitment-kind.ts'
import { everyEntryKeys } from './every-entry.ts'

/** A form that commitments of a kind take, told by `is`: what it must carry, what else it may. */
export interface Form {
  /** The term of DPV 2.3 for it, where there is one. */
  readonly term?: string
  /** Keys that must stand there. */
  readonly needs?: readonly string[]
  /** Keys that may stand there besides those needed and those of every commitment. */
  readonly takes?: readonly string[]
}

export type Forms = Readonly<Record<string, Form>>

/** The names of forms, as the enumeration of a schema wants them. */
export const formNames = <F extends Readonly<Record<string, unknown>>>(
  forms: F,
): [keyof F & string, ...(keyof F & string)[]] => {
  const [first, ...others] = Object.keys(forms) as (keyof F & string)[]
  if (first === undefined) throw new TypeError('a kind has at least one form')
  return [first, ...others]
}

/** What an entry lacks for its form, and what it carries that belongs to another one. Unknown keys are the schema's. */
export const formFaults = (block: unknown, forms: Forms, keys: readonly string[]): readonly Misstatement[] =>
  entriesOf(block).flatMap(([entryName, entry]): Misstatement[] => {
    const is = valueAt(entry, 'is')
    if (typeof is !== 'string' || !Object.hasOwn(forms, is)) return []
    const { needs = [], takes = [] } = forms[is] ?? {}
    const known = ['is', ...needs, ...takes, ...everyEntryKeys]
    const given = entriesOf(entry).map(([key]) => key)
    // What is never done has no details.
    const missing = (valueAt(entry, 'never') === true ? [] : needs)
      .filter((key) => !given.includes(key))
      .map((key) => ({
        code: 'policy.missing-key',
        path: [entryName],
        at: 'key' as const,
        what: `"${entryName}" is ${is}, and "${key}" is missing`,
        mend: `add ${key}`,
      }))
    const misplaced = given
      .filter((key) => keys.includes(key) && !known.includes(key))
      .map((key) => {
        const open = known.filter((candidate) => !given.includes(candidate))
        const nearest = nearestWord(key, open)
        return {
          code: 'policy.key-out-of-place',
          path: [entryName, key],
          at: 'key' as const,
          what: `"${key}" says nothing where is: ${is}`,
          mend: nearest === undefined ? `take it out; known here: ${known.join(', ')}` : `did you mean "${nearest}"?`,
        }
      })
    return [...missing, ...misplaced]
  })
