import type { Found, Store, StorePreview } from '../connector.ts'
import type { Case } from './case.ts'
import type { Engine } from './engine.ts'

/** What the request would do in one store. A store that cannot do it shows nothing: its part is handed to a person. */
export async function previewOf(engine: Engine, store: Store, { sealed }: Case, found: Found): Promise<StorePreview> {
  const { alteration } = sealed
  if (alteration === undefined) return store.preview(found, engine.now())
  if (store.previewAlteration !== undefined) return store.previewAlteration(found, alteration)
  return { store: store.map.store, tables: [], shared: [], kept: [], obstacles: [] }
}
