import type { FoundIdentity, SoughtIdentity } from '../../connector.ts'
import type { StoreMap } from '../../language/store-map.ts'

/** Identities of one person under names that may be told: kind and number, never the value. */
export interface Named {
  readonly name: string
  readonly identity: FoundIdentity
  /** Why it is not searched for as text, when it is not. */
  readonly skipped: boolean
}

/**
 * Every identity of a person, supplied and harvested, named `email#1`, `email#2` … A number that counts rows in one
 * store (`id`) is no text of the person's: links to it are verified instead; nor is the name of a tenant theirs.
 */
export function nameIdentities(identities: readonly FoundIdentity[], map: StoreMap): readonly Named[] {
  const tenants = new Set(['tenant', ...map.tables.flatMap(({ within }) => (within === undefined ? [] : [within]))])
  const counts = new Map<string, number>()
  const seen = new Set<string>()
  const named: Named[] = []
  for (const identity of identities) {
    const spelling = `${identity.kind}\u0000${identity.value}`
    if (tenants.has(identity.kind) || seen.has(spelling)) continue
    seen.add(spelling)
    const number = (counts.get(identity.kind) ?? 0) + 1
    counts.set(identity.kind, number)
    const rowNumber = identity.local === true && (/^\d+$/.test(identity.value) || identity.value.length < 8)
    named.push({ name: `${identity.kind}#${number}`, identity, skipped: rowNumber })
  }
  return named
}

/** The identities of several people for one search: the id tells whose each is. */
export function soughtOf(person: number, named: readonly Named[]): SoughtIdentity[] {
  return named.filter(({ skipped }) => !skipped).map(({ name, identity }) => ({ ...identity, id: `${person}/${name}` }))
}

/** Person and name of a sought identity's id. */
export function readSoughtId(id: string): { readonly person: number; readonly name: string } {
  const slash = id.indexOf('/')
  return { person: Number(id.slice(0, slash)), name: id.slice(slash + 1) }
}
