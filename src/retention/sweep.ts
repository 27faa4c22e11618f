import { addDuration } from '../base/duration.ts'
import type { Store } from '../connector.ts'
import type { ExpiredTable, ExpiryWork, OverdueCount } from '../expiry.ts'
import { evidenceName, fact } from '../language/facts.ts'
import { Fault } from '../language/fault.ts'
import type { StoreMap } from '../language/store-map.ts'
import type { Finding } from '../records.ts'
import { heldRows } from './held.ts'
import { type Copy, type Gap, type Retention, rulesIn, type StoreCount } from './retention.ts'

/** What a sweep would do now. */
export interface RetentionPreview {
  readonly counts: readonly StoreCount[]
  readonly gaps: readonly Gap[]
  readonly copies: readonly Copy[]
}

/** What the proof found of one term. */
export interface TermState {
  readonly rule: string
  readonly outcome: Finding['outcome']
  readonly overdue: number
  readonly review: number
  readonly undated: number
  readonly gaps: readonly Gap[]
}

export interface SweepResult {
  readonly counts: readonly StoreCount[]
  readonly gaps: readonly Gap[]
  readonly batches: number
  readonly longestMs: number
  /** Rows that could not be changed, by a constraint, a lock or a time-out. */
  readonly failed: number
  readonly terms: readonly TermState[]
  readonly copies: readonly Copy[]
}

/** Counts what is over in every store, and what stays; changes nothing and remembers nothing. */
export async function previewRetention(retention: Retention): Promise<RetentionPreview> {
  const counts: StoreCount[] = []
  const gaps = await inEveryStore(retention, async (store, work) => {
    const preview = await store.expiring?.(work)
    if (preview === undefined) return undefined
    counts.push(...preview.counts.map((count) => ({ store: store.map.store, ...count })))
    return preview.gaps
  })
  return { counts, gaps: [...gaps, ...unmapped(retention)], copies: copiesOf(retention) }
}

/** Ends what is over in every store, with evidence for each table, and proves it afterwards. */
export async function sweepRetention(retention: Retention): Promise<SweepResult> {
  const counts: StoreCount[] = []
  const sums = { batches: 0, longestMs: 0, failed: 0 }
  const gaps = await inEveryStore(retention, async (store, work) => {
    if (store.expire === undefined) return undefined
    await store.expire(work, async (done) => {
      counts.push(...done.counts.map((count) => ({ store: store.map.store, ...count })))
      sums.batches += done.batches
      sums.failed += done.failed
      sums.longestMs = Math.max(sums.longestMs, done.longestMs)
      await attest(retention, store.map.store, done)
    })
    return []
  })
  const terms = await proveRetention(retention)
  return { counts, gaps, ...sums, terms, copies: copiesOf(retention) }
}

/** Counts what is overdue by a query of its own, and remembers a finding for each term. */
export async function proveRetention(retention: Retention): Promise<readonly TermState[]> {
  const counts: OverdueCount[] = []
  const gaps = await inEveryStore(retention, async (store, work) => {
    const proof = await store.overdue?.(work)
    counts.push(...(proof?.counts ?? []))
    return proof?.gaps
  })
  const missing = [...gaps, ...unmapped(retention)]
  const terms = retention.plan.retention.map((rule) => {
    const own = counts.filter((count) => count.rule === rule.name)
    const past = own.reduce((sum, { overdue }) => sum + overdue, 0)
    const undated = own.reduce((sum, one) => sum + one.undated, 0)
    const lacks = missing.filter((gap) => gap.rule === rule.name)
    const [overdue, review] = rule.end === 'review' ? [0, past] : [past, 0]
    const whole = own.length > 0 && lacks.length === 0 && undated === 0 && review === 0
    const outcome = overdue > 0 ? ('broken' as const) : whole ? ('kept' as const) : ('unproven' as const)
    return { rule: rule.name, outcome, overdue, review, undated, gaps: lacks }
  })
  const maps = Object.fromEntries(retention.plan.stores.map(({ store, sha256 }) => [store, sha256]))
  const findings = terms.map(({ rule, outcome, overdue, review, undated, gaps }) => ({
    probe: 'retention.sweep',
    subject: `retention.${rule}`,
    outcome,
    detail: { policy: retention.plan.sha256, maps, overdue, review, undated, gaps: gaps.length },
  }))
  if (findings.length > 0) await retention.records.change([], [], { findings })
  return terms
}

type Look = (store: Store, work: ExpiryWork) => Promise<readonly Omit<Gap, 'store'>[] | undefined>

/** Looks into each store whose map holds data under a term; one that fails is a gap, and the others go on. */
async function inEveryStore(retention: Retention, look: Look): Promise<Gap[]> {
  const { plan, maps, stores } = retention
  const gaps: Gap[] = []
  for (const map of maps) {
    const rules = rulesIn(plan, map)
    if (rules.length === 0) continue
    const gap = (why: Gap['why'], fault?: string) =>
      gaps.push(...rules.map((rule) => ({ rule, store: map.store, why, ...(fault === undefined ? {} : { fault }) })))
    const store = stores.find((one) => one.map.store === map.store)
    if (store === undefined) {
      gap('unreachable')
      continue
    }
    try {
      const held = await heldRows(retention, store)
      if (held === undefined) {
        gap('hold-unread')
        continue
      }
      const found = await look(store, { terms: plan.retention, held, now: retention.now() })
      if (found === undefined) gap('not-swept')
      else gaps.push(...found.map((one) => ({ store: map.store, ...one })))
    } catch (error) {
      if (!(error instanceof Fault) || !error.code.startsWith('store.')) throw error
      gap(error.code === 'store.unreachable' ? 'unreachable' : 'failed', error.code)
    }
  }
  return gaps
}

/** Terms whose data no map holds: nobody can say that it is gone. */
function unmapped({ plan, maps }: Retention): Gap[] {
  const mapped = new Set(maps.flatMap((map: StoreMap) => rulesIn(plan, map)))
  return plan.retention.filter(({ name }) => !mapped.has(name)).map(({ name }) => ({ rule: name, why: 'no-data' }))
}

async function attest(retention: Retention, store: string, done: ExpiredTable): Promise<void> {
  const rows = done.counts.reduce((sum, count) => sum + count.rows, 0)
  retention.progress?.({ store, table: done.table, rows })
  if (rows + done.failed === 0) return
  const tables = done.counts.map(({ rule, what, rows }) => ({
    table: evidenceName(done.table),
    rule: evidenceName(rule),
    action: what,
    rows,
  }))
  await retention.records.append([
    fact('retention.swept/1', {
      store: evidenceName(store),
      policy: retention.plan.sha256,
      tables,
      ...(done.failed === 0 ? {} : { failed: done.failed }),
    }),
  ])
}

function copiesOf(retention: Retention): Copy[] {
  const today = retention.now().toISOString().slice(0, 10)
  return retention.maps.flatMap(({ store, copies }) =>
    Object.entries(copies).map(([copy, { keep }]) => ({ store, copy, keep, until: addDuration(today, keep) })),
  )
}
