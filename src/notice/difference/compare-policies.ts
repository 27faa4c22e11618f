import { type Comparison, list, neither, use, value } from '../../commitments/comparison.ts'
import { comparisons } from '../../commitments/comparisons.ts'
import { commitmentKinds } from '../../commitments/index.ts'
import type { Policy } from '../../policy/policy.ts'
import { compareEntries } from './compare-entries.ts'
import { contentOf, type PolicyContent } from './content.ts'
import type { Difference } from './difference.ts'
import { undoRenames } from './renames.ts'

/** The blocks of the language beside the sixteen kinds, compared by the same rules. */
const controller: Comparison = { form: () => neither('controller'), keys: {}, topic: 'other', renamed: false }
const law: Comparison = {
  form: () => neither('law'),
  keys: {
    law: list('law that applies', 'narrower', {
      why: ['people have the protection of one law more', 'the policy no longer names that law'],
    }),
  },
  topic: 'other',
  renamed: false,
}
const laws: Comparison = {
  form: () => neither('cited law'),
  keys: { title: value('title'), source: value('source') },
  topic: 'other',
  renamed: true,
}
const data: Comparison = {
  form: () => use('data category', 'data'),
  keys: {
    is: list('meaning of the category', 'wider', {
      topic: 'data',
      why: ['it stands for other data', 'it no longer stands for that data'],
    }),
  },
  topic: 'data',
  renamed: false,
}

/**
 * What changed between two policies, commitment by commitment, in the order of the notice: wider, narrower or neutral for
 * the person whose data it is. Other words, comments, order, sources and spellings are no difference. Holding them the
 * other way round swaps wider and narrower.
 */
export const comparePolicies = (before: Policy, after: Policy): readonly Difference[] => {
  const then = contentOf(before)
  const { after: now, differences } = undoRenames(then, contentOf(after))
  return [...differences, ...compareContents(then, now)]
}

const compareContents = (before: PolicyContent, after: PolicyContent): readonly Difference[] => {
  const tell = (category: string): string => after.dataWords.get(category) ?? before.dataWords.get(category) ?? category
  const block = (name: string, comparison: Comparison, then: PolicyContent['data'] | object, now: object) =>
    compareEntries(name, comparison, then as PolicyContent['data'], now as PolicyContent['data'], tell)
  return [
    ...unnamed(block('', controller, { controller: before.controller }, { controller: after.controller })),
    ...unnamed(block('', law, { law: { law: before.law } }, { law: { law: after.law } })),
    ...block('laws', laws, before.laws, after.laws),
    ...block('data', data, before.data, after.data),
    ...commitmentKinds.flatMap(({ key }) =>
      compareEntries(key, comparisons[key], before.kinds[key], after.kinds[key], tell),
    ),
  ]
}

/** Blocks that hold no entries are told by their own name: `controller`, `law`. */
const unnamed = (differences: readonly Difference[]): readonly Difference[] =>
  differences.map((one) => ({ ...one, commitment: one.commitment.slice(1) }))
