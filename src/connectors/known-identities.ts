import type { Found, FoundIdentity, SoughtIdentity } from '../connector.ts'
import type { Identifier } from '../content/index.ts'
import { namesOnePerson } from '../language/identity-kind.ts'

/** `id` means one table of one store; every other identity means the same person everywhere. */
export function isLocal(identity: string): boolean {
  return identity === 'id' || identity.includes('.')
}

/** A harvested value too short or too plain to stand for one person would take other words out of texts. */
export function tellsSomebody(kind: string, value: string): boolean {
  if (kind === 'name') return value.length >= 2 && /\p{L}/u.test(value)
  return value.length >= 5 && (/\p{L}/u.test(value) || value.replace(/\D/g, '').length >= 6)
}

/** Given and family name in two columns name a person together; one word alone is everybody's. */
export function joinNames(identities: readonly FoundIdentity[]): FoundIdentity[] {
  const words = identities.filter((one) => one.kind === 'name' && !one.strong && !/\s/.test(one.value))
  if (words.length < 2) return [...identities]
  const joined = [...new Set(words.map((one) => one.value))]
  const rest = identities.filter((one) => !words.includes(one))
  return [...rest, { kind: 'name', value: joined.slice(0, 2).join(' '), strong: false }]
}

/** Identities as the proof searches for them: `table.id` is searched as an `id`. */
export function asSought(identities: readonly SoughtIdentity[]): SoughtIdentity[] {
  return identities.map(({ id, kind, value, strong }) => ({
    id,
    kind: kind.slice(kind.lastIndexOf('.') + 1),
    value,
    strong,
  }))
}

/** A mention needs a value that nobody else's text holds by chance. */
export function telling(identity: FoundIdentity): boolean {
  return identity.strong && identity.local !== true && namesOnePerson(identity.value)
}

/** Identities as the redaction of text takes them; `strong`: those that name nobody else in other people's texts. */
export function identifiers(found: Pick<Found, 'identities'>, only: 'strong' | 'all'): Identifier[] {
  return found.identities
    .filter((one) => only === 'all' || (one.strong && namesOnePerson(one.value)))
    .map((one) => ({ kind: one.kind.slice(one.kind.lastIndexOf('.') + 1), value: one.value, strong: one.strong }))
}
