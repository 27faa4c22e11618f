import { randomBytes } from 'node:crypto'
import { randomId } from '../base/ids.ts'
import type {
  ErasureBatch,
  ErasureResult,
  ErasureWork,
  Found,
  PreviewRow,
  RestoredRow,
  RowRef,
  Store,
} from '../connector.ts'
import { Fault } from '../language/fault.ts'
import { eraseInHalves } from './bisect.ts'
import { CHUNK_PEOPLE, type Engine, storeNamed } from './engine.ts'
import * as facts from './facts.ts'

export interface RowsOfTable {
  readonly table: string
  readonly rows: number
}

/** What a replay did in one store; counts only. */
export interface Replay {
  readonly store: string
  /** Erasures on record for this store. */
  readonly requests: number
  /** Rows of the record that stood in the store: deleted ones that came back, and changed ones. */
  readonly restored: readonly RowsOfTable[]
  /** Of them, those that are as the erasure left them: nothing is done to them again. */
  readonly treated: readonly RowsOfTable[]
  readonly erased: readonly RowsOfTable[]
  /** Rows under an erased identity that the record does not name: never erased, people may lawfully come back. */
  readonly reported: readonly RowsOfTable[]
  /** Rows of the record that lead to no person's own record: nobody can tell what of them to erase. */
  readonly left: readonly RowsOfTable[]
  /** Suppression keys of the record that are destroyed: nothing can be told of those erasures any more. */
  readonly keysGone: readonly string[]
  /** Codes by which the store refused people. */
  readonly failed: readonly string[]
}

const OWNERS_AT_ONCE = 5000

/** The hashes of one suppression key, by table, as the store compares them; each with the requests that recorded it. */
type Hashes = Map<string, Map<string, Set<string>>>

/**
 * Guarantee 7: erases again exactly the rows whose keyed hash stands in the record of an erasure, after the store was
 * restored from a backup. Faults `request.store-unknown`, `replay.not-supported`, `store.unreachable`.
 */
export async function replay(engine: Engine, name: string): Promise<Replay> {
  const store = storeNamed(engine, name)
  if (!store) throw unknown(name, engine)
  if (!store.restored) throw notSupported(name)
  const { byKey, requests } = await readRecord(engine, name)
  const tally = new Tally()
  for (const [keyName, hashes] of byKey) {
    const suppression = await keyNamed(engine, keyName)
    if (suppression) await replayKey(engine, store, hashes, suppression, tally)
    else tally.keysGone.push(keyName)
  }
  const result = { store: name, requests, ...tally.counts() }
  await engine.records.append([facts.replayed(name, requests, result.erased, result.reported)])
  return result
}

async function readRecord(engine: Engine, store: string): Promise<{ byKey: Map<string, Hashes>; requests: number }> {
  const byKey = new Map<string, Hashes>()
  const requests = new Set<string>()
  for await (const { request, table, key, hashBytes, hashes } of engine.records.erasedRows(store)) {
    requests.add(request)
    const byTable: Hashes = byKey.get(key) ?? new Map()
    byKey.set(key, byTable)
    const known = byTable.get(table) ?? new Map<string, Set<string>>()
    byTable.set(table, known)
    const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength)
    for (let at = 0; at + hashBytes <= bytes.length; at += hashBytes) {
      const hash = bytes.toString('hex', at, at + hashBytes)
      known.set(hash, (known.get(hash) ?? new Set()).add(request))
    }
  }
  return { byKey, requests: requests.size }
}

async function keyNamed(engine: Engine, name: string): Promise<ErasureBatch['suppression'] | undefined> {
  try {
    return await engine.records.suppressionKey(name)
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('keys.')) return undefined
    throw error
  }
}

async function replayKey(
  engine: Engine,
  store: Store,
  hashes: Hashes,
  suppression: ErasureBatch['suppression'],
  tally: Tally,
): Promise<void> {
  const only = new Map([...hashes].map(([table, rows]) => [table, new Set(rows.keys())]))
  const restored = (await store.restored?.(only, suppression)) ?? []
  const own = restored.filter(({ table }) => store.map.tables.some((one) => one.table === table && one.person))
  tally.add('restored', countRows(restored))
  const alone = await ownerless(store, restored)
  const people = await findRestoredPeople(engine, store, own)
  const run = randomId(12)
  const work = people.map(
    (found, index): ErasureWork => ({ step: `${run}:${store.map.store}:${index}`, found, salt: randomBytes(32), only }),
  )
  const back = new Set<string>()
  const chunk = engine.chunkPeople ?? CHUNK_PEOPLE
  for (let start = 0; start < work.length; start += chunk) {
    const part = work.slice(start, start + chunk)
    engine.progress?.({ act: 'replay', store: store.map.store, done: start, of: work.length })
    for (const { found } of part) tally.add('seen', touched((await store.preview(found, engine.now())).tables))
    const results = await eraseAgain(engine, store, part, suppression, tally)
    for (const { tables, erased } of results) {
      tally.add('inRecord', touched(tables))
      for (const request of tally.erase(erased, hashes)) back.add(request)
    }
    // Whoever came back has cells, too, in which a stand-in looks like any value: now they are known to be theirs.
    const changed = new Set(
      results.filter(({ erased }) => erased.some(({ hashes: rows }) => rows.length > 0)).map(({ step }) => step),
    )
    const whole = part
      .filter(({ step }) => changed.has(step))
      .map((one) => ({ ...one, step: `${one.step}:whole`, whole: true }))
    for (const { erased } of await eraseAgain(engine, store, whole, suppression, tally)) tally.erase(erased, hashes)
  }
  tally.add('left', countRows(alone.filter((row) => !tally.isErased(row) && holdsStill(row, hashes, back))))
}

async function eraseAgain(
  engine: Engine,
  store: Store,
  work: readonly ErasureWork[],
  suppression: ErasureBatch['suppression'],
  tally: Tally,
): Promise<readonly ErasureResult[]> {
  if (work.length === 0) return []
  const outcome = await eraseInHalves(store, { work, now: engine.now(), suppression })
  for (const { code } of outcome.apart) tally.failed.push(code)
  if (outcome.stopped) tally.failed.push(outcome.stopped.code)
  await store.settle(outcome.results.map((result) => result.step))
  return outcome.results
}

/** The row says it itself, or, where nothing in it tells, the erasure it is recorded of: whether the rest of it came back. */
function holdsStill({ table, hash = '', holds }: RestoredRow, hashes: Hashes, back: ReadonlySet<string>): boolean {
  if (holds !== undefined) return holds
  return [...(hashes.get(table)?.get(hash) ?? [])].some((request) => back.has(request))
}

/** Rows that only a person could lead to, and no record of any person does: the backup brought back less than the whole. */
async function ownerless(store: Store, restored: readonly RestoredRow[]): Promise<RestoredRow[]> {
  const linked = restored.filter(({ table }) => {
    const map = store.map.tables.find((one) => one.table === table)
    return map !== undefined && map.person === undefined && map.people.some(({ erase }) => erase !== 'keep-link')
  })
  const owned = new Set<string>()
  for (let start = 0; start < linked.length; start += OWNERS_AT_ONCE) {
    for (const owner of await store.owners(linked.slice(start, start + OWNERS_AT_ONCE))) owned.add(placeOf(owner))
  }
  return linked.filter((row) => !owned.has(placeOf(row)))
}

/** Each person of whom a record came back, once, with everything that leads from there. */
async function findRestoredPeople(engine: Engine, store: Store, own: readonly RowRef[]): Promise<Found[]> {
  const people: Found[] = []
  const known = new Set<string>()
  const chunk = engine.chunkPeople ?? CHUNK_PEOPLE
  for (let start = 0; start < own.length; start += chunk) {
    const part = own.slice(start, start + chunk)
    const found = await store.find(
      part.map((row) => ({ request: 'replay', identities: [], accept: [row], reject: [] })),
    )
    for (const person of found) {
      const places = person.persons.map(placeOf)
      if (places.length === 0 || places.every((place) => known.has(place))) continue
      for (const place of places) known.add(place)
      people.push(person)
    }
  }
  return people
}

class Tally {
  readonly keysGone: string[] = []
  readonly failed: string[] = []
  readonly #rows = new Map<string, Map<string, number>>()
  readonly #erased = new Map<string, Set<string>>()

  add(what: 'restored' | 'inRecord' | 'seen' | 'left', rows: readonly RowsOfTable[]): void {
    const tables = this.#rows.get(what) ?? new Map<string, number>()
    this.#rows.set(what, tables)
    for (const { table, rows: count } of rows) tables.set(table, (tables.get(table) ?? 0) + count)
  }

  /** Counts each row once, however often it is touched, and answers whose erasures recorded them. */
  erase(erased: ErasureResult['erased'], hashes: Hashes): Set<string> {
    const requests = new Set<string>()
    for (const { table, hashBytes, hashes: rows } of erased) {
      const bytes = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength)
      const known = this.#erased.get(table) ?? new Set<string>()
      for (let at = 0; at + hashBytes <= bytes.length; at += hashBytes) {
        const hash = bytes.toString('hex', at, at + hashBytes)
        known.add(hash)
        for (const request of hashes.get(table)?.get(hash) ?? []) requests.add(request)
      }
      if (known.size > 0) this.#erased.set(table, known)
    }
    return requests
  }

  isErased({ table, hash }: RestoredRow): boolean {
    return hash !== undefined && this.#erased.get(table)?.has(hash) === true
  }

  counts(): Omit<Replay, 'store' | 'requests'> {
    return {
      restored: this.#of('restored'),
      erased: [...this.#erased].map(([table, rows]) => ({ table, rows: rows.size })),
      treated: this.#treated(),
      reported: this.#difference('seen', 'inRecord'),
      left: this.#of('left'),
      keysGone: this.keysGone,
      failed: this.failed,
    }
  }

  #treated(): RowsOfTable[] {
    const done = new Map([...this.#erased].map(([table, rows]) => [table, rows.size]))
    for (const [table, rows] of this.#rows.get('left') ?? []) done.set(table, (done.get(table) ?? 0) + rows)
    return this.#of('restored')
      .map(({ table, rows }) => ({ table, rows: rows - (done.get(table) ?? 0) }))
      .filter(({ rows }) => rows > 0)
  }

  #of(what: string): RowsOfTable[] {
    return [...(this.#rows.get(what) ?? [])].map(([table, rows]) => ({ table, rows }))
  }

  #difference(more: string, less: string): RowsOfTable[] {
    const minus = this.#rows.get(less)
    return this.#of(more)
      .map(({ table, rows }) => ({ table, rows: rows - (minus?.get(table) ?? 0) }))
      .filter(({ rows }) => rows > 0)
  }
}

/** Rows that an erasure takes or changes; a row whose only fields are kept is not. */
function touched(rows: readonly PreviewRow[]): RowsOfTable[] {
  return rows
    .filter(
      ({ action, fields }) => action === 'row' || ((action === 'part' || action === 'mention') && fields.length > 0),
    )
    .map(({ table, rows: count }) => ({ table, rows: count }))
}

function countRows(rows: readonly RowRef[]): RowsOfTable[] {
  return rows.map(({ table }) => ({ table, rows: 1 }))
}

function placeOf({ table, key }: RowRef): string {
  return `${table}\u0000${key}`
}

function unknown(name: string, engine: Engine): Fault {
  const down = engine.unopened.find(({ store }) => store === name)
  if (down) {
    return new Fault({
      code: down.code,
      what: `Store ${name} cannot be opened.`,
      mend: 'Correct its connection; `kept store check` tells what is wrong.',
    })
  }
  return new Fault({
    code: 'request.store-unknown',
    what: `No store map describes the store "${name}".`,
    mend: `The stores are: ${engine.stores.map(({ map }) => map.store).join(', ')}.`,
  })
}

function notSupported(name: string): Fault {
  return new Fault({
    code: 'replay.not-supported',
    what: `The connector of store ${name} cannot find rows by the record of erasures.`,
    mend: 'Make the requests anew on the restored store.',
  })
}
