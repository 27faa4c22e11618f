import { nameOf } from '../../commitments/statement.ts'
import { fideslangLine } from '../../language/fideslang.ts'
import { name } from '../../language/terms.ts'
import type { FideslangDeclaration, FideslangSystem } from './vocabulary.ts'

/** What a declaration is called in a policy: its own name, else the last words of its data use. */
export const purposeName = ({ name: own, data_use }: FideslangDeclaration): string => {
  const written = name.safeParse(own)
  return written.success ? written.data : nameOf(own ?? data_use.split('.').slice(-2).join('-'))
}

const declarationsOf = (dataset: string, systems: readonly FideslangSystem[]): readonly FideslangDeclaration[] =>
  systems.flatMap((system) => {
    const named = system.privacy_declarations.filter((one) => one.dataset_references?.includes(dataset))
    return named.length > 0 || !system.dataset_references?.includes(dataset) ? named : system.privacy_declarations
  })

/** Purposes of a policy for which systems use a dataset: by their names, else by the term of the data use. */
export const purposesOf = (
  dataset: string,
  systems: readonly FideslangSystem[],
  declared: readonly { readonly name: string; readonly is: string }[],
): readonly string[] => [
  ...new Set(
    declarationsOf(dataset, systems).flatMap((declaration) => {
      const name = purposeName(declaration)
      const same = declared.find((purpose) => purpose.name === name || purpose.name === declaration.name)
      const term = fideslangLine('purpose', declaration.data_use)?.term
      const found = same === undefined ? declared.filter((purpose) => purpose.is === term) : [same]
      return found.length === 1 ? found.map((purpose) => purpose.name) : []
    }),
  ),
]

/** The part one has in a dataset: processor where every system that uses it says so and nothing else. */
export const roleIn = (dataset: string, systems: readonly FideslangSystem[]): 'processor' | undefined => {
  const using = systems.filter(
    (system) =>
      system.dataset_references?.includes(dataset) ||
      system.privacy_declarations.some((declaration) => declaration.dataset_references?.includes(dataset)),
  )
  const parts = using.map((system) => system.responsibility ?? [])
  return parts.length > 0 && parts.every((said) => said.length > 0 && said.every((part) => part !== 'Controller'))
    ? 'processor'
    : undefined
}
