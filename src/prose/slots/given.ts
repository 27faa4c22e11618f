import type { Label } from '../labels.ts'
import type { ShownText } from '../shown.ts'
import type { Implied } from './implied.ts'
import { findWords, type Slots, type SlotValue, trimPhrase, valueAt } from './slot.ts'

/** A sentence before, by number, with what its slots hold. */
export interface Earlier {
  readonly number: number
  readonly slots: Slots
}

/** What the document and the sentences around it give to a sentence. */
export interface Surroundings {
  /** What the document calls personal data. */
  readonly called: string
  readonly vendor: RegExp | undefined
  /** Companies by the short name that the document also spells out: "Google" is "Google, Inc." */
  readonly fullNames: ReadonlyMap<string, string>
  readonly leadIn: Earlier | undefined
  readonly before: (Earlier & { readonly label: Label }) | undefined
}

const compiled = new Map<string, RegExp>()

/** Values taken over from another sentence, each marked with its number. */
export function inherit(from: Earlier | undefined, slot: 'data' | 'recipients' | 'purposes'): SlotValue[] {
  return (from?.slots[slot] ?? []).map((value) =>
    value.from === undefined ? { ...value, from: from?.number ?? 0 } : value,
  )
}

/** What the words of a sentence imply under its label; a row named `*` takes the words themselves. */
export function findImplied(shown: ShownText, text: string, label: Label, rows: readonly Implied[]): SlotValue[] {
  const values: SlotValue[] = []
  for (const [labels, fragment, name, term] of rows) {
    if (!labels.split(' ').includes(label)) continue
    const follows = name.startsWith('+')
    if (!follows && values.length > 0) continue
    const at = findWords(text, [[fragment, term]], compiled)[0]
    if (at === undefined) continue
    const said = follows ? name.slice(1) : name
    values.push(valueAt(shown, at.start, at.end, said === '*' ? trimPhrase(text.slice(at.start, at.end)) : said, term))
  }
  return values
}
