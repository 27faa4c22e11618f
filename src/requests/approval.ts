import { canonicalJson } from '../base/canonical-json.ts'
import { sha256Hex } from '../base/hash.ts'
import type { Obstacle, StorePreview } from '../connector.ts'
import type { Case } from './case.ts'
import type { Engine } from './engine.ts'
import type { Sight } from './look.ts'
import { type Sealed, type Shown, toJson } from './sealed.ts'
import { storeFaultCode } from './store-fault.ts'

/** A store's live schema by its hash, and why its map does not fit it: nothing is executed there while it does not. */
export interface LiveStore {
  readonly sha256: string
  readonly misfits: readonly Obstacle[]
}

/** How every reachable store stands, by name; read once for many requests. */
export async function liveStores(engine: Engine): Promise<ReadonlyMap<string, LiveStore>> {
  const live = new Map<string, LiveStore>()
  for (const store of engine.stores) {
    try {
      const schema = await store.describe()
      live.set(store.map.store, { sha256: schema.sha256, misfits: engine.misfits?.(store, schema) ?? [] })
    } catch (error) {
      storeFaultCode(error)
    }
  }
  return live
}

/**
 * What an approver is shown, bound to a hash: SHA-256 over the canonical JSON of the policy's, the maps' and the live
 * schemas' hashes, the previews and the accepted candidates.
 */
export function showing(
  engine: Engine,
  sight: Sight,
  { record, sealed: { accept } }: Case,
  live: ReadonlyMap<string, LiveStore>,
): Shown {
  const previews = record.kind === 'erasure' ? sight.previews.map((one) => withMisfits(one, live)) : sight.previews
  const maps: Record<string, string> = {}
  const schemas: Record<string, string> = {}
  for (const { store: name } of previews) {
    maps[name] = engine.stores.find((store) => store.map.store === name)?.map.sha256 ?? ''
    schemas[name] = live.get(name)?.sha256 ?? ''
  }
  const accepted = accept.map(({ store, table, key }) => [store, table, key]).sort(byText)
  const bound = { policy: engine.policy, maps, schemas, previews, accepted }
  return {
    hash: sha256Hex(canonicalJson(toJson(bound))),
    policy: engine.policy,
    maps,
    schemas,
    previews,
    candidates: sight.candidates,
    unreachable: sight.unreachable,
  }
}

/** What has changed since the approver saw it, without looking at the people again: the policy, a map or a live schema. */
export function drift(engine: Engine, { shown }: Sealed, live: ReadonlyMap<string, LiveStore>): string | undefined {
  if (!shown || shown.policy !== engine.policy) return 'the policy'
  for (const store of engine.stores) {
    const name = store.map.store
    if (shown.maps[name] === undefined) continue
    if (shown.maps[name] !== store.map.sha256) return `the map of store ${name}`
    const schema = live.get(name)?.sha256
    if (schema !== undefined && schema !== shown.schemas[name]) return `the live schema of store ${name}`
  }
  return undefined
}

function withMisfits(preview: StorePreview, live: ReadonlyMap<string, LiveStore>): StorePreview {
  const known = new Set(preview.obstacles.map(({ code, table }) => `${code}\n${table}`))
  const misfits = live.get(preview.store)?.misfits ?? []
  const further = misfits.filter(({ code, table }) => !known.has(`${code}\n${table}`))
  return further.length === 0 ? preview : { ...preview, obstacles: [...preview.obstacles, ...further] }
}

function byText(left: readonly string[], right: readonly string[]): number {
  const [a, b] = [left.join('\u0000'), right.join('\u0000')]
  return a < b ? -1 : a > b ? 1 : 0
}
