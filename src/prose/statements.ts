import { readers } from '../commitments/prose-readers.ts'
import { basisOf } from '../commitments/purposes/bases.ts'
import { askOf } from '../commitments/reader.ts'
import {
  type DraftEntry,
  type Drafted,
  type LaxerReading,
  nameOf,
  open,
  type Reader,
  type Spoken,
  type Statement,
} from '../commitments/statement.ts'
import { dpvTerms } from '../language/dpv.ts'
import type { Blocks } from './draft.ts'
import { mergeEntries } from './draft-entries.ts'
import type { Understood } from './read-meanings.ts'
import type { Slots, SlotValue } from './slots/slot.ts'

const dataTerms = new Set<string>(dpvTerms.data)
const purposeTerms = new Set<string>(dpvTerms.purpose)
/** Keys of commitments under which data categories stand, by their names. */
const dataKeys = ['data', 'never', 'hides', 'elect', 'of', 'drops', 'uses', 'needed', 'keeps', 'joins']

const secrets = new Set<unknown>(['pd:Password', 'pd:Authenticating', 'pd:SecretText', 'pd:PaymentCardNumber'])

/** What the sentences call data and purposes; only what some commitment names is declared in the draft. */
export class Catalogue {
  private readonly categories = new Map<string, DraftEntry>()
  private readonly purposes = new Map<string, DraftEntry>()
  /** The name under which a text speaks of personal data at large. */
  private general: string | undefined

  category(value: SlotValue, source: string): string {
    const name = nameOf(value.name)
    const is =
      value.term !== undefined && dataTerms.has(value.term)
        ? value.term
        : open({ asks: `which DPV term is "${value.name}"?`, source: 'docs/terms.md', verified: true })
    this.categories.set(name, mergeEntries(this.categories.get(name) ?? {}, { is, source: [source] }))
    if (
      value.term === 'dpv:PersonalData' &&
      value.name === name.replace(/-/gu, ' ') &&
      /^personal/u.test(name) &&
      !name.includes('-in-') &&
      !name.includes('-of-')
    )
      this.general ??= name
    return name
  }

  purpose(value: SlotValue): string {
    const name = nameOf(value.name)
    const is =
      value.term !== undefined && purposeTerms.has(value.term)
        ? value.term
        : open({ asks: `which DPV purpose is "${value.name}"?`, source: 'docs/terms.md', verified: true })
    this.purposes.set(name, mergeEntries({ is }, this.purposes.get(name) ?? {}))
    return name
  }

  /** Purposes that a drafted entry names, with the data that its sentence says they use. */
  remember(statement: Statement, drafted: Drafted): void {
    for (const [name, is] of Object.entries(drafted.declares ?? {}))
      this.purposes.set(name, mergeEntries({ is }, this.purposes.get(name) ?? {}))
    for (const name of [drafted.entry.for].flat()) {
      const purpose = typeof name === 'string' ? this.purposes.get(name) : undefined
      if (purpose === undefined || typeof name !== 'string') continue
      const basis = basisOf(statement.form, statement.lead, statement.features.has('legal-basis'))
      this.purposes.set(
        name,
        mergeEntries(purpose, {
          uses: [...statement.data],
          ...(basis.length === 1 ? { basis } : {}),
          source: [statement.source],
        }),
      )
    }
  }

  /** Declares the purposes that commitments name, besides those of sentences on use; `needsBasis`: one without a basis asks for it. */
  declarePurposes(blocks: Blocks, needsBasis: boolean): void {
    const block = blocks.get('purposes') ?? new Map<string, DraftEntry>()
    const named = new Set(
      [...blocks.values()].flatMap((each) => [...each.values()].flatMap((entry) => [entry.for].flat())),
    )
    for (const [name, entry] of this.purposes)
      if (block.has(name) || named.has(name)) block.set(name, mergeEntries(block.get(name) ?? {}, entry))
    const asked = needsBasis ? { basis: open(askOf(readers.purposes, '', {}, 'basis')) } : {}
    for (const [name, { is = open('which DPV purpose is it?'), uses = [], ...rest }] of block) {
      const known = [uses].flat().filter((each) => typeof each === 'string' && this.categories.has(each))
      // To stop or answer something is a duty towards the person, and rests on nothing else.
      const ownDuty = is === 'dpv:RightsFulfilment' || /^(?:stopping|withdrawing|exercising)-/u.test(name)
      block.set(name, { is, ...(known.length === 0 ? {} : { uses: known }), ...(ownDuty ? {} : asked), ...rest })
    }
    if (block.size > 0) blocks.set('purposes', block)
  }

  /** Where a sentence says "personal data" at large, all that is collected is meant. */
  widen(
    block: Map<string, DraftEntry>,
    { key, secrets: all }: NonNullable<Reader['whole']>,
    collected: readonly string[],
  ): void {
    for (const [name, entry] of block) {
      const said = [entry[key] ?? []].flat()
      if (this.general === undefined || !said.includes(this.general)) continue
      const wide = collected.filter((each) => all || !secrets.has(this.categories.get(each)?.is))
      block.set(name, { ...entry, [key]: [...new Set([...said, ...wide])] })
    }
  }

  /** Names of the categories that the collection points of a draft name. */
  collected(blocks: Blocks): string[] {
    const data = [...(blocks.get('collection')?.values() ?? [])].flatMap((entry) => [entry.data].flat())
    return [...new Set(data)].filter((each): each is string => typeof each === 'string' && this.categories.has(each))
  }

  /** The data categories that some commitment names. */
  data(blocks: Blocks): DraftEntry {
    const named = new Set([...blocks.values()].flatMap((block) => [...block.values()].flatMap(categoriesIn)))
    return Object.fromEntries([...this.categories].filter(([name]) => named.has(name)))
  }
}

function categoriesIn(entry: DraftEntry): string[] {
  return Object.entries(entry).flatMap(([key, value]) => {
    if (dataKeys.includes(key)) return [value].flat().filter((each) => typeof each === 'string')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? categoriesIn(value as DraftEntry) : []
  })
}

/** What a kind reads of a sentence. */
export function stateOf(
  of: Understood,
  slot: Slots,
  source: string,
  lead: string,
  laxer: ReadonlySet<LaxerReading>,
  catalogue: Catalogue,
): Statement {
  const spoken = (values: readonly SlotValue[]): Spoken[] =>
    values.map((value) => ({ name: value.name, ...(value.term === undefined ? {} : { term: value.term }) }))
  // What is not personal is no category of the policy; the aggregate test governs it.
  const personal = slot.data.filter((value) => value.term !== 'dpv:NonPersonalData')
  return {
    source,
    label: of.label,
    human: of.disposition === 'human-task',
    modality: of.modality,
    form: of.meaning?.form ?? '',
    lead,
    features: of.meaning?.features ?? new Set(),
    laxer,
    data: [...new Set(personal.map((value) => catalogue.category(value, source)))],
    purposes: [...new Set(slot.purposes.map((value) => catalogue.purpose(value)))],
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
