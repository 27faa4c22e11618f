import { boundary } from '../base/boundary.ts'
import type { Found, PreviewRow, Store, StorePreview, Subject } from '../connector.ts'
import type { Case } from './case.ts'
import { CHUNK_PEOPLE, type Engine } from './engine.ts'
import { suppliedTo, unionFound } from './found.ts'
import { foundUnder } from './holds.ts'
import { previewOf } from './preview.ts'
import { resultOf, type StepResult } from './report.ts'

/**
 * Looks again for people whose erasure in this store was carried out: with all that is known of them, supplied and
 * harvested, and with their former records, for rows written meanwhile. Returns those with something new to erase.
 */
export async function lookAgain(engine: Engine, store: Store, cases: readonly Case[]): Promise<Case[]> {
  const name = store.map.store
  const executed = cases.filter((one) => one.sealed.found[name] && resultOf(stepOf(one, name)))
  const fresh: Case[] = []
  const chunk = engine.chunkPeople ?? CHUNK_PEOPLE
  for (let start = 0; start < executed.length; start += chunk) {
    const part = executed.slice(start, start + chunk)
    engine.progress?.({ act: 'again', store: name, done: start, of: executed.length })
    boundary('again.before-find')
    const answers = await store.find(part.map((one) => subjectAgain(store, one)))
    boundary('again.after-find')
    for (const [index, one] of part.entries()) {
      const seen = await newWork(engine, store, one, answers[index])
      if (!seen) continue
      fresh.push({ record: one.record, sealed: { ...one.sealed, found: { ...one.sealed.found, [name]: seen.found } } })
    }
  }
  return fresh
}

/** The same for one person; undefined when there is nothing new. */
export async function seeAgain(
  engine: Engine,
  store: Store,
  one: Case,
): Promise<{ readonly found: Found; readonly preview: StorePreview } | undefined> {
  const [answer] = await store.find([subjectAgain(store, one)])
  return newWork(engine, store, one, answer)
}

async function newWork(engine: Engine, store: Store, one: Case, now: Found | undefined) {
  const name = store.map.store
  const before = one.sealed.found[name] as Found
  const held = one.sealed.held?.[name]
  const found = foundUnder(now ? { ...unionFound(before, now), mentions: now.mentions } : before, held)
  const preview = await previewOf(engine, store, one, found, held)
  return hasNewWork(preview, resultOf(stepOf(one, name))) ? { found, preview } : undefined
}

function stepOf(one: Case, store: string) {
  const step = one.record.steps.find((other) => other.store === store)
  return step ?? { store, state: 'pending' as const, attempts: 0 }
}

/** Where one identity may be two people (tenants), only what was supplied is asked again; else all that was harvested. */
function subjectAgain(store: Store, one: Case): Subject {
  const name = store.map.store
  const found = one.sealed.found[name] as Found
  const tenants = store.map.tables.some((table) => table.within !== undefined)
  const harvested = tenants ? [] : found.identities.filter(({ strong, local }) => strong && !local)
  const supplied = suppliedTo(name, one.sealed.identities)
  const within = (found.tenants ?? []).map((value) => ({ kind: 'tenant', value }))
  const identities = [...supplied, ...harvested.map(({ kind, value }) => ({ kind, value })), ...within]
  const reject = one.sealed.reject.filter((row) => row.store === name)
  return {
    request: one.record.id,
    identities,
    // Former records are not read for identities again: they bear stand-ins now.
    accept: [],
    reject: reject.map(({ table, key }) => ({ table, key })),
  }
}

/**
 * New is: a row that should have been deleted, a mention, or more rows of a place than the former rounds treated there.
 * Rows that stay by the map (links kept, cells cleared) are seen again and are not new.
 */
export function hasNewWork(preview: StorePreview, done: StepResult | undefined): boolean {
  const rows = preview.tables.filter((row) => row.rows > 0 && row.action !== 'kept')
  if (rows.some((row) => row.action === 'row' || row.action === 'mention')) return true
  const treated = stayingRows(done?.tables ?? [])
  return [...stayingRows(rows)].some(([table, count]) => count > (treated.get(table) ?? 0))
}

/** Rows that stay, by table: one that led here by two roles is seen by the other once the first link is gone. */
function stayingRows(rows: readonly PreviewRow[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { table, action, rows: count } of rows) {
    if (action === 'part' || action === 'keep-link') sums.set(table, (sums.get(table) ?? 0) + count)
  }
  return sums
}
