import { type DraftOf, nameOf } from '../statement.ts'

/** A sentence on use: its purposes are declared with the data they may use; a limit without purposes of its own is kept by name. */
export const draftPurposes: DraftOf = (statement) => {
  if (statement.data.length === 0) return { unbound: 'it names no data that a purpose could use' }
  const name = statement.purposes[0]
  if (name === undefined)
    return {
      unbound:
        statement.modality === 'does not'
          ? 'a bar on use without a named purpose: nothing is declared, so nothing passes'
          : 'it names no purpose of its own',
    }
  return { name: nameOf(name), entry: { uses: [...statement.data], source: [statement.source] } }
}
