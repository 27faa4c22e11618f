import { randomBytes } from 'node:crypto'
import { randomId } from '../base/ids.ts'
import type { ErasureBatch, ErasureWork, Found, PreviewRow, RowRef, Store } from '../connector.ts'
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

/** The hashes of one suppression key, by table, as the store compares them. */
type Hashes = Map<string, Set<string>>

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
    const byTable = byKey.get(key) ?? new Map<string, Set<string>>()
    byKey.set(key, byTable)
    const known = byTable.get(table) ?? new Set<string>()
    byTable.set(table, known)
    const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength)
    for (let at = 0; at + hashBytes <= bytes.length; at += hashBytes)
      known.add(bytes.toString('hex', at, at + hashBytes))
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
  const restored = (await store.restored?.(hashes, suppression)) ?? []
  const own = restored.filter(({ table }) => store.map.tables.some((one) => one.table === table && one.person))
  tally.add('restored', countRows(restored))
  tally.add('left', countRows(await ownerless(store, restored)))
  const people = await findRestoredPeople(engine, store, own)
  const run = randomId(12)
  const step = (index: number) => `${run}:${store.map.store}:${index}`
  const work = people.map(
    (found, index): ErasureWork => ({ step: step(index), found, salt: randomBytes(32), only: hashes }),
  )
  const chunk = engine.chunkPeople ?? CHUNK_PEOPLE
  const treated: PreviewRow[] = []
  for (let start = 0; start < work.length; start += chunk) {
    const part = work.slice(start, start + chunk)
    engine.progress?.({ act: 'replay', store: store.map.store, done: start, of: work.length })
    for (const { found } of part) tally.add('seen', touched((await store.preview(found, engine.now())).tables))
    const outcome = await eraseInHalves(store, { work: part, now: engine.now(), suppression })
    treated.push(...outcome.results.flatMap(({ tables }) => tables))
    for (const { code } of outcome.apart) tally.failed.push(code)
    if (outcome.stopped) tally.failed.push(outcome.stopped.code)
    await store.settle(outcome.results.map((result) => result.step))
  }
  tally.add('erased', touched(treated))
}

/** Rows that only a person could lead to, and no record of any person does: the backup brought back less than the whole. */
async function ownerless(store: Store, restored: readonly RowRef[]): Promise<RowRef[]> {
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

  add(what: 'restored' | 'erased' | 'seen' | 'left', rows: readonly RowsOfTable[]): void {
    const tables = this.#rows.get(what) ?? new Map<string, number>()
    this.#rows.set(what, tables)
    for (const { table, rows: count } of rows) tables.set(table, (tables.get(table) ?? 0) + count)
  }

  counts(): Omit<Replay, 'store' | 'requests'> {
    return {
      restored: this.#of('restored'),
      erased: this.#of('erased'),
      reported: this.#difference('seen', 'erased'),
      left: this.#of('left'),
      keysGone: this.keysGone,
      failed: this.failed,
    }
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
