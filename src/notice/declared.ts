import { entriesOf, valueAt } from '../commitments/block.ts'
import { fideslangTerms } from '../language/fideslang.ts'
import { listOf } from '../language/terms.ts'

export interface Category {
  readonly name: string
  readonly is: string
  readonly words?: string | undefined
}

/** The blocks of a policy that are no commitments. */
export interface Declared {
  readonly controller: Readonly<Record<string, string>>
  readonly law: readonly string[]
  readonly laws: readonly { readonly name: string; readonly title: string; readonly source: string }[]
  readonly data: readonly Category[]
  readonly purposes: readonly Category[]
}

const textAt = (value: unknown, key: string): string | undefined => {
  const text = valueAt(value, key)
  return typeof text === 'string' ? text : undefined
}

const category = (name: string, entry: unknown, sort: 'data' | 'purpose'): Category => {
  const is = typeof entry === 'string' ? entry : (textAt(entry, 'is') ?? '')
  return { name, is: fideslangTerms[sort][is] ?? is, words: textAt(entry, 'words') }
}

/** Who, under which laws, which data and what for, as the file says it. */
export const declaredIn = (policy: unknown): Declared => ({
  controller: Object.fromEntries(
    entriesOf(valueAt(policy, 'controller')).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  ),
  law: listOf(valueAt(policy, 'law')).filter((law) => typeof law === 'string'),
  laws: entriesOf(valueAt(policy, 'laws')).map(([name, law]) => ({
    name,
    title: textAt(law, 'title') ?? name,
    source: textAt(law, 'source') ?? '',
  })),
  data: entriesOf(valueAt(policy, 'data')).map(([name, entry]) => category(name, entry, 'data')),
  purposes: entriesOf(valueAt(policy, 'purposes')).map(([name, entry]) => category(name, entry, 'purpose')),
})
