import type { Fault } from '../language/fault.ts'
import { checkPolicy } from '../policy/check.ts'
import { compilePlan } from '../policy/plan.ts'
import { readPolicyBytes } from '../policy/policy.ts'
import { draftYaml } from './draft-yaml.ts'
import type { Imported } from './imported.ts'

/** What `kept check` reports of a fresh draft without stores, on a fixed day. */
export function draftFaults(imported: Imported): readonly Fault[] {
  const clock = { now: () => new Date('2026-11-22T12:00:00Z') }
  const { policy, faults } = readPolicyBytes('kept.draft.yaml', Buffer.from(draftYaml(imported)), clock)
  return [...faults, ...checkPolicy(compilePlan(policy, []), [])]
}

/** Errors that are no open questions, each with its place: of a draft there are none. */
export const wrongIn = (faults: readonly Fault[]): string[] =>
  faults
    .filter((fault) => fault.severity === 'error' && fault.code !== 'policy.open-question')
    .map((fault) => `${fault.code} ${fault.where.path}: ${fault.what}`)
