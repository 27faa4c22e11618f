import { canonicalJson } from '../../base/canonical-json.ts'
import { sha256Hex } from '../../base/hash.ts'
import { entriesOf, valueAt } from '../../commitments/block.ts'
import type { EntryValue } from '../../commitments/comparison.ts'
import { commitmentKinds, type Kind } from '../../commitments/index.ts'
import { shortestDeadline } from '../../commitments/rights/deadline.ts'
import { requestRights } from '../../commitments/rights/vocabulary.ts'
import { fideslangTerms } from '../../language/fideslang.ts'
import { listOf } from '../../language/terms.ts'
import type { Policy } from '../../policy/policy.ts'
import { meaning } from './normal.ts'

/** What a policy says, with defaults filled in, for holding it against another one. */
export interface PolicyContent {
  readonly controller: EntryValue
  readonly law: unknown
  readonly laws: EntryValue
  /** Categories by name, each with its DPV term. */
  readonly data: Readonly<Record<string, { readonly is: unknown }>>
  /** How a reader is told each category. */
  readonly dataWords: ReadonlyMap<string, string>
  readonly kinds: Readonly<Record<Kind['key'], Readonly<Record<string, EntryValue>>>>
}

const record = (given: unknown): EntryValue => Object.fromEntries(entriesOf(given))

/** One spelling of a term: Fideslang's keys are DPV terms. */
const termOf = (position: 'data' | 'purpose', given: unknown): unknown =>
  typeof given === 'string' ? (fideslangTerms[position][given] ?? given) : given

/** A block as its kind reads it, defaults filled in; as it is written where the kind refuses it. */
const entriesOfKind = (kind: Kind, policy: Policy): Readonly<Record<string, EntryValue>> => {
  const block = valueAt(policy.located.value, kind.key)
  const read = kind.vocabulary.safeParse(block)
  return Object.fromEntries(
    entriesOf(read.success ? read.data : block).map(([name, entry]) => [
      name,
      completed(kind.key, name, record(entry), policy),
    ]),
  )
}

const completed = (kind: Kind['key'], name: string, entry: EntryValue, { known }: Policy): EntryValue => {
  if (kind === 'purposes') return { ...entry, is: termOf('purpose', entry.is) }
  if (kind === 'aggregates' && listOf(entry.test).includes(true))
    return { ...entry, test: ['no-identifiers', 'group-size', 'no-differencing'] }
  const right = kind === 'rights' ? requestRights.find((one) => one === name) : undefined
  if (right === undefined || entry.within !== undefined) return entry
  const within = shortestDeadline(right, known.applies)?.deadline.within
  return within === undefined ? entry : { ...entry, within }
}

/** Reads what a policy says; faults of the policy do not matter here. */
export const contentOf = (policy: Policy): PolicyContent => {
  const { value } = policy.located
  const categories = entriesOf(valueAt(value, 'data'))
  return {
    controller: record(valueAt(value, 'controller')),
    law: valueAt(value, 'law'),
    laws: record(valueAt(value, 'laws')),
    data: Object.fromEntries(
      categories.map(([name, entry]) => [
        name,
        { is: termOf('data', typeof entry === 'string' ? entry : valueAt(entry, 'is')) },
      ]),
    ),
    dataWords: new Map(
      categories.flatMap(([name, entry]) => {
        const words = valueAt(entry, 'words')
        return typeof words === 'string' ? [[name, words] as const] : []
      }),
    ),
    kinds: Object.fromEntries(
      commitmentKinds.map((kind) => [kind.key, entriesOfKind(kind, policy)]),
    ) as PolicyContent['kinds'],
  }
}

/** SHA-256 (hex) of what a policy commits to: the same for another order, spelling, comment or wording. */
export const meaningHash = (policy: Policy): string => {
  const { dataWords: _words, ...content } = contentOf(policy)
  return sha256Hex(canonicalJson(meaning(content) ?? null))
}
