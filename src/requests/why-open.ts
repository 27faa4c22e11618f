import type { StoreStep } from '../records.ts'
import type { Proof, Residual } from './sealed.ts'

/** Classes of residuals that hold a request open. */
export const HOLDING = new Set<Residual['class']>(['missed', 'unmapped', 'ambiguous'])

/** The code of the first reason that holds the request open, or undefined when nothing does. */
export function whyOpen(steps: readonly StoreStep[], proof: Proof): string | undefined {
  if (steps.some((step) => step.state === 'unreachable')) return 'request.store-unreachable'
  if (steps.some((step) => step.state === 'failed')) return 'request.step-failed'
  if (proof.residual.some((residual) => HOLDING.has(residual.class))) return 'request.residual'
  if (proof.foreignRowsUnallowed > 0) return 'request.foreign-rows'
  // A cell that cannot be decoded is told; a table that could not be read, or a reader of ours that failed, proves nothing.
  if (proof.unread.some(({ column, why }) => column === undefined || why.includes('fault'))) return 'request.unread'
  if (steps.some((step) => step.state === 'task')) return 'request.task-open'
  if (steps.some((step) => step.state !== 'proven' && step.state !== 'attested')) return 'request.not-proven'
  return undefined
}
