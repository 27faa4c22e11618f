import { common, type DraftOf, listed } from '../statement.ts'

/** A sentence on devices: what is read from them, and what is done to them. */
export const draftDevices: DraftOf = (statement) => ({
  name: statement.label === 'remote-wipe-control' ? 'remote-control' : 'telemetry',
  entry: {
    ...(statement.modality === 'does not' ? { never: [...statement.data] } : listed('data', statement.data)),
    ...listed('for', statement.purposes),
    ...common(statement),
  },
})
