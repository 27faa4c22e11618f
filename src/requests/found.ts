import type { Found, FoundIdentity, Identity, RowRef } from '../connector.ts'
import type { AskedIdentity } from './sealed.ts'

/** One spelling for an identity, to compare and count; values are not folded: that is the store's to know. */
export function identityKey({ kind, value }: Identity): string {
  return `${kind}\u0000${value}`
}

/** Identities that were supplied for every store or for this one. */
export function suppliedTo(store: string, identities: readonly AskedIdentity[]): Identity[] {
  return identities
    .filter((identity) => identity.store === undefined || identity.store === store)
    .map(({ kind, value }) => ({ kind, value }))
}

/** Everything that either knows of the person; `strong` wins over weak, what is local to one stays local. */
export function unionFound(left: Found, right: Found): Found {
  const tenants = [...new Set([...(left.tenants ?? []), ...(right.tenants ?? [])])]
  return {
    request: left.request,
    persons: unionRows(left.persons, right.persons),
    links: unionLinks(left.links, right.links),
    identities: unionIdentities(left.identities, right.identities),
    mentions: unionRows(left.mentions, right.mentions),
    candidates: left.candidates.length > 0 ? left.candidates : right.candidates,
    ...(tenants.length > 0 ? { tenants } : {}),
  }
}

function unionRows(left: readonly RowRef[], right: readonly RowRef[]): readonly RowRef[] {
  if (right.length === 0) return left
  const rows = new Map<string, RowRef>()
  for (const row of [...left, ...right]) rows.set(`${row.table}\u0000${row.key}`, row)
  return [...rows.values()]
}

function unionLinks(left: Found['links'], right: Found['links']): Found['links'] {
  const links: Record<string, readonly string[]> = { ...left }
  for (const [place, values] of Object.entries(right)) {
    links[place] = [...new Set([...(links[place] ?? []), ...values])]
  }
  return links
}

function unionIdentities(left: readonly FoundIdentity[], right: readonly FoundIdentity[]): readonly FoundIdentity[] {
  if (right.length === 0) return left
  const identities = new Map<string, FoundIdentity>()
  for (const identity of [...left, ...right]) {
    const key = identityKey(identity)
    const known = identities.get(key)
    if (!known || (identity.strong && !known.strong)) identities.set(key, identity)
  }
  return [...identities.values()]
}
