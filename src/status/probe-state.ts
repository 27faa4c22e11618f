import { addDuration } from '../base/duration.ts'
import type { Probe, Standing } from '../commitments/commitment-kind.ts'
import type { Plan } from '../policy/plan.ts'

/** Why what a probe once found shows nothing any more, and since when, where that can be told. */
export interface Lapse {
  readonly why: string
  readonly since?: string
}

/**
 * A finding counts while its probe is on, it is no older than the probe's period, and the policy and every store map are
 * those it was made under; whichever is unknown has changed.
 */
export function lapseOf(
  standing: Standing,
  at: string | undefined,
  plan: Plan,
  probes: readonly Probe[],
  now: Date,
): Lapse | undefined {
  const { probe, under } = standing
  if (probe === undefined) return undefined
  const setting = plan.probes[probe]
  if (setting === 'off') return { why: `the probe ${probe} is switched off` }
  if (under?.policy !== plan.sha256) return { why: `the policy has changed since the probe ${probe} looked` }
  const changed = plan.stores.find(({ store, sha256 }) => under.maps[store] !== sha256)
  if (changed) return { why: `the map of store ${changed.store} has changed since the probe ${probe} looked` }
  const every = setting ?? probes.find(({ name }) => name === probe)?.every
  if (every === undefined) return undefined
  const until = at === undefined ? undefined : addDuration(new Date(at), every)
  if (until !== undefined && until.getTime() >= now.getTime()) return undefined
  return {
    why: `the probe ${probe} has not looked for longer than ${every}`,
    ...(until === undefined ? {} : { since: until.toISOString() }),
  }
}
