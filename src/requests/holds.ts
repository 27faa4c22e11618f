import type { Found, KeptRow, Store } from '../connector.ts'
import { type HoldRecord, isActive, type NewHold } from '../records.ts'
import type { Engine } from './engine.ts'

// A hold stops the erasure of what it covers, for as long as it lasts (GDPR art. 17(3), 18(2)).

/** What is held of a person in one store: these categories, or, where none is named, everything. */
export interface Held {
  /** As kept fields are told: `hold-` and its ground. */
  readonly name: string
  readonly ground: string
  /** The last day of it, of several the latest. */
  readonly until: string
  readonly data: readonly string[]
}

interface InForce {
  readonly hold: HoldRecord
  /** Undefined where nobody can read any more whom it names: then it may be anybody. */
  readonly identities: NewHold['identities'] | undefined
}

/** All holds that are in force, with whom they name. */
export async function holdsInForce({ records, now }: Engine): Promise<InForce[]> {
  const active = (await records.holds()).filter((hold) => isActive(hold, now()))
  return await Promise.all(
    active.map(async (hold) => ({
      hold,
      identities: hold.identities === 0 ? [] : await records.heldIdentities(hold.id),
    })),
  )
}

/** What of this person the holds cover in a store; undefined where nothing. */
export function heldIn(holds: readonly InForce[], found: Iterable<Found>, store: string): Held | undefined {
  const known = [...found].flatMap(({ identities }) => identities)
  const mine = holds.filter(({ hold, identities }) => {
    if (hold.stores.length > 0 && !hold.stores.includes(store)) return false
    if (hold.identities === 0 || identities === undefined) return true
    return identities.some((one) => known.some((other) => isSame(one, other)))
  })
  const [latest] = mine.map(({ hold }) => hold).toSorted((one, other) => other.until.localeCompare(one.until))
  if (latest === undefined) return undefined
  const all = mine.some(({ hold }) => hold.data.length === 0)
  const data = all ? [] : [...new Set(mine.flatMap(({ hold }) => hold.data))].sort()
  return { name: `hold-${latest.ground}`, ground: latest.ground, until: latest.until, data }
}

/** Letter case is not told apart: to hold too much for a while harms less than to erase what a court asks for. */
function isSame(
  one: { readonly kind: string; readonly value: string },
  other: { kind: string; value: string },
): boolean {
  const kind = other.kind === one.kind || other.kind.endsWith(`.${one.kind}`)
  return kind && other.value.trim().toLowerCase() === one.value.trim().toLowerCase()
}

/** The store as it is asked about somebody under a hold: what is held is kept there by name, whatever its map says. */
export function viewOf(store: Store, held: Held | undefined): Store {
  return held === undefined ? store : store.under({ name: held.name, data: held.data, law: held.ground })
}

/** Where everything is held, texts of others that name the person stay as they are too. */
export function foundUnder(found: Found, held: Held | undefined): Found {
  return held !== undefined && held.data.length === 0 ? { ...found, mentions: [] } : found
}

/** Held fields with the day on which the hold ends. */
export function withHoldEnd<Part extends { readonly kept: readonly KeptRow[] }>(
  part: Part,
  held: Held | undefined,
): Part {
  if (held === undefined) return part
  const kept = part.kept.map((row) => (row.exception === held.name ? { ...row, until: held.until } : row))
  return { ...part, kept }
}

/** The same text for what is held alike. */
export function spellingOf(held: Held | undefined): string {
  return held === undefined ? '' : [held.name, held.until, ...held.data].join('\n')
}
