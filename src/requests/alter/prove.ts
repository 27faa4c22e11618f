import type { Alteration, OldValues } from '../../alteration.ts'
import type { Found, RowOwner, SoughtIdentity, Store } from '../../connector.ts'
import { identityKind } from '../../language/identity-kind.ts'
import type { StoreProof } from '../prove/prove.ts'
import { classifyOld } from './classify.ts'

const OWNERS_AT_ONCE = 5000

/**
 * Reads the store again: cells and rows that are not as the alteration wants them, and, after a correction, every cell of
 * every table in which an old value still stands.
 */
export async function proveAlteration(
  store: Store,
  found: Found,
  alteration: Alteration,
  old: OldValues,
): Promise<StoreProof> {
  const left = (await store.unaltered?.(found, alteration, old)) ?? []
  const subject = alteration.is === 'stop' ? alteration.purpose : 'new value'
  const missed = left.map(({ table, key, column = '*' }) => ({
    class: 'missed' as const,
    table,
    column,
    key,
    encoding: 'raw',
    identity: subject,
  }))
  if (alteration.is === 'stop') return { residual: missed, cells: 0, bytes: 0, unread: [], notSearched: [] }
  const sought = soughtOf(alteration.values, old)
  const result = await store.search(sought)
  const mapped = new Set(store.map.tables.map(({ table }) => table))
  const rows = result.hits.filter(({ table }) => mapped.has(table)).map(({ table, key }) => ({ table, key }))
  const owners = new Map<string, RowOwner[]>()
  for (let start = 0; start < rows.length; start += OWNERS_AT_ONCE) {
    for (const owner of await store.owners(rows.slice(start, start + OWNERS_AT_ONCE))) {
      const place = `${owner.table}\n${owner.key}`
      owners.set(place, [...(owners.get(place) ?? []), owner])
    }
  }
  const told = result.hits.flatMap((hit) => {
    const category = hit.identity.slice(0, hit.identity.indexOf('#'))
    const known = classifyOld(hit, store.map, category, found.persons, owners.get(`${hit.table}\n${hit.key}`) ?? [])
    if (known === undefined) return []
    const { table, column, key, encoding, identity } = hit
    return [{ class: known, table, column, key, encoding, identity: `old ${identity}` }]
  })
  const residual = new Map(
    [...missed, ...told].map((one) => [[one.table, one.key, one.column, one.identity].join('\n'), one]),
  )
  const { cells, bytes, unread, notSearched } = result
  return { residual: [...residual.values()], cells, bytes, unread, notSearched }
}

/** Old values under names that may be told; one that the new value repeats is not outdated. */
function soughtOf(values: Readonly<Record<string, string>>, old: OldValues): SoughtIdentity[] {
  return Object.entries(old).flatMap(([category, list]) => {
    const kind = identityKind(category) ?? 'text'
    return list
      .filter((value) => value.trim() !== '' && value !== values[category])
      .map((value, index) => ({ id: `${category}#${index + 1}`, kind, value, strong: false }))
  })
}
