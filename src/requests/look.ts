import type { Found, FoundIdentity, Identity, Store, StorePreview, Subject } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import { seeAgain } from './again.ts'
import type { Case } from './case.ts'
import { CHUNK_PEOPLE, type Engine, storeNamed } from './engine.ts'
import { identityKey, suppliedTo, unionFound } from './found.ts'
import { type Held, heldIn, holdsInForce } from './holds.ts'
import { previewOf } from './preview.ts'
import { resultOf } from './report.ts'
import type { StoreCandidate } from './sealed.ts'
import { storeFaultCode } from './store-fault.ts'

/** What is seen of one person in all stores of the request. */
export interface Sight {
  readonly found: Readonly<Record<string, Found>>
  readonly previews: readonly StorePreview[]
  readonly candidates: readonly StoreCandidate[]
  readonly unreachable: readonly { readonly store: string; readonly code: string }[]
  /** By store: what a hold keeps an erasure from. */
  readonly held: Readonly<Record<string, Held>>
}

/** More rounds than stores that lead to one another in a real vendor; a map that links everybody would never end. */
const MAX_ROUNDS = 8

interface Searching {
  readonly one: Case
  readonly found: Map<string, Found>
  /** The identities a store was last asked with, so that it is asked again only with new ones. */
  readonly asked: Map<string, string>
}

/**
 * Finds the people in all their stores until nothing new is found: an identity that is not local to its store opens
 * the next. A store that cannot be reached is named, the others go on. Fault `request.endless` when it does not end.
 */
export async function look(engine: Engine, cases: readonly Case[]): Promise<ReadonlyMap<string, Sight>> {
  const people = cases.map((one): Searching => ({ one, found: executedFound(one), asked: new Map() }))
  const down = new Map<string, string>(engine.unopened.map(({ store, code }) => [store, code]))
  for (let round = 0; ; round += 1) {
    if (round === MAX_ROUNDS) throw endless()
    const asked = await Promise.all(engine.stores.map((store) => findIn(engine, store, people, down)))
    if (!asked.includes(true)) break
  }
  const sights = new Map<string, Sight>()
  const holds = people.some(({ one }) => one.record.kind === 'erasure') ? await holdsInForce(engine) : []
  for (const person of people) sights.set(person.one.record.id, await sightOf(engine, person, down, holds))
  return sights
}

/** Asks one store about everybody for whom there is something new to ask; false when there is nobody. */
async function findIn(
  engine: Engine,
  store: Store,
  people: readonly Searching[],
  down: Map<string, string>,
): Promise<boolean> {
  const name = store.map.store
  if (down.has(name)) return false
  const open: { person: Searching; subject: Subject; spelling: string }[] = []
  for (const person of people) {
    if (!isToFind(person.one, name)) continue
    const subject = subjectFor(person, store)
    const spelling = subject.identities.map(identityKey).sort().join('\n')
    if (person.asked.get(name) !== spelling) open.push({ person, subject, spelling })
  }
  const chunk = engine.chunkPeople ?? CHUNK_PEOPLE
  try {
    for (let start = 0; start < open.length; start += chunk) {
      engine.progress?.({ act: 'look', store: name, done: start, of: open.length })
      const part = open.slice(start, start + chunk)
      const found = await store.find(part.map(({ subject }) => subject))
      part.forEach(({ person, spelling }, index) => {
        const answer = found[index]
        if (!answer) throw new Error('a store answered for fewer people than it was asked')
        person.asked.set(name, spelling)
        person.found.set(name, answer)
      })
    }
  } catch (error) {
    down.set(name, storeFaultCode(error))
  }
  return open.length > 0
}

/** The supplied identities that mean something in this store, and what the other stores know of the person. */
function subjectFor(person: Searching, store: Store): Subject {
  const name = store.map.store
  const { identities, accept, reject } = person.one.sealed
  const known = new Map<string, Identity>()
  for (const identity of suppliedTo(name, identities)) known.set(identityKey(identity), identity)
  for (const [other, found] of person.found) {
    if (other === name) continue
    for (const { kind, value, strong, local } of found.identities) {
      if (strong && !local) known.set(identityKey({ kind, value }), { kind, value })
    }
  }
  return {
    request: person.one.record.id,
    identities: [...known.values()],
    accept: accept.filter((row) => row.store === name).map(({ table, key }) => ({ table, key })),
    reject: reject.filter((row) => row.store === name).map(({ table, key }) => ({ table, key })),
  }
}

async function sightOf(
  engine: Engine,
  person: Searching,
  down: ReadonlyMap<string, string>,
  holds: Parameters<typeof heldIn>[0],
): Promise<Sight> {
  const found: Record<string, Found> = {}
  const previews: StorePreview[] = []
  const candidates: StoreCandidate[] = []
  const unreachable: { store: string; code: string }[] = []
  const held: Record<string, Held> = {}
  for (const step of person.one.record.steps) {
    const name = step.store
    const store = storeNamed(engine, name)
    const own = person.found.get(name)
    let code = down.get(name) ?? (store ? undefined : 'store.unknown')
    const hold = person.one.record.kind === 'erasure' ? heldIn(holds, person.found.values(), name) : undefined
    if (hold !== undefined) held[name] = hold
    if (code === undefined && store && own) {
      try {
        const executed = resultOf(step) !== undefined
        const seen = !executed
          ? await seeFirst(engine, store, person, own, hold)
          : person.one.sealed.alteration === undefined
            ? await seeAgain(engine, store, person.one)
            : undefined
        if (seen) previews.push(seen.preview)
        if (seen) found[name] = seen.found
        if (!executed) candidates.push(...own.candidates.map((candidate) => ({ store: name, ...candidate })))
      } catch (error) {
        code = storeFaultCode(error)
      }
    }
    if (code !== undefined) unreachable.push({ store: name, code })
  }
  return { found, previews, candidates, unreachable, held }
}

async function seeFirst(engine: Engine, store: Store, person: Searching, own: Found, held: Held | undefined) {
  const found = withForeignIdentities(own, person, store.map.store)
  return { found, preview: await previewOf(engine, store, person.one, found, held) }
}

/** What other stores call the person is redacted and searched here too; local ids of theirs mean nothing here. */
function withForeignIdentities(own: Found, person: Searching, store: string): Found {
  let whole = own
  for (const [other, found] of person.found) {
    if (other === store) continue
    const foreign: FoundIdentity[] = found.identities.filter((identity) => !identity.local)
    whole = unionFound(whole, { ...own, persons: [], links: {}, mentions: [], candidates: [], identities: foreign })
  }
  return whole
}

/** What was found in stores where the erasure was carried out: the person is gone there, and is known from before. */
function executedFound({ record, sealed }: Case): Map<string, Found> {
  const found = new Map<string, Found>()
  for (const step of record.steps) {
    const before = sealed.found[step.store]
    if (before && resultOf(step)) found.set(step.store, before)
  }
  return found
}

function isToFind(one: Case, store: string): boolean {
  return one.record.steps.some((step) => step.store === store && !resultOf(step))
}

function endless(): Fault {
  return new Fault({
    code: 'request.endless',
    what: `After ${MAX_ROUNDS} rounds through the stores new identities of the person were still found.`,
    mend: 'A key in a store map probably names many people (a shared mailbox, an empty value). Make it a hint.',
  })
}
