import { open } from '../../commitments/statement.ts'
import { fideslangLine } from '../../language/fideslang.ts'
import { categoryNames, isOfSystem } from './names.ts'

/** How keys of Fideslang are called in a policy: which of its categories, or an open question. */
export interface Categories {
  /** `none`, the name of a category, or a value that asks. */
  of(keys: readonly string[], place: string): string
}

/** Categories of a policy that is there: by their terms. */
export const declaredCategories = (data: readonly { readonly name: string; readonly is: string }[]): Categories => ({
  of: (keys, place) => {
    const personal = keys.filter((key) => !isOfSystem(key))
    if (keys.length === 0)
      return open(`what does ${place} hold? The dataset does not say; a category of the policy, or none`)
    if (personal.length === 0) return 'none'
    const lines = personal.map((key) => ({ key, line: fideslangLine('data', key) }))
    const found = [
      ...new Set(lines.flatMap(({ line }) => data.filter(({ is }) => is === line?.term).map(({ name }) => name))),
    ]
    const shown = lines.map(({ key, line }) => (line?.term === undefined ? key : `${key} (${line.term})`)).join(', ')
    const [only] = found
    if (
      only !== undefined &&
      found.length === 1 &&
      lines.every(({ line }) => line !== undefined && line.sure !== 'guess')
    )
      return only
    const choice = found.length === 0 ? 'declare a category for it under data' : `perhaps ${found.join(' or ')}`
    return open(`which category of the policy is ${shown}? ${choice}`)
  },
})

/** Categories of a policy that is drafted from the same file: by their keys. */
export const draftedCategories = (keys: Iterable<string>): Categories => {
  const names = categoryNames([...keys].filter((key) => !isOfSystem(key)))
  return {
    of: (written, place) => {
      if (written.length === 0) return open(`what does ${place} hold? The dataset does not say; a category, or none`)
      const personal = [...new Set(written.flatMap((key) => (isOfSystem(key) ? [] : [names.get(key) ?? key])))]
      const [only = 'none'] = personal
      return personal.length < 2 ? only : open(`which one category is it: ${personal.join(', ')}?`)
    },
  }
}
