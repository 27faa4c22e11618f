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
  catalogue.declarePurposes(blocks)
  complete(blocks)
  const policy: Record<string, JsonValue> = {
    kept: 1,
    controller: {
      name: options.controller ?? open(askController(sentences)),
    },
    law: open(askLaws(sentences)),
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

const LAWS = {
  'eu-gdpr': /\bgdpr\b|european (?:economic area|union)|\beea\b|\beu\b/u,
  'uk-gdpr': /united kingdom|\buk\b/u,
  'ch-fadp': /swiss|switzerland/u,
  'us-ca': /california/u,
  'us-coppa': /\bcoppa\b|children under (?:the age of )?(?:13|thirteen)/u,
} as const

/** Which laws apply is no matter of words; those that a text speaks of are proposed. */
function askLaws(sentences: readonly Understood[]) {
  const spoken = Object.entries(LAWS).flatMap(([law, says]) =>
    sentences.some((of) => of.meaning !== undefined && says.test(of.meaning.form)) ? [law] : [],
  )
  return {
    asks: spoken.length === 0 ? 'which laws apply?' : 'which laws apply? The text speaks of those proposed.',
    ...(spoken.length === 0 ? {} : { proposes: `[${spoken.join(', ')}]` }),
    source: 'docs/terms.md',
    verified: true,
  } as const
}
