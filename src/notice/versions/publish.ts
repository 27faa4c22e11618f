import { boundary } from '../../base/boundary.ts'
import { addDuration } from '../../base/duration.ts'
import { evidenceName, fact } from '../../language/facts.ts'
import { Fault } from '../../language/fault.ts'
import { date as day } from '../../language/terms.ts'
import type { Json } from '../../ledger.ts'
import type { Plan } from '../../policy/plan.ts'
import { type Policy, readPolicyBytes } from '../../policy/policy.ts'
import { versionInForce } from '../../policy/version-in-force.ts'
import type { VersionRecord, Versions } from '../../records.ts'
import { comparePolicies } from '../difference/compare-policies.ts'
import { contentOf, meaningHash } from '../difference/content.ts'
import { countDifferences, type Difference, differencesOf } from '../difference/difference.ts'
import { type BuildNotice, noticeHash, type VersionInput } from './notice-files.ts'
import {
  badDay,
  dateDiffers,
  datePast,
  dateUnchanged,
  effectiveTooSoon,
  publishedMeanwhile,
  tampered,
} from './version-faults.ts'
import { asksAnew, waitFor } from './waiting.ts'

export interface PublishInput {
  readonly policy: Policy
  /** The policy file as it stands on the disk. */
  readonly policyText: string
  readonly plan: Plan
  readonly versions: Versions
  readonly build: BuildNotice
  readonly now: Date
  /** Day of the version where the policy names none; default: today (UTC). */
  readonly date?: string
}

export interface Published {
  readonly version: VersionRecord
  /** False where the newest version says the same already: nothing was recorded. */
  readonly isNew: boolean
}

/** The policy of a stored version, as it was. Fault `notice.tampered`. */
export const policyOfVersion = async (versions: Versions, version: VersionRecord): Promise<Policy> => {
  const content = await versions.versionContent(version.number)
  const bytes = new TextEncoder().encode(content?.policyText ?? '')
  const { policy } = readPolicyBytes(`version of ${version.date}`, bytes)
  if (policy.sha256 !== version.policy) throw tampered(version.date, 'its policy has another hash')
  return policy
}

/** The day and the day of effect that a policy names itself. */
const statedDays = (policy: Policy): { readonly date?: string; readonly effective?: string } => {
  const entry = Object.values(contentOf(policy).kinds.changes).find(({ is }) => is === 'version')
  const isDay = (given: unknown): given is string => day.safeParse(given).success
  return {
    ...(isDay(entry?.date) ? { date: entry.date } : {}),
    ...(isDay(entry?.effective) ? { effective: entry.effective } : {}),
  }
}

const latest = (...days: readonly string[]): string => days.toSorted().at(-1) ?? ''

/**
 * Records a version of the policy and its notice, with the evidence of it in the same commit. A policy that says what the
 * newest version says is not recorded twice. Faults: `notice.date-unchanged` where the content changed and the date did
 * not, `notice.date-past`, `notice.date-differs`, `notice.bad-date`, `notice.effective-too-soon`,
 * `notice.published-meanwhile`, `notice.tampered`, `notice.bad-file`.
 */
export const publishVersion = async (input: PublishInput): Promise<Published> => {
  const { policy, policyText, versions, build } = input
  const known = await versions.versions()
  const newest = known.at(-1)
  const stated = statedDays(policy)
  if (input.date !== undefined && !day.safeParse(input.date).success) throw badDay()
  if (stated.date !== undefined && input.date !== undefined && stated.date !== input.date)
    throw dateDiffers(stated.date, input.date)
  const today = input.now.toISOString().slice(0, 10)
  const wanted = stated.date ?? input.date
  const before = versionInForce(known) ?? newest
  const policyBefore = before === undefined ? undefined : await policyOfVersion(versions, before)
  const differences = policyBefore === undefined ? [] : comparePolicies(policyBefore, policy)
  if (newest !== undefined && saysTheSame(known, newest, input, wanted)) return { version: newest, isNew: false }
  const date = wanted ?? today
  if (known.some((version) => version.date === date)) throw dateUnchanged(date)
  const least = latest(today, newest === undefined ? today : addDuration(newest.date, 'P1D'))
  if (date < least) throw datePast(date, least)
  const inForce = versionInForce(known)
  const wait = inForce === undefined || policyBefore === undefined ? undefined : waitFor(differences, policyBefore)
  const told = wait === undefined ? date : addDuration(today, wait.lead)
  if (stated.effective !== undefined && wait !== undefined && stated.effective < told)
    throw effectiveTooSoon(stated.effective, told, `${wait.lead} (${wait.because})`)
  const effective = stated.effective ?? latest(date, told)
  const asks = policyBefore === undefined ? [] : asksAnew(differences, policyBefore, policy)
  const history = [{ effective, changes: differences }, ...historyOf(known.filter(tookEffect))]
  const files = build({ policy, plan: input.plan, history })
  const version = {
    number: known.length + 1,
    date,
    effective,
    policy: policy.sha256,
    meaning: meaningHash(policy),
    notice: noticeHash(files),
    differences: differences as unknown as Json,
    asks,
  }
  boundary('publish.before-record')
  try {
    const recorded = await versions.publishVersion({ ...version, policyText, files }, attestation(version, differences))
    boundary('publish.after-record')
    return { version: recorded, isNew: true }
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'records.stale') throw error
    const other = (await versions.versions()).at(-1)
    // Two who publish the same at once publish it once.
    if (other !== undefined && other.policy === version.policy && other.notice === version.notice)
      return { version: other, isNew: false }
    throw publishedMeanwhile()
  }
}

type Attested = Pick<VersionRecord, 'number' | 'date' | 'effective' | 'policy' | 'meaning' | 'notice' | 'asks'>

const attestation = ({ number, asks, ...version }: Attested, differences: readonly Difference[]) => {
  const { date, effective, policy, meaning, notice } = version
  return fact('policy.published/1', {
    version: number,
    date,
    effective,
    policy,
    meaning,
    notice,
    ...countDifferences(differences),
    asks: asks.map(evidenceName),
  })
}

const tookEffect = ({ activated }: VersionRecord): boolean => activated !== undefined

/** What changed in each version, newest first. One that never took effect changed nothing. */
const historyOf = (versions: readonly VersionRecord[]): VersionInput['history'] =>
  versions.toReversed().map((version) => ({ effective: version.effective, changes: differencesOf(version) }))

/** What differs neither commits to anything nor is shown: comments, order, sources. */
const saysTheSame = (
  known: readonly VersionRecord[],
  newest: VersionRecord,
  { policy, plan, build }: PublishInput,
  wanted: string | undefined,
): boolean => {
  if (wanted !== undefined && wanted !== newest.date) return false
  if (newest.meaning !== meaningHash(policy)) return false
  const before = known.filter(({ activated }) => activated !== undefined && activated.at <= newest.publishedAt)
  return noticeHash(build({ policy, plan, history: historyOf([...before, newest]) })) === newest.notice
}
