import type { StoreStep } from '../../records.ts'
import type { Residual } from '../sealed.ts'

/** What holds a correction, an objection or a withdrawal open: the rest is told. */
export const HOLDING: ReadonlySet<Residual['class']> = new Set(['missed', 'unmapped'])

/** The code of the first reason that holds the request open, or undefined when nothing does. */
export function whyAlterationOpen(steps: readonly StoreStep[], residual: readonly Residual[]): string | undefined {
  if (steps.some((step) => step.state === 'unreachable')) return 'request.store-unreachable'
  if (steps.some((step) => step.state === 'failed')) return 'request.step-failed'
  if (residual.some((place) => HOLDING.has(place.class))) return 'request.residual'
  if (steps.some((step) => step.state === 'task')) return 'request.task-open'
  if (steps.some((step) => step.state !== 'proven' && step.state !== 'attested')) return 'request.not-proven'
  return undefined
}
