import { fideslangData, widerFideslangData } from './fideslang-data.ts'
import { fideslangUses, widerFideslangUses } from './fideslang-uses.ts'

/** How sure it is that a key of Fideslang and a term of DPV mean the same; `guess` waits for a person. */
export type Sureness = 'same' | 'near' | 'wider' | 'guess'

/** One line of the mapping between Fideslang and DPV. */
export interface FideslangLine {
  readonly key: string
  /** DPV CURIE; undefined: no personal data. */
  readonly term?: string
  readonly sure: Sureness
  /** The key that took its place in Fideslang. */
  readonly now?: string
}

const linesOf = (table: string): readonly FideslangLine[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [key = '', term = '-', sure = 'guess', now] = line.split(/\s+/)
      return {
        key,
        ...(term === '-' ? {} : { term }),
        sure: sure as Sureness,
        ...(now === undefined ? {} : { now }),
      }
    })

const widerOf = (table: string): ReadonlyMap<string, string> =>
  new Map(
    table
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [key = '', ...terms] = line.split(/\s+/)
        return terms.map((term) => [term, key] as const)
      }),
  )

/** The mapping, by position in a policy; keys of earlier versions too. */
export const fideslangLines: Readonly<Record<'data' | 'purpose', readonly FideslangLine[]>> = {
  data: linesOf(fideslangData),
  purpose: linesOf(fideslangUses),
}

const wider: Readonly<Record<'data' | 'purpose', ReadonlyMap<string, string>>> = {
  data: widerOf(widerFideslangData),
  purpose: widerOf(widerFideslangUses),
}

const byKey: Readonly<Record<'data' | 'purpose', ReadonlyMap<string, FideslangLine>>> = {
  data: new Map(fideslangLines.data.map((line) => [line.key, line])),
  purpose: new Map(fideslangLines.purpose.map((line) => [line.key, line])),
}

/** The line of a key, if Fideslang knows it. */
export const fideslangLine = (position: 'data' | 'purpose', key: string): FideslangLine | undefined =>
  byKey[position].get(key)

const termsOf = (position: 'data' | 'purpose'): Readonly<Record<string, string>> =>
  Object.fromEntries(fideslangLines[position].flatMap(({ key, term }) => (term === undefined ? [] : [[key, term]])))

/** Keys of the Fideslang taxonomy and the DPV term that says the same, for policies that come from there. */
export const fideslangTerms: Readonly<Record<'data' | 'purpose', Readonly<Record<string, string>>>> = {
  data: termsOf('data'),
  purpose: termsOf('purpose'),
}

const order: readonly Sureness[] = ['same', 'near', 'wider', 'guess']

/** The current Fideslang key that says a DPV term best, and how sure that is; undefined where none is near. */
export const fideslangKey = (
  position: 'data' | 'purpose',
  term: string,
): { readonly key: string; readonly sure: Sureness } | undefined => {
  const found = fideslangLines[position]
    .filter((line) => line.term === term && line.now === undefined)
    .toSorted((left, right) => order.indexOf(left.sure) - order.indexOf(right.sure))[0]
  if (found !== undefined && found.sure !== 'guess') return { key: found.key, sure: found.sure }
  const above = wider[position].get(term)
  if (above !== undefined) return { key: above, sure: 'wider' }
  return found === undefined ? undefined : { key: found.key, sure: found.sure }
}
