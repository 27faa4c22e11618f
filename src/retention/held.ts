import type { Store } from '../connector.ts'
import type { HeldRows } from '../expiry.ts'
import { type HoldRecord, isActive, type NewHold } from '../records.ts'
import type { Retention } from './retention.ts'

/**
 * Rows of a store that holds leave untouched: the people are looked for anew each time. Undefined where a hold names people
 * and nobody can read whom: then nothing of the store may be touched.
 */
export async function heldRows(retention: Retention, store: Store): Promise<HeldRows[] | undefined> {
  const holds = (await retention.records.holds()).filter((hold) => isActive(hold, retention.now()))
  const rows: HeldRows[] = []
  for (const hold of holds) {
    if (hold.stores.length > 0 && !hold.stores.includes(store.map.store)) continue
    if (hold.identities === 0) {
      rows.push({ data: hold.data })
      continue
    }
    const identities = await retention.records.heldIdentities(hold.id)
    if (identities === undefined) return undefined
    rows.push(...(await heldPeople(store, hold, identities)))
  }
  return rows
}

/** Each identity by itself: one hold may name several people. */
async function heldPeople(store: Store, hold: HoldRecord, identities: NewHold['identities']): Promise<HeldRows[]> {
  const here = identities.filter((one) => one.store === undefined || one.store === store.map.store)
  const asked = here.map(({ kind, value }, index) => ({
    request: `${hold.id}-${index}`,
    identities: [{ kind, value }],
    accept: [],
    reject: [],
  }))
  if (asked.length === 0) return []
  const found = await store.find(asked)
  // The same identity in several tenants: as nobody can tell whose is meant, all are held.
  const tenants = found.map((one) => one.candidates.filter(({ hint }) => hint === 'tenant'))
  const all = tenants.every((list) => list.length === 0)
    ? found
    : await store.find(asked.map((one, index) => ({ ...one, accept: tenants[index] ?? [] })))
  return all.map((one) => ({ found: one, data: hold.data }))
}
