import { nameOf } from '../../commitments/statement.ts'
import { datasetKeys } from './draft-fields.ts'
import { purposeName } from './purposes.ts'
import type { FideslangDataset, FideslangDeclaration, FideslangSystem } from './vocabulary.ts'

/** One purpose with every declaration that names it. */
export interface Use {
  readonly name: string
  readonly key: string
  readonly declarations: readonly FideslangDeclaration[]
  /** Datasets it works on. */
  readonly datasets: readonly string[]
}

/** Purposes of systems, in the order of the files. */
export const usesOf = (systems: readonly FideslangSystem[]): readonly Use[] => {
  const uses = new Map<string, Use>()
  const declared = systems.flatMap((system) =>
    system.privacy_declarations.map((declaration) => ({
      declaration,
      datasets: declaration.dataset_references ?? system.dataset_references ?? [],
    })),
  )
  for (const { declaration, datasets } of declared) {
    const name = purposeName(declaration)
    // Two uses of one name are two purposes.
    const same = uses.get(name)
    const own =
      same === undefined || same.key === declaration.data_use ? name : nameOf(`${name}-${declaration.data_use}`)
    const before = uses.get(own)
    uses.set(own, {
      name: own,
      key: declaration.data_use,
      declarations: [...(before?.declarations ?? []), declaration],
      datasets: [...(before?.datasets ?? []), ...datasets],
    })
  }
  return [...uses.values()]
}

/** A key stands for those below it too: what the datasets of a use hold below a key that it declares, it uses. */
export const keysUsed = ({ declarations, datasets }: Use, all: readonly FideslangDataset[]): readonly string[] => {
  const declared = declarations.flatMap((declaration) => declaration.data_categories)
  const held = all.filter(({ fides_key }) => datasets.includes(fides_key)).flatMap(datasetKeys)
  return [...declared, ...held.filter((key) => declared.some((above) => key.startsWith(`${above}.`)))]
}
