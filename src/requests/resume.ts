import { canonicalJson } from '../base/canonical-json.ts'
import type { ErasureResult, StorePreview } from '../connector.ts'
import { carryOutAlteration } from './alter/carry-out.ts'
import { drift, liveStores, showing } from './approval.ts'
import { carryOut, proveApproved } from './carry-out.ts'
import { type Case, caseOf, mustBe, requestOf } from './case.ts'
import { record } from './change.ts'
import { present, shownTurn } from './decide.ts'
import { nextRound } from './due.ts'
import type { Engine } from './engine.ts'
import { stepName } from './execute.ts'
import * as facts from './facts.ts'
import { look, type Sight } from './look.ts'
import { recordOutcomes } from './outcome.ts'
import { toJson } from './sealed.ts'
import { storeFaultCode } from './store-fault.ts'

/**
 * Goes on with a request that changes data wherever it stopped. What a store has already done is recorded first, by its marker. What was
 * approved and is unchanged is carried out; what differs from what was shown waits for a new approval.
 * Fault `request.state` when it is closed.
 */
export async function resume(engine: Engine, id: string): Promise<Case> {
  mustBe(await requestOf(engine, id), 'resumed', [
    'received',
    'awaiting-approval',
    'approved',
    'executing',
    'proving',
    'open',
  ])
  const one = await caseOf(engine, id)
  if (!one.record.approval) return (await present(engine, [one]))[0] as Case
  const recovered = await recover(engine, one)
  const sight = (await look(engine, [recovered])).get(id) as Sight
  const live = await liveStores(engine)
  const shown = showing(engine, sight, recovered, live)
  const turn = shownTurn(recovered, sight, shown)
  const changed = drift(engine, recovered.sealed, live) !== undefined
  const before = recovered.sealed.shown?.previews ?? []
  const asksAnew = shown.previews.some((preview) => hasWork(preview) && (changed || !isShown(preview, before)))
  if (asksAnew || recovered.record.state === 'awaiting-approval') {
    return (await record(engine, [turn], [facts.previewed(id, shown)]))[0] as Case
  }
  const nothingDue = turn.record.steps.every((step) => step.state !== 'pending')
  const state = nothingDue ? ('proving' as const) : ('executing' as const)
  const [ready] = await record(engine, [{ ...turn, record: { ...turn.record, state } }], [])
  if (one.record.kind !== 'erasure') return carryOutAlteration(engine, id)
  if (nothingDue) return (await proveApproved(engine, [ready as Case]))[0] as Case
  return (await carryOut(engine, [id]))[0] as Case
}

/** Records rounds that a store carried out and Kept did not hear of. */
async function recover(engine: Engine, one: Case): Promise<Case> {
  let recovered = one
  const suppression = await engine.records.suppressionKey()
  for (const store of engine.stores) {
    const name = store.map.store
    if (!recovered.sealed.found[name]) continue
    const round = nextRound(recovered, store)
    let results: readonly ErasureResult[]
    try {
      results = await store.done([stepName(one.record.id, name, round)], suppression)
    } catch (error) {
      storeFaultCode(error)
      continue
    }
    const outcomes = results.map((result) => ({ one: recovered, round, result }))
    const [recorded] = await recordOutcomes(engine, name, suppression.name, outcomes)
    if (recorded) recovered = recorded
  }
  return recovered
}

function hasWork(preview: StorePreview): boolean {
  return preview.obstacles.length > 0 || preview.tables.some(({ rows, action }) => rows > 0 && action !== 'kept')
}

function isShown(preview: StorePreview, shown: readonly StorePreview[]): boolean {
  const before = shown.find((one) => one.store === preview.store)
  return before !== undefined && canonicalJson(toJson(before)) === canonicalJson(toJson(preview))
}
