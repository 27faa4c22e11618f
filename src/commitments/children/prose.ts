import { common, type DraftOf, listed } from '../statement.ts'

/** A sentence on minors: the gate, what is not collected, what is erased, what parents do. */
export const draftChildren: DraftOf = (statement) => {
  const name = statement.modality === 'does not' ? 'gate' : statement.human ? 'parents' : 'discovery'
  return {
    name,
    entry: {
      ...(statement.age[0]?.term === undefined ? {} : { under: Number(statement.age[0].term) }),
      ...listed('data', statement.data),
      ...common(statement),
    },
  }
}
