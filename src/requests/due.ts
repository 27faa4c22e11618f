import type { Store } from '../connector.ts'
import type { Case } from './case.ts'
import { resultOf } from './report.ts'

/** A person whose erasure in a store is due, as the given round. */
export interface Due {
  readonly one: Case
  readonly round: number
}

/** Those of the requests whose part in the store is due. */
export function dueIn(cases: readonly Case[], store: Store): Due[] {
  return cases.filter((one) => isDue(one, store)).map((one) => ({ one, round: nextRound(one, store) }))
}

/** A store's part is due when it was shown for approval and is not yet recorded as carried out for that approval. */
function isDue(one: Case, store: Store): boolean {
  const name = store.map.store
  const step = one.record.steps.find((other) => other.store === name)
  const approvedHere = one.sealed.shown?.previews.some((preview) => preview.store === name) ?? false
  return approvedHere && step !== undefined && step.state !== 'executed' && step.state !== 'proven'
}

export function nextRound(one: Case, store: Store): number {
  const step = one.record.steps.find((other) => other.store === store.map.store)
  return ((step && resultOf(step)?.round) ?? 0) + 1
}
