import type { JsonValue } from '../base/canonical-json.ts'

/** A noun phrase of an imported sentence with its canonical term. */
export interface Spoken {
  readonly name: string
  /** DPV CURIE, ISO 8601 duration, country code, age or address, by what it stands for. */
  readonly term?: string
}

/** What an imported sentence says, for a kind to draft a commitment from; it holds no quote. */
export interface Statement {
  /** Document and running number, e.g. `kayako#88`. */
  readonly source: string
  readonly label: string
  readonly human: boolean
  readonly modality: 'does' | 'does not' | 'may' | 'will' | 'you may' | 'none'
  /** Names of data categories and purposes as declared in the draft. */
  readonly data: readonly string[]
  readonly purposes: readonly string[]
  readonly recipients: readonly Spoken[]
  readonly touchpoint: readonly Spoken[]
  readonly condition: readonly string[]
  readonly exception: readonly string[]
  readonly term: readonly Spoken[]
  readonly age: readonly Spoken[]
  readonly framework: readonly Spoken[]
  readonly contact: readonly Spoken[]
  readonly place: readonly Spoken[]
}

/** An entry of the draft under a kind's key; entries of one name are merged, their sources listed. */
export interface Drafted {
  readonly name: string
  readonly entry: { readonly [key: string]: JsonValue }
}

/** Drafts a commitment, or says why the sentence stays unbound. */
export type DraftOf = (statement: Statement) => Drafted | { readonly unbound: string }

/** A value that nobody has chosen yet: `kept check` refuses it, and the reader sees what is asked. */
export const open = (asks: string): string => `OPEN: ${asks}`

/** True for a value that still asks. */
export const isOpen = (value: unknown): value is string => typeof value === 'string' && value.startsWith('OPEN: ')

/** A phrase as a name of the policy language: small letters, digits and hyphens, at most 48. */
export const nameOf = (phrase: string): string => {
  const name = phrase
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^[^a-z]+|-+$/gu, '')
    .slice(0, 48)
    .replace(/-+$/u, '')
  return name === '' ? 'unnamed' : name
}

/** What every draft carries on: how it is said, under which condition, with which exception, and the sentence. */
export const common = (statement: Statement): { readonly [key: string]: JsonValue } => ({
  ...(statement.condition.length === 0 ? {} : { if: [...statement.condition] }),
  ...(statement.exception.length === 0 ? {} : { unless: [...statement.exception] }),
  ...(statement.human ? { task: true } : {}),
  source: [statement.source],
})

/** A list as a value of an entry; nothing when it is empty. */
export const listed = (key: string, values: readonly string[]): { readonly [key: string]: JsonValue } =>
  values.length === 0 ? {} : { [key]: [...new Set(values)] }

/** Names of what was spoken of, each once. */
export const namesOf = (spoken: readonly Spoken[]): string[] => [...new Set(spoken.map((each) => each.name))]
