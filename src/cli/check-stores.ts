import { Fault } from '../language/fault.ts'
import type { LiveSchema } from '../live-schema.ts'
import { checkLive } from '../policy/check.ts'
import { connect, type ReadFiles } from '../workspace/workspace.ts'
import type { Terminal } from './terminal.ts'

/** One store as it was found: its live schema where it could be reached, and what does not fit. */
export interface CheckedStore {
  readonly store: string
  readonly live?: LiveSchema
  readonly faults: readonly Fault[]
}

/** Looks at the live schema of every store, or of the named ones, and holds the map against it. */
export async function checkStores(
  terminal: Terminal,
  files: ReadFiles,
  names?: readonly string[],
): Promise<CheckedStore[]> {
  const { stores, unopened } = await connect(terminal, files)
  const wanted = (name: string) => names === undefined || names.includes(name)
  const checked: CheckedStore[] = unopened
    .filter(({ store }) => wanted(store))
    .map(({ store, fault }) => ({ store, faults: [fault] }))
  try {
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
  } finally {
    for (const store of stores) await store.close().catch(() => undefined)
  }
  return checked.sort((left, right) => left.store.localeCompare(right.store, 'en'))
}
