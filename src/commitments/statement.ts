import type { JsonValue } from '../base/canonical-json.ts'

/** A noun phrase of an imported sentence with its canonical term. */
export interface Spoken {
  readonly name: string
  /** DPV CURIE, ISO 8601 duration, country code, age or address, by what it stands for. */
  readonly term?: string
}

/** Where a draft takes the stricter reading of a sentence that the law leaves open. */
export type LaxerReading = 'posting-suffices' | 'belief-suffices' | 'own-age-alone'

/** What an imported sentence says, for a kind to draft commitments from. */
export interface Statement {
  /** Document and running number, e.g. `kayako#88`. */
  readonly source: string
  readonly label: string
  readonly human: boolean
  readonly modality: 'does' | 'does not' | 'may' | 'will' | 'you may' | 'none'
  /** The sentence in normal form, to look for words in: it never goes into a draft. */
  readonly form: string
  /** The sentence it is an item of, in normal form; else empty. */
  readonly lead: string
  /** What the sentence means, in features of the importer's lexicon. */
  readonly features: ReadonlySet<string>
  /** Laxer readings that a named person decided on, with a reason; else the stricter one is drafted. */
  readonly laxer: ReadonlySet<LaxerReading>
  /** Names of data categories and purposes as the draft would declare them. */
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

export type DraftEntry = { readonly [key: string]: JsonValue }

/** An entry of the draft; entries of one name are merged, their sources listed. */
export interface Drafted {
  readonly name: string
  readonly entry: DraftEntry
  /** Key of another kind that the entry belongs under; default: the kind that drafts it. */
  readonly under?: string
  /** Purposes that the entry names and the sentence does not: name and DPV term. */
  readonly declares?: Readonly<Record<string, string>>
  /** Only for the case that no other entry names these recipients. */
  readonly unlessNamed?: readonly string[]
}

/** Drafts commitments of a sentence, or says why it stays unbound. */
export type DraftOf = (statement: Statement) => readonly Drafted[] | { readonly unbound: string }

/** What is asked where a text leaves something open: the legal limit proposed, and where that stands. */
export interface Ask {
  readonly asks: string
  readonly proposes?: string
  readonly source?: string
  /** The source was looked up for this entry (November 2026); else it shows as unverified. */
  readonly verified?: boolean
}

/** How a kind reads its sentences out of existing prose, and what it asks where they leave a key open. */
export interface Reader {
  readonly draft: DraftOf
  /** Questions by key, or by form and key (`encryption-in-transit.least`). */
  readonly asks: Readonly<Record<string, Ask>>
  /** Keys that must stand in an entry and those that may, by its name and what it is. */
  readonly keys: (name: string, is: unknown) => { readonly needs: readonly string[]; readonly takes: readonly string[] }
  /** A name is one entry, whatever its conditions: a right, a purpose. */
  readonly one?: true
  /** Key under which "personal data" at large stands for all that is collected; `secrets`: passwords and card numbers too. */
  readonly whole?: { readonly key: string; readonly secrets: boolean }
  /** Keys in which entries of one name must agree to be one: what is joined shall not widen what each says. */
  readonly apart?: readonly string[]
  /** What the drafts of all sentences together ask for: a ban, for one, goes before what another sentence allows. */
  readonly settle?: (block: { readonly [name: string]: DraftEntry }) => { readonly [name: string]: DraftEntry }
}

const OPEN = 'OPEN: '

/** A value that nobody has chosen yet: `kept check` refuses it, and the reader sees what is asked, what is proposed, and why. */
export const open = (ask: Ask | string): string => {
  if (typeof ask === 'string') return `${OPEN}${ask}`
  const proposed = ask.proposes === undefined ? '' : ` Proposed: ${ask.proposes}.`
  const source = ask.source === undefined ? '' : ` (${ask.source}${ask.verified ? '' : ', unverified'})`
  return `${OPEN}${ask.asks}${proposed}${source}`
}

/** True for a value that still asks. */
export const isOpen = (value: unknown): value is string => typeof value === 'string' && value.startsWith(OPEN)

/** The parts of a value that asks, as `open` wrote them. */
export const readOpen = (value: string): Ask => {
  const asked = value.slice(OPEN.length)
  const source = / \(([^()]*(?:\([^()]*\)[^()]*)*)\)$/u.exec(asked)
  const rest = source === null ? asked : asked.slice(0, source.index)
  const at = rest.lastIndexOf(' Proposed: ')
  const verified = source !== null && !source[1]?.endsWith(', unverified')
  return {
    asks: at < 0 ? rest : rest.slice(0, at),
    ...(at < 0 ? {} : { proposes: rest.slice(at + ' Proposed: '.length).replace(/\.$/u, '') }),
    ...(source === null ? {} : { source: (source[1] ?? '').replace(/, unverified$/u, ''), verified }),
  }
}

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

// "If you have questions" and "if you would like to" open a way; they do not limit what is promised.
const OCCASION =
  /^(?:if|when|whenever|where|should|once|in the event|in case)\b(?: that)? ?(?:for any reason )?(?:you|he or she|they) (?:\w+ ){0,2}?(?:wish|would like|want|have|prefer|need|no longer|are not satisfied|visit|use|access|contact|register|purchase|buy|order|place|receive|choose to (?:visit|use|register)|attend|sign up|create|download|submit|post)\b/u

// A permission that hangs on a choice is none without it: it is carried on wherever in the sentence it stands.
const CHOICE =
  /\b(?:only )?(?:if|when|once|provided(?: that)?|as long as|after) you (?:have )?(?:\w+ )?(?:agreed?|consent(?:ed)?|tick(?:ed)?|opt(?:ed)?|cho?ose|allow(?:ed)?|ask(?:ed)?|elect(?:ed)?|permit(?:ted)?|switch(?:ed)?)\b[^,.;]{0,120}/u

const conditionsOf = (statement: Statement): string[] => {
  const said = statement.condition.filter((each) => !OCCASION.test(each))
  const choice = CHOICE.exec(statement.form)?.[0]
  const known = [...statement.condition, ...statement.exception]
  return choice === undefined || known.some((each) => CHOICE.test(each.toLowerCase())) ? said : [...said, choice]
}

/** What every draft carries on: its condition, its exception, the task of a person, and the sentence. */
export const common = (statement: Statement): DraftEntry => {
  const conditions = conditionsOf(statement)
  const exceptions = statement.exception.filter((each) => !/^but not limited/u.test(each))
  return {
    ...(conditions.length === 0 ? {} : { if: conditions }),
    ...(exceptions.length === 0 ? {} : { unless: exceptions }),
    ...unconditional(statement),
  }
}

/** The same where a limit of the sentence would narrow what is promised: the task and the sentence only. */
export const unconditional = (statement: Statement): DraftEntry => ({
  ...(statement.human ? { task: true } : {}),
  source: [statement.source],
})

/** A list as a value of an entry; nothing when it is empty. */
export const listed = (key: string, values: readonly string[]): DraftEntry =>
  values.length === 0 ? {} : { [key]: [...new Set(values)] }

/** A value of an entry; nothing when there is none. */
export const kept = (key: string, value: JsonValue | undefined): DraftEntry =>
  value === undefined ? {} : { [key]: value }

/** Names of what was spoken of, each once. */
export const namesOf = (spoken: readonly Spoken[]): string[] => [...new Set(spoken.map((each) => each.name))]

/** Addresses as a policy writes them: without the scheme of mail and telephone. */
export const addressesOf = (spoken: readonly Spoken[]): string[] => [
  ...new Set(spoken.map((each) => (each.term ?? each.name).replace(/^(?:mailto|tel):/u, ''))),
]

/** The first duration that the sentence states in numbers. */
export const durationOf = (statement: Statement): string | undefined =>
  statement.term.find((each) => each.term !== undefined)?.term

/** The words of a table whose patterns stand in a text, in the table's order. */
export const wordsIn = <Word extends string>(text: string, table: Readonly<Record<Word, RegExp>>): Word[] =>
  (Object.keys(table) as Word[]).filter((word) => table[word].test(text))

// A denial that is missed turns a bar into a permission: the worst reading there is.
const DENIAL =
  /(?:^|[,;:] )(?:under no circumstances|in no (?:event|case|way)|at no time|on no account|never|neither|nobody|no one|none of)\b|\b(?:we|they|it|is|are|will|shall|must|may|can|does|do)(?: \w+)? never\b/u

/** True when the sentence denies what its label is about. */
export const denies = (statement: Statement): boolean =>
  statement.modality === 'does not' || DENIAL.test(statement.form)
