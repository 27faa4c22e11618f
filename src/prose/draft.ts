import type { JsonValue } from '../base/canonical-json.ts'
import { type DraftedKind, isDraftedKind, readers } from '../commitments/prose-readers.ts'
import { askOf } from '../commitments/reader.ts'
import {
  type DraftEntry,
  type Drafted,
  type LaxerReading,
  open,
  type Reader,
  type Statement,
} from '../commitments/statement.ts'
import { addEntry, mergeEntries } from './draft-entries.ts'
import { kindsOfLabels } from './kinds-of-labels.ts'
import { placeQuestions } from './question-places.ts'
import type { Question } from './questions.ts'
import type { Understood } from './read-meanings.ts'
import type { Slots } from './slots/slot.ts'
import { Catalogue, stateOf } from './statements.ts'

/** The draft and which sentence is bound to which of its commitments. */
export interface Draft {
  readonly policy: { readonly [key: string]: JsonValue }
  readonly bound: ReadonlyMap<number, readonly string[]>
  readonly unbound: ReadonlyMap<number, string>
  /** The questions, each with its place in the draft where it has one. */
  readonly questions: readonly Question[]
}

export interface DraftOptions {
  /** Name of the document, the first part of the sentences' ids. */
  readonly name: string
  /** Name the document gives its own company. */
  readonly controller: string | undefined
  /** Laxer readings that a named person decided on, by sentence number. */
  readonly laxer: ReadonlyMap<number, ReadonlySet<LaxerReading>>
  readonly questions: readonly Question[]
}

/** Blocks of the draft: kind, then name, then what it says. */
export type Blocks = Map<DraftedKind, Map<string, DraftEntry>>

/** Drafts kept.yaml from the sentences of a document: each kind reads its own; nothing is invented, what is open asks. */
export function draftPolicy(sentences: readonly Understood[], slots: readonly Slots[], options: DraftOptions): Draft {
  const catalogue = new Catalogue()
  const blocks: Blocks = new Map()
  const bound = new Map<number, string[]>()
  const unbound = new Map<number, string>()
  const waiting: { readonly number: number; readonly drafted: Drafted; readonly statement: Statement }[] = []
  for (const [index, of] of sentences.entries()) {
    const { number, leadIn } = of.sentence
    const slot = slots[index]
    if (of.disposition === 'not-a-promise' || slot === undefined) continue
    const lead = leadIn === undefined ? '' : (sentences[leadIn - 1]?.meaning?.form ?? '')
    const laxer = options.laxer.get(number) ?? new Set<LaxerReading>()
    const statement = stateOf(of, slot, `${options.name}#${number}`, lead, laxer, catalogue)
    const ids: string[] = []
    let why = 'no kind of commitment reads this label'
    for (const kind of kindsOfLabels[of.label]) {
      const read = readers[kind].draft(statement)
      if ('unbound' in read) {
        why = read.unbound
        continue
      }
      for (const drafted of read) {
        if (drafted.unlessNamed !== undefined) waiting.push({ number, drafted, statement })
        else ids.push(put(blocks, kind, drafted, statement, catalogue))
      }
      break
    }
    if (ids.length > 0) bound.set(number, [...new Set(ids)])
    else unbound.set(number, why)
  }
  for (const { number, drafted, statement } of waiting) {
    const named = recipientsOf(blocks)
    if (drafted.unlessNamed?.every((recipient) => named.has(recipient))) continue
    const id = put(blocks, 'disclosure', drafted, statement, catalogue)
    bound.set(number, [...new Set([...(bound.get(number) ?? []), id])])
    unbound.delete(number)
  }
  bindLeadIns(sentences, bound, unbound, blocks, options.name)
  settle(blocks, catalogue)
  const laws = spokenLaws(sentences)
  catalogue.declarePurposes(
    blocks,
    laws.some(({ law, named }) => named && (law === 'eu-gdpr' || law === 'uk-gdpr')),
  )
  complete(blocks)
  const policy: Record<string, JsonValue> = {
    kept: 1,
    controller: {
      name: options.controller ?? open(askController(sentences)),
    },
    law: open(askLaws(laws, options.name)),
    data: catalogue.data(blocks),
  }
  const questions = placeQuestions(blocks, bound, options.questions)
  for (const kind of Object.keys(readers).filter(isDraftedKind)) {
    const block = blocks.get(kind)
    if (block !== undefined && block.size > 0) policy[kind] = Object.fromEntries(block)
  }
  return { policy, bound, unbound, questions }
}

function put(
  blocks: Blocks,
  reading: DraftedKind,
  drafted: Drafted,
  statement: Statement,
  catalogue: Catalogue,
): string {
  const kind = drafted.under !== undefined && isDraftedKind(drafted.under) ? drafted.under : reading
  const block = blocks.get(kind) ?? new Map<string, DraftEntry>()
  blocks.set(kind, block)
  catalogue.remember(statement, drafted)
  const reader: Reader = readers[kind]
  const known = new Set(reader.keys(drafted.name, drafted.entry.is).takes)
  // Keys that say nothing under this form are left out: the form is what the sentence means.
  const entry = drafted.entry.is === undefined ? drafted.entry : only(drafted.entry, known)
  return `${kind}.${addEntry(block, drafted.name, entry, { always: reader.one === true, apart: reader.apart ?? [] })}`
}

function only(entry: DraftEntry, keys: ReadonlySet<string>): DraftEntry {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key === 'is' || keys.has(key)))
}

function recipientsOf(blocks: Blocks): Set<string> {
  const entries = [...(blocks.get('disclosure') ?? [])]
  return new Set(entries.flatMap(([name, entry]) => [name, ...[entry.to].flat().map(String)]))
}

/** A sentence that only opens a list is bound to what its items are bound to, and named there as a source. */
function bindLeadIns(
  sentences: readonly Understood[],
  bound: Map<number, readonly string[]>,
  unbound: Map<number, string>,
  blocks: Blocks,
  document: string,
): void {
  const items = new Map<number, string[]>()
  for (const { sentence } of sentences)
    if (sentence.leadIn !== undefined && unbound.has(sentence.leadIn))
      items.set(sentence.leadIn, [...(items.get(sentence.leadIn) ?? []), ...(bound.get(sentence.number) ?? [])])
  for (const number of [...unbound.keys()]) {
    const ids = [...new Set(items.get(number))]
    if (ids.length === 0) continue
    bound.set(number, ids)
    unbound.delete(number)
    for (const id of ids) {
      const [kind = '', name = ''] = id.split('.')
      const block = isDraftedKind(kind) ? blocks.get(kind) : undefined
      const entry = block?.get(name)
      if (entry !== undefined) block?.set(name, mergeEntries(entry, { source: [`${document}#${number}`] }))
    }
  }
}

/** What the drafts of all sentences together make of each: a ban goes before, and what is said at large is spelled out. */
function settle(blocks: Blocks, catalogue: Catalogue): void {
  const collected = catalogue.collected(blocks)
  for (const [kind, block] of blocks) {
    const reader: Reader = readers[kind]
    if (reader.settle !== undefined) blocks.set(kind, new Map(Object.entries(reader.settle(Object.fromEntries(block)))))
    if (reader.whole !== undefined) catalogue.widen(block, reader.whole, collected)
  }
}

/** What a form needs and no sentence says is asked, with the legal limit proposed and its source. */
function complete(blocks: Blocks): void {
  for (const [kind, block] of blocks) {
    const reader: Reader = readers[kind]
    for (const [name, entry] of block) {
      const { needs } = reader.keys(name, entry.is)
      const missing = entry.never === true ? [] : needs.filter((key) => entry[key] === undefined)
      const asked = Object.fromEntries(missing.map((key) => [key, open(askOf(reader, name, entry, key))]))
      const { source, ...said } = entry
      block.set(name, { ...said, ...asked, ...(source === undefined ? {} : { source }) })
    }
  }
}

const COMPANY =
  /((?:\p{Lu}[\p{L}\d.'-]*(?: &)? ){1,5}(?:Ltd|Limited|LLC|Inc|GmbH|AG|plc|PLC|B\.V|S\.A|SAS|AB|Oy|ApS|Pty Ltd)\b\.?)/u

/** A company that the first sentences name with its legal form is proposed; whose policy it is nobody else can say. */
function askController(sentences: readonly Understood[]) {
  const name = sentences.slice(0, 12).flatMap(({ sentence }) => COMPANY.exec(sentence.text.slice(0, 500))?.[1] ?? [])[0]
  return {
    asks: 'what is the legal name of the controller?',
    ...(name === undefined ? {} : { proposes: name }),
    source: 'GDPR art. 13(1)(a)',
  }
}

/** Laws by their names in a text, and by what only they say; a word for a place or its people names no law. */
const LAWS = {
  'eu-gdpr':
    /(?<!uk )\bgdpr\b|general data protection regulation|regulation \(eu\) 2016\/679|\bart(?:icle|\.)? ?(?:6|9|13|1[5-9]|2[0-2])\b.{0,30}\bds-?gvo\b/u,
  'uk-gdpr': /\buk gdpr\b|data protection act 2018/u,
  'ch-fadp':
    /\b(?:n?fadp|revised federal act on data protection)\b|swiss (?:federal act on )?data protection (?:act|law)/u,
  'us-ca':
    /\b(?:ccpa|cpra|caloppa|shine the light)\b|california (?:consumer privacy|civil code|privacy rights|online privacy|business and professions)/u,
  'us-coppa': /\bcoppa\b|children's online privacy protection/u,
} as const

/** People whom a law protects wherever the controller is: reason to ask, not to propose. */
const PEOPLE = {
  'eu-gdpr': /european (?:economic area|union)|\beea\b|\beu (?:residents?|citizens?|users?|customers?)\b/u,
  'uk-gdpr': /united kingdom|\buk\b(?! gdpr)/u,
  'ch-fadp': /\bswiss\b|switzerland/u,
  'us-ca': /california(?:ns?)?\b/u,
  'us-coppa': /children under (?:the age of )?(?:13|thirteen)/u,
} as const

interface SpokenLaw {
  readonly law: string
  /** Number of the first sentence that speaks so. */
  readonly sentence: number
  /** By its name; else only its people or places are spoken of. */
  readonly named: boolean
}

/** Laws that a text names, then those whose people it speaks of. */
function spokenLaws(sentences: readonly Understood[]): SpokenLaw[] {
  const first = (says: RegExp): number | undefined =>
    sentences.find(({ meaning }) => meaning !== undefined && says.test(meaning.form))?.sentence.number
  return Object.entries(LAWS).flatMap(([law, says]): SpokenLaw[] => {
    const [byName, byPeople] = [first(says), first(PEOPLE[law as keyof typeof PEOPLE])]
    if (byName !== undefined) return [{ law, sentence: byName, named: true }]
    return byPeople === undefined ? [] : [{ law, sentence: byPeople, named: false }]
  })
}

/** Which laws apply is no matter of words; those that a text names are proposed, with the sentence that does. */
function askLaws(spoken: readonly SpokenLaw[], document: string) {
  const told = (laws: readonly SpokenLaw[]): string =>
    laws.map(({ law, sentence }) => `${law} (${document}#${sentence})`).join(', ')
  const named = spoken.filter((each) => each.named)
  const others = spoken.filter((each) => !each.named)
  const asks = [
    'which laws apply?',
    ...(named.length === 0 ? [] : [`The text names ${told(named)}.`]),
    ...(others.length === 0 ? [] : [`It speaks of people or places of ${told(others)}, and does not name the law.`]),
  ].join(' ')
  return {
    asks,
    ...(named.length === 0 ? {} : { proposes: `[${named.map(({ law }) => law).join(', ')}]` }),
    source: 'docs/terms.md',
    verified: true,
  } as const
}
