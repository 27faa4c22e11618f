import type { JsonValue } from '../base/canonical-json.ts'
import { type DraftedKind, drafts } from '../commitments/drafts.ts'
import { nameOf, open, type Spoken, type Statement } from '../commitments/statement.ts'
import { dpvTerms } from '../language/dpv.ts'
import { kindsOfLabels } from './kinds-of-labels.ts'
import type { Understood } from './read-meanings.ts'
import type { Slots, SlotValue } from './slots/slot.ts'

type Entry = { [key: string]: JsonValue }

/** The draft and which sentence is bound to which of its commitments. */
export interface Draft {
  readonly policy: { readonly [key: string]: JsonValue }
  readonly bound: ReadonlyMap<number, readonly string[]>
  readonly unbound: ReadonlyMap<number, string>
}

const dataTerms = new Set<string>(dpvTerms.data)
const purposeTerms = new Set<string>(dpvTerms.purpose)

/** Drafts kept.yaml from the sentences of a document: each kind reads its own; nothing is invented, what is open asks. */
export function draftPolicy(
  name: string,
  controller: string | undefined,
  sentences: readonly Understood[],
  slots: readonly Slots[],
): Draft {
  const data: Entry = {}
  const purposes: Record<string, Entry> = {}
  const blocks = new Map<string, Record<string, Entry>>()
  const bound = new Map<number, string[]>()
  const unbound = new Map<number, string>()
  for (const [index, of] of sentences.entries()) {
    if (of.disposition === 'not-a-promise') continue
    const slot = slots[index]
    if (slot === undefined) continue
    const source = `${name}#${of.sentence.number}`
    const statement = stateOf(of, slot, source, data, purposes)
    const ids: string[] = []
    let why = 'no kind of commitment reads this label'
    for (const kind of kindsOfLabels[of.label]) {
      const drafted = drafts[kind](statement)
      if ('unbound' in drafted) {
        why = drafted.unbound
        continue
      }
      if (kind === 'purposes') for (const purpose of statement.purposes) ids.push(`purposes.${purpose}`)
      else {
        const block = blocks.get(kind) ?? {}
        block[drafted.name] = merge(block[drafted.name], drafted.entry)
        blocks.set(kind, block)
        ids.push(`${kind}.${drafted.name}`)
      }
    }
    if (ids.length > 0) bound.set(of.sentence.number, [...new Set(ids)])
    else unbound.set(of.sentence.number, why)
  }
  const kinds = Object.keys(drafts) as DraftedKind[]
  const policy: Record<string, JsonValue> = {
    kept: 1,
    controller: { name: controller ?? open('what is the legal name of the controller?') },
    law: open('which laws apply, e.g. eu-gdpr, uk-gdpr, us-ca?'),
    data,
  }
  for (const kind of kinds) {
    const block: Record<string, Entry> | undefined = kind === 'purposes' ? purposes : blocks.get(kind)
    if (block !== undefined && Object.keys(block).length > 0) policy[kind] = block
  }
  return { policy, bound, unbound }
}

function stateOf(of: Understood, slot: Slots, source: string, data: Entry, purposes: Record<string, Entry>): Statement {
  // What is not personal is no category of the policy; the aggregate test governs it.
  const categories = slot.data
    .filter((value) => value.term !== 'dpv:NonPersonalData')
    .map((value) => declareData(value, source, data))
  const uses =
    of.modality === 'does not' ? [] : slot.purposes.map((value) => declarePurpose(value, source, categories, purposes))
  const spoken = (values: readonly SlotValue[]): Spoken[] =>
    values.map((value) => ({ name: value.name, ...(value.term === undefined ? {} : { term: value.term }) }))
  return {
    source,
    label: of.label,
    human: of.disposition === 'human-task',
    modality: of.modality,
    data: [...new Set(categories)],
    purposes: [...new Set(uses)],
    recipients: spoken(slot.recipients),
    touchpoint: spoken(slot.touchpoint),
    condition: slot.condition.map((value) => value.name),
    exception: slot.exception.map((value) => value.name),
    term: spoken(slot.term),
    age: spoken(slot.age),
    framework: spoken(slot.framework),
    contact: spoken(slot.contact),
    place: spoken(slot.place),
  }
}

function declareData(value: SlotValue, source: string, data: Entry): string {
  const name = nameOf(value.name)
  const known = data[name] as Entry | undefined
  const is =
    value.term !== undefined && dataTerms.has(value.term) ? value.term : open(`which DPV term is "${value.name}"?`)
  data[name] = known === undefined ? { is, source: [source] } : merge(known, { source: [source] })
  return name
}

function declarePurpose(
  value: SlotValue,
  source: string,
  categories: readonly string[],
  purposes: Record<string, Entry>,
): string {
  const name = nameOf(value.name)
  const is =
    value.term !== undefined && purposeTerms.has(value.term)
      ? value.term
      : open(`which DPV purpose is "${value.name}"?`)
  purposes[name] = merge(purposes[name], { is, uses: [...categories], source: [source] })
  return name
}

/** Two drafts of one name: lists are joined, a value stays as first said. */
function merge(one: Entry | undefined, other: Entry): Entry {
  if (one === undefined) return { ...other }
  const merged: Entry = { ...one }
  for (const [key, value] of Object.entries(other)) {
    const before = merged[key]
    if (before === undefined) merged[key] = value
    else if (Array.isArray(before) || Array.isArray(value))
      merged[key] = [
        ...new Set([...(Array.isArray(before) ? before : [before]), ...(Array.isArray(value) ? value : [value])]),
      ]
  }
  return merged
}
