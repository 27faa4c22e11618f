import { evidenceName, fact } from '../language/facts.ts'
import { Fault } from '../language/fault.ts'
import type { Fact } from '../ledger.ts'
import type { LiveSchema } from '../live-schema.ts'
import { checkLive } from '../policy/check.ts'
import type { Surroundings } from './surroundings.ts'
import { type Connected, connect, type ReadFiles } from './workspace.ts'

/** One store as it was found: its live schema where it could be reached, and what does not fit. */
export interface CheckedStore {
  readonly store: string
  readonly live?: LiveSchema
  readonly faults: readonly Fault[]
}

/** Looks at the live schema of every store, or of the named ones, and holds the map against it. */
export async function checkStores(
  surroundings: Surroundings,
  files: ReadFiles,
  names?: readonly string[],
): Promise<CheckedStore[]> {
  const connected = await connect(surroundings, files)
  try {
    return await checkConnected(connected, files, names)
  } finally {
    for (const store of connected.stores) await store.close().catch(() => undefined)
  }
}

/** The same for stores that are open already; they stay so. */
export async function checkConnected(
  { stores, unopened }: Connected,
  files: ReadFiles,
  names?: readonly string[],
): Promise<CheckedStore[]> {
  const wanted = (name: string) => names === undefined || names.includes(name)
  const checked: CheckedStore[] = unopened
    .filter(({ store }) => wanted(store))
    .map(({ store, fault }) => ({ store, faults: [fault] }))
  for (const store of stores) {
    const { map, capabilities } = store
    if (!wanted(map.store)) continue
    try {
      const live = await store.describe()
      const siblings = files.maps.filter((other) => other !== map && other.connect.read === map.connect.read)
      checked.push({ store: map.store, live, faults: checkLive(files.plan, map, live, capabilities, siblings) })
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      checked.push({ store: map.store, faults: [error] })
    }
  }
  return checked.sort((left, right) => left.store.localeCompare(right.store, 'en'))
}

/** What was found, as evidence: counts by code. */
export function checkedFact({ store, live, faults }: CheckedStore): Fact {
  const counts = new Map<string, number>()
  for (const { code } of faults) counts.set(code, (counts.get(code) ?? 0) + 1)
  return fact('store.checked/1', {
    store: evidenceName(store),
    ...(live ? { schema: live.sha256 } : {}),
    reachable: live !== undefined,
    findings: [...counts].map(([code, count]) => ({ code, count })),
  })
}
