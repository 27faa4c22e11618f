import type { Found, Store, StorePreview } from '../connector.ts'
import type { Case } from './case.ts'
import type { Engine } from './engine.ts'
import { foundUnder, type Held, viewOf, withHoldEnd } from './holds.ts'
import { isByHand } from './tasks.ts'

/** What the request would do in one store. A store that cannot do it shows nothing: its part is handed to a person. */
export async function previewOf(
  engine: Engine,
  store: Store,
  { record, sealed }: Case,
  found: Found,
  held?: Held,
): Promise<StorePreview> {
  const { alteration } = sealed
  if (isByHand(record.kind)) return { store: store.map.store, tables: [], shared: [], kept: [], obstacles: [] }
  if (alteration === undefined)
    return withHoldEnd(await viewOf(store, held).preview(foundUnder(found, held), engine.now()), held)
  if (store.previewAlteration !== undefined) return store.previewAlteration(found, alteration)
  return { store: store.map.store, tables: [], shared: [], kept: [], obstacles: [] }
}
