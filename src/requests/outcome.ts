import type { ErasureFailure, ErasureResult, KeptRow, PreviewRow, SharedRow } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import type { Fact, Json } from '../ledger.ts'
import type { ErasedRows, RequestRecord, StoreStep } from '../records.ts'
import { type Case, casesOf, requestOf } from './case.ts'
import { changeOf, type Turn, turned } from './change.ts'
import type { Engine } from './engine.ts'
import * as facts from './facts.ts'
import { withHoldEnd } from './holds.ts'
import { resultOf, type StepResult } from './report.ts'

/** What became of one person in one store. */
export interface Outcome {
  readonly one: Case
  readonly round: number
  readonly result?: ErasureResult
  readonly failure?: {
    readonly state: 'failed' | 'unreachable'
    readonly code: ErasureFailure['code'] | string
    /** The table of the map in which it failed, where the store says one. */
    readonly table?: string
  }
}

const MAX_STALE = 5

/**
 * Records results, erased rows and evidence of a chunk in one commit, with `once` not before that has come true. When
 * somebody else changed one of the requests meanwhile, reads them anew: a round that is already recorded is not recorded twice.
 */
export async function recordOutcomes(
  engine: Engine,
  store: string,
  keyName: string,
  outcomes: readonly Outcome[],
  once?: Promise<void>,
): Promise<Case[]> {
  let open = outcomes.map((outcome): Outcome => {
    const held = outcome.one.sealed.held?.[store]
    return outcome.result === undefined ? outcome : { ...outcome, result: withHoldEnd(outcome.result, held) }
  })
  for (let attempt = 0; ; attempt += 1) {
    const turns = open.map((outcome) => turnOf(store, outcome))
    const evidence = open.flatMap((outcome) => evidenceOf(store, outcome))
    const named = open
    const erased = () => named.flatMap((outcome) => erasedOf(store, keyName, outcome))
    try {
      if (open.length > 0) {
        const changes = turns.map((turn) => changeOf(engine, turn))
        await engine.records.change(changes, evidence, { erased, ...(once === undefined ? {} : { once }) })
      }
      return turns.map(turned)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'records.stale' || attempt === MAX_STALE) throw error
      open = await withoutRecorded(engine, store, open)
    }
  }
}

/** What still has to be recorded: not what another process recorded, or even closed, meanwhile. */
async function withoutRecorded(engine: Engine, store: string, open: readonly Outcome[]): Promise<Outcome[]> {
  const records = await Promise.all(open.map(({ one }) => requestOf(engine, one.record.id)))
  const left = open.filter(({ round }, index) => {
    const step = records[index]?.steps.find((other) => other.store === store)
    return !isClosed(records[index]) && (step === undefined || (resultOf(step)?.round ?? 0) < round)
  })
  const fresh = await casesOf(
    engine,
    left.map(({ one }) => one.record.id),
  )
  return left.map((outcome, index) => ({ ...outcome, one: fresh[index] as Case }))
}

function isClosed(record: RequestRecord | undefined): boolean {
  return record === undefined || ['done', 'denied', 'cancelled'].includes(record.state)
}

function turnOf(store: string, outcome: Outcome): Turn {
  const { record } = outcome.one
  const steps = record.steps.map((step) => (step.store === store ? stepAfter(step, outcome) : step))
  const settled = steps.every((step) => step.state !== 'pending')
  return { one: outcome.one, record: { state: settled ? 'proving' : 'executing', steps } }
}

function stepAfter(step: StoreStep, { round, result, failure }: Outcome): StoreStep {
  const { store, attempts } = step
  if (result) {
    return {
      store,
      attempts: attempts + 1,
      state: 'executed',
      result: addResult(resultOf(step), result, round) as unknown as Json,
    }
  }
  const before = step.result === undefined ? {} : { result: step.result }
  return {
    store,
    attempts: attempts + 1,
    state: failure?.state ?? 'failed',
    fault: failure?.code ?? 'other',
    ...(failure?.table === undefined ? {} : { table: failure.table }),
    ...before,
  }
}

function evidenceOf(store: string, { one, round, result, failure }: Outcome): Fact[] {
  if (result) return [facts.executed(one.record.id, store, round, result)]
  return failure ? [facts.failed(one.record.id, store, failure.code)] : []
}

function erasedOf(store: string, key: string, { one, result }: Outcome): ErasedRows[] {
  return (result?.erased ?? [])
    .filter(({ hashes }) => hashes.length > 0)
    .map(({ table, hashBytes, hashes }) => ({ request: one.record.id, store, table, key, hashBytes, hashes }))
}

/** The counts of all rounds together. */
function addResult(before: StepResult | undefined, result: ErasureResult, round: number): StepResult {
  const { tables, shared, kept, removed } = result
  const foreignRows = (before?.foreignRows ?? 0) + (result.foreignRows ?? 0)
  const reached = sumRows([...(before?.reached ?? []), ...(result.reached ?? [])])
  const beyond = reached.length === 0 ? {} : { reached }
  if (!before) return { round, tables, shared, kept, removed, foreignRows, ...beyond }
  return {
    round,
    foreignRows,
    ...beyond,
    tables: together(before.tables, tables, (row: PreviewRow) => [row.table, row.role, row.action]),
    shared: together(before.shared, shared, (row: SharedRow) => [row.table, row.role, row.why]),
    kept: latest(before.kept, kept),
    removed: [...before.removed, ...removed],
  }
}

function sumRows(rows: NonNullable<ErasureResult['reached']>): NonNullable<ErasureResult['reached']> {
  const sums = new Map<string, number>()
  for (const { table, rows: count } of rows) sums.set(table, (sums.get(table) ?? 0) + count)
  return [...sums].map(([table, count]) => ({ table, rows: count }))
}

/** Deleted rows and redacted mentions add up; a row that stays is met again by the next round and counts once. */
function together<Row extends { readonly rows: number; readonly action?: string }>(
  before: readonly Row[],
  after: readonly Row[],
  nameOf: (row: Row) => readonly string[],
): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const row of [...before, ...after]) {
    const name = nameOf(row).join('\u0000')
    const known = rows.get(name)?.rows ?? 0
    const goes = row.action === 'row' || row.action === 'mention'
    rows.set(name, { ...row, rows: goes ? known + row.rows : Math.max(known, row.rows) })
  }
  return [...rows.values()]
}

/** What is kept is not added up: a later round sees the same rows again. */
function latest(before: readonly KeptRow[], after: readonly KeptRow[]): readonly KeptRow[] {
  const rows = new Map(before.map((row) => [`${row.table}\u0000${row.field}\u0000${row.exception}`, row]))
  for (const row of after) {
    const name = `${row.table}\u0000${row.field}\u0000${row.exception}`
    const known = rows.get(name)
    if (!known || row.rows > known.rows) rows.set(name, row)
  }
  return [...rows.values()]
}
