import type { z } from 'zod'
import type { everyEntry } from './every-entry.ts'

/** What a change means for the person whose data it is: wider is more done with the data, or less protection of it. */
export type Direction = 'wider' | 'narrower' | 'neutral'

/** A direction, or one that turns on whether the entry lets something be done with data or protects it. */
export type Weight = Direction | 'as-entry' | 'against-entry'

/** What an entry is to the person: a use of data, a protection of it, or neither. */
export type Nature = 'use' | 'protection' | 'neither'

/** What a change is about; lead times and new consents are told apart by it. */
export type Topic =
  | 'purpose'
  | 'recipient'
  | 'retention'
  | 'merger'
  | 'data'
  | 'basis'
  | 'consent'
  | 'country'
  | 'right'
  | 'use'
  | 'other'

interface Judged {
  /** What the key holds, in one noun: `recipient`. */
  readonly noun: string
  /** What more of it, or a longer one, means; less of it means the opposite. */
  readonly more: Weight
  readonly topic?: Topic
  /** Why, for more and for less; default: by the direction. */
  readonly why?: readonly [more: string, less: string]
}

/** How the values of one key are held against each other. */
export type Rule =
  /** A set of words: each that came or went is a difference. `absent`: what a list that is not there stands for; default none. */
  | (Judged & { readonly by: 'list'; readonly absent?: 'none' | 'all' | 'unstated'; readonly of?: 'data' | 'purpose' })
  /** A duration. `absent`: default `unstated`. */
  | (Judged & { readonly by: 'term'; readonly absent?: 'endless' | 'zero' | 'unstated' })
  | (Judged & { readonly by: 'amount'; readonly absent?: number | 'endless' | 'unstated' })
  /** Values from the least to the most; one of them may be `undefined`: not there. */
  | (Judged & {
      readonly by: 'steps'
      readonly steps: readonly (string | boolean | undefined)[]
      /** What is not there is the first step (default), unless one of the steps is `undefined`. */
      readonly absent?: 'first' | 'unstated'
    })
  /** A value whose direction takes more than order; `judge(a, b)` and `judge(b, a)` are opposite. */
  | {
      readonly by: 'own'
      readonly noun: string
      readonly topic?: Topic
      readonly judge: (before: unknown, after: unknown) => { readonly direction: Direction; readonly why: string }
    }
  /** Text or another value without an order. */
  | { readonly by: 'value'; readonly noun: string; readonly topic?: Topic }
  /** A map of fixed keys; `more` judges its coming and going as a whole. A bare `true` counts as the empty map. */
  | (Judged & { readonly by: 'parts'; readonly parts: Readonly<Record<string, Rule>> })
  /** A map of named entries: each that came or went is a difference. */
  | (Judged & { readonly by: 'entries'; readonly parts: Readonly<Record<string, Rule>> })

type Options<By extends Rule['by']> = Partial<Omit<Extract<Rule, { by: By }>, 'by' | 'noun' | 'more'>>

export const list = (noun: string, more: Weight, options: Options<'list'> = {}): Rule => ({
  by: 'list',
  noun,
  more,
  ...options,
})
export const term = (noun: string, longer: Weight, options: Options<'term'> = {}): Rule => ({
  by: 'term',
  noun,
  more: longer,
  ...options,
})
export const amount = (noun: string, more: Weight, options: Options<'amount'> = {}): Rule => ({
  by: 'amount',
  noun,
  more,
  ...options,
})
export const steps = (
  noun: string,
  from: readonly (string | boolean | undefined)[],
  more: Weight,
  options: Omit<Options<'steps'>, 'steps'> = {},
): Rule => ({ by: 'steps', noun, steps: from, more, ...options })
/** Something that is said or not: any value counts as said. */
export const said = (noun: string, more: Weight, options: Omit<Options<'steps'>, 'steps'> = {}): Rule =>
  steps(noun, [undefined, 'said'], more, options)
export const value = (noun: string, topic?: Topic): Rule => ({
  by: 'value',
  noun,
  ...(topic === undefined ? {} : { topic }),
})

export const parts = (noun: string, more: Weight, of: Readonly<Record<string, Rule>>): Rule => ({
  by: 'parts',
  noun,
  more,
  parts: of,
})

/** What an entry is, and how it is called. */
export interface Form {
  readonly noun: string
  readonly nature: Nature
  readonly topic?: Topic
}

export const use = (noun: string, topic?: Topic): Form => ({ noun, nature: 'use', ...(topic ? { topic } : {}) })
export const protection = (noun: string, topic?: Topic): Form => ({
  noun,
  nature: 'protection',
  ...(topic ? { topic } : {}),
})
export const neither = (noun: string): Form => ({ noun, nature: 'neither' })

/** An entry as a policy states it: defaults filled in, single values where lists may stand. */
export type EntryValue = Readonly<Record<string, unknown>>

/** How the entries of one kind are held against each other; every key of the kind has its rule. */
export interface Comparison {
  /** What an entry is. Where `is` has no rule, entries of one name and another `is` are two commitments. */
  readonly form: (name: string, entry: EntryValue) => Form
  readonly keys: Readonly<Record<string, Rule>>
  /** What its differences are about, where neither key nor form says. */
  readonly topic: Topic
  /** Key whose words name a new or former entry to a reader, e.g. the recipients; default: its name. */
  readonly called?: string
  /** Each value of this key is held against its own past, whatever entry it stood in: the term of a data category. */
  readonly each?: 'data'
  /** False where names have a meaning of their own; else an entry that only changed its name is the same. */
  readonly renamed: boolean
}

/** Every key of a schema that is not one of all entries: a key without a rule does not compile. */
export type KeysOf<Schema extends z.ZodObject> = Readonly<
  Record<Exclude<keyof z.output<Schema>, keyof typeof everyEntry>, Rule>
>

/** The same where `is` names the form. */
export type FormKeysOf<Schema extends z.ZodObject> = Omit<KeysOf<Schema>, 'is'>

/** The form that `is` names; what is never done is a promise not to. */
export const byForm =
  (forms: Readonly<Record<string, Form>>): Comparison['form'] =>
  (_name, entry) => {
    const form = forms[String(entry.is)] ?? neither(String(entry.is))
    return entry.never === true && form.nature === 'use' ? { ...form, nature: 'protection' } : form
  }

/** Keys that an entry of any kind may carry; how it is said and where it came from are not compared. */
export const everyKey: Readonly<Record<string, Rule>> = {
  if: list('condition', 'against-entry', { why: ['it holds in fewer cases', 'it holds in more cases'] }),
  unless: list('exception', 'against-entry', { why: ['it holds in fewer cases', 'it holds in more cases'] }),
  task: value('task'),
}
