import { canonicalJson } from '../base/canonical-json.ts'
import { sha256Hex } from '../base/hash.ts'
import type { Engine } from './engine.ts'
import type { Sight } from './look.ts'
import { type Sealed, type Shown, type StoreRow, toJson } from './sealed.ts'
import { storeFaultCode } from './store-fault.ts'

/** SHA-256 of the live schema of every reachable store, by name; read once for many requests. */
export async function liveSchemas(engine: Engine): Promise<ReadonlyMap<string, string>> {
  const schemas = new Map<string, string>()
  for (const store of engine.stores) {
    try {
      schemas.set(store.map.store, (await store.describe()).sha256)
    } catch (error) {
      storeFaultCode(error)
    }
  }
  return schemas
}

/**
 * What an approver is shown, bound to a hash: SHA-256 over the canonical JSON of the policy's, the maps' and the live
 * schemas' hashes, the previews and the accepted candidates.
 */
export function showing(
  engine: Engine,
  sight: Sight,
  accept: readonly StoreRow[],
  live: ReadonlyMap<string, string>,
): Shown {
  const maps: Record<string, string> = {}
  const schemas: Record<string, string> = {}
  for (const { store: name } of sight.previews) {
    maps[name] = engine.stores.find((store) => store.map.store === name)?.map.sha256 ?? ''
    schemas[name] = live.get(name) ?? ''
  }
  const accepted = accept.map(({ store, table, key }) => [store, table, key]).sort(byText)
  const bound = { policy: engine.policy, maps, schemas, previews: sight.previews, accepted }
  return {
    hash: sha256Hex(canonicalJson(toJson(bound))),
    policy: engine.policy,
    maps,
    schemas,
    previews: sight.previews,
    candidates: sight.candidates,
    unreachable: sight.unreachable,
  }
}

/** What has changed since the approver saw it, without looking at the people again: the policy, a map or a live schema. */
export function drift(engine: Engine, { shown }: Sealed, live: ReadonlyMap<string, string>): string | undefined {
  if (!shown || shown.policy !== engine.policy) return 'the policy'
  for (const store of engine.stores) {
    const name = store.map.store
    if (shown.maps[name] === undefined) continue
    if (shown.maps[name] !== store.map.sha256) return `the map of store ${name}`
    const schema = live.get(name)
    if (schema !== undefined && schema !== shown.schemas[name]) return `the live schema of store ${name}`
  }
  return undefined
}

function byText(left: readonly string[], right: readonly string[]): number {
  const [a, b] = [left.join('\u0000'), right.join('\u0000')]
  return a < b ? -1 : a > b ? 1 : 0
}
