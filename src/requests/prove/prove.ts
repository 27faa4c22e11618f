import { boundary } from '../../base/boundary.ts'
import type { CellHit, Found, KeptRow, RowClocks, RowOwner, RowRef, SearchResult, Store } from '../../connector.ts'
import { namesOnePerson } from '../../language/identity-kind.ts'
import { classify, type Evidence, type ResidualClass } from './classify.ts'
import { isUnderKeep } from './keep.ts'
import { type Named, nameIdentities, readSoughtId, soughtOf } from './sought.ts'

// Guarantee 6: nothing here is shared with the execution. The store is described, searched and asked for owners anew.

/** One person whose erasure in a store is to be proven. */
export interface ToProve {
  readonly request: string
  /** As found before the erasure, with the identities of all stores. */
  readonly found: Found
  readonly kept: readonly KeptRow[]
  /** When the erasure was approved. */
  readonly approvedAt: Date
}

export interface ProvenResidual {
  readonly class: ResidualClass
  readonly table: string
  readonly column: string
  readonly key: string
  readonly encoding: string
  readonly identity: string
}

export interface StoreProof {
  readonly residual: readonly ProvenResidual[]
  readonly cells: number
  readonly bytes: number
  readonly unread: SearchResult['unread']
  readonly notSearched: readonly string[]
}

const OWNERS_AT_ONCE = 5000

/** Reads every cell of the store once for all these people and classes what is left of each. */
export async function proveIn(
  store: Store,
  people: readonly ToProve[],
  progress?: (read: { cells: number; bytes: number }) => void,
): Promise<ReadonlyMap<string, StoreProof>> {
  const named = people.map(({ found }) => nameIdentities(found.identities, store.map))
  boundary('prove.before-search')
  const sought = named.flatMap((names, person) => soughtOf(person, names))
  const result = await store.search(sought, progress)
  boundary('prove.after-search')
  const owners = await ownersOf(store, result.hits)
  const tenants = await tenantsOf(store, result.hits)
  const clocks = await clocksOf(store, result.hits)
  const { exceptions } = store
  const { zone } = store.map
  const proofs = people.map((person, index) => {
    const names = new Map((named[index] as readonly Named[]).map((one) => [one.name, one]))
    const notSearched = [...names.values()].filter(({ skipped }) => skipped).map(({ name }) => name)
    return { person, names, residual: new Map<string, ProvenResidual>(), notSearched }
  })
  for (const id of result.notSearched) {
    const { person, name } = readSoughtId(id)
    proofs[person]?.notSearched.push(name)
  }
  for (const hit of result.hits) {
    const { person, name } = readSoughtId(hit.identity)
    const proof = proofs[person]
    const identity = proof?.names.get(name)?.identity
    if (!proof || identity === undefined) continue
    // A key that is a common word elsewhere (a short login), or that stands there with a +tag, links nobody there.
    const telling = identity.local === true || namesOnePerson(identity.value)
    const strong = identity.strong && telling && hit.tag !== true
    const { found, kept, approvedAt: at } = proof.person
    const told = clocks.get(placeOf(hit)) ?? {}
    const ownersHere = owners.get(placeOf(hit)) ?? []
    const tenant = tenants.get(placeOf(hit))
    const undecided = found.tenants === undefined && found.candidates.some(({ hint }) => hint === 'tenant')
    const elsewhere: Evidence['elsewhere'] =
      tenant === undefined || (tenant !== null && found.tenants?.includes(tenant))
        ? undefined
        : undecided
          ? 'ambiguous'
          : 'other-person'
    const evidence: Evidence = {
      map: store.map,
      persons: found.persons,
      kept,
      holds: (field) => isUnderKeep(field, told, { exceptions, zone, at }),
      strong,
      local: identity.local === true || isBare(identity.value),
      ...(elsewhere ? { elsewhere } : {}),
      owners: ownersHere,
    }
    const known = classify(hit, evidence)
    // Her other mailbox, or a stranger's: who approves knows, and names it as hers or leaves it.
    const decided = known === 'missed' && hit.tag === true ? 'ambiguous' : known
    const residual = { class: decided, ...placeIn(hit), identity: name }
    proof.residual.set([placeOf(hit), hit.column, hit.encoding, name].join('\u0000'), residual)
  }
  const { cells, bytes, unread } = result
  return new Map(
    proofs.map(({ person, residual, notSearched }) => [
      person.request,
      { residual: [...residual.values()], cells, bytes, unread, notSearched },
    ]),
  )
}

/** A number or UUID that only links rows names nobody once its record does not. */
function isBare(value: string): boolean {
  return /^(\d{1,18}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})$/i.test(value.trim())
}

function placeIn({ table, column, key, encoding }: CellHit) {
  return { table, column, key, encoding }
}

async function ownersOf(store: Store, hits: readonly CellHit[]): Promise<ReadonlyMap<string, readonly RowOwner[]>> {
  const mapped = new Set(store.map.tables.map(({ table }) => table))
  const rows = new Map<string, RowRef>()
  for (const { table, key } of hits) if (mapped.has(table)) rows.set(placeOf({ table, key }), { table, key })
  const owners = new Map<string, RowOwner[]>()
  const all = [...rows.values()]
  for (let start = 0; start < all.length; start += OWNERS_AT_ONCE) {
    for (const owner of await store.owners(all.slice(start, start + OWNERS_AT_ONCE))) {
      const place = placeOf(owner)
      const known = owners.get(place)
      if (known) known.push(owner)
      else owners.set(place, [owner])
    }
  }
  return owners
}

/** The tenant of each hit's row, where the store has tenants. */
async function tenantsOf(store: Store, hits: readonly CellHit[]): Promise<ReadonlyMap<string, string | null>> {
  const within = new Set(store.map.tables.filter((one) => one.within !== undefined).map(({ table }) => table))
  const rows = hits.filter(({ table }) => within.has(table)).map(({ table, key }) => ({ table, key }))
  if (rows.length === 0) return new Map()
  return new Map((await store.tenants(rows)).map((row) => [placeOf(row), row.tenant]))
}

/** The clocks of each hit's row, where a field that an exception may keep was hit. */
async function clocksOf(store: Store, hits: readonly CellHit[]): Promise<ReadonlyMap<string, RowClocks['clocks']>> {
  const kept = new Set(
    store.map.tables.flatMap(({ table, fields }) =>
      fields.flatMap(({ keep, column }) => (keep === undefined ? [] : [`${table}\u0000${column.column}`])),
    ),
  )
  const rows = new Map<string, RowRef>()
  for (const { table, key, column } of hits) {
    if (kept.has(`${table}\u0000${column}`)) rows.set(placeOf({ table, key }), { table, key })
  }
  if (rows.size === 0) return new Map()
  return new Map((await store.clocks([...rows.values()])).map((row) => [placeOf(row), row.clocks]))
}

function placeOf({ table, key }: RowRef): string {
  return `${table}\u0000${key}`
}
