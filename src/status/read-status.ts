import type { Ledger } from '../ledger.ts'
import type { Plan } from '../policy/plan.ts'
import type { Records } from '../records.ts'
import { readHistory } from './history.ts'
import { factsOf, type StatusSummary, statusOf } from './status.ts'

/** Where each commitment of the plan stands at `now`, from what Kept remembers and its evidence log, which is read once. */
export async function readStatus(
  plan: Plan,
  own: Records & Pick<Ledger, 'entries'>,
  now: Date,
): Promise<StatusSummary> {
  const facts = await factsOf(own, now)
  return statusOf(plan, facts, await readHistory(own.entries(), facts))
}
