import { addDuration } from '../../base/duration.ts'
import { sha256Hex } from '../../base/hash.ts'
import { fact } from '../../language/facts.ts'
import { versionInForce } from '../../policy/version-in-force.ts'
import type { VersionRecord, VersionShown, Versions } from '../../records.ts'
import { comparePolicies } from '../difference/compare-policies.ts'
import type { NoticeEvidence } from './evidence.ts'
import { mailPromise } from './mail-promise.ts'
import { policyOfVersion } from './publish.ts'
import { mustBeWhole } from './stored.ts'
import { nothingWaits, notNewer, notShown, notTold, tooSoon, unknownVersion } from './version-faults.ts'
import { waitFor } from './waiting.ts'

export interface ActivateInput {
  readonly versions: Versions
  /** Day of the version; default: the newest one. */
  readonly date?: string
  /** Where to look whether people can read it, before anything else. */
  readonly evidence: readonly NoticeEvidence[]
  readonly now: Date
}

export interface Activated {
  readonly version: VersionRecord
  /** False where it was in force already. */
  readonly isNew: boolean
  /** What was found now. */
  readonly shown: readonly VersionShown[]
}

const latest = (left: string, right: string): string => (left > right ? left : right)

/** The day from which a version may count: its own, and the lead time after people could first read of it. */
const earliestDay = async (
  versions: Versions,
  version: VersionRecord,
  firstShown: string,
  inForce: VersionRecord | undefined,
): Promise<{ readonly day: string; readonly because: string }> => {
  const own = { day: version.effective, because: 'that is the day it shows itself' }
  if (inForce === undefined) return own
  const [before, after] = [await policyOfVersion(versions, inForce), await policyOfVersion(versions, version)]
  const wait = waitFor(comparePolicies(before, after), before)
  const told = addDuration(firstShown.slice(0, 10), wait.lead)
  return latest(told, own.day) === own.day
    ? own
    : {
        day: told,
        because: `people could read it since ${firstShown.slice(0, 10)} and know it ${wait.lead} before (${wait.because})`,
      }
}

/** What the lead time counts from: the page, or the letters where the policy in force promises mail. Fault `notice.not-told`. */
const toldAsPromised = async (
  versions: Versions,
  version: VersionRecord,
  page: VersionShown,
  shown: readonly VersionShown[],
  inForce: VersionRecord,
): Promise<VersionShown> => {
  const [before, after] = [await policyOfVersion(versions, inForce), await policyOfVersion(versions, version)]
  const promise = mailPromise(comparePolicies(before, after), before)
  if (promise === undefined) return page
  const mail = shown.find(({ by }) => by === 'mail')
  if (mail === undefined) throw notTold(version.date, promise)
  return mail.at > page.at ? mail : page
}

/**
 * Lets a version take effect: what shows that people can read it is looked at and recorded, then the version, if its time
 * has come. Until then the one before it stays in force. Faults `notice.version-unknown`, `notice.nothing-waits`,
 * `notice.not-newer`, `notice.not-shown`, `notice.not-told`, `notice.too-soon`, `notice.tampered`, and those of the evidence.
 */
export const activateVersion = async ({ versions, date, evidence, now }: ActivateInput): Promise<Activated> => {
  const known = await versions.versions()
  const version = date === undefined ? known.at(-1) : known.find((one) => one.date === date)
  if (version === undefined) throw date === undefined ? nothingWaits() : unknownVersion(date)
  const inForce = versionInForce(known)
  if (version.number === inForce?.number) return { version, isNew: false, shown: [] }
  if (inForce !== undefined && version.number < inForce.number) throw notNewer(version.date, inForce.date)
  const { files } = await mustBeWhole(versions, version)
  const found: VersionShown[] = []
  for (const { by, place, look } of evidence) {
    const sha256 = await look(files)
    const attested = fact('policy.shown/1', { version: version.number, by, place: sha256Hex(place), sha256 })
    found.push(await versions.showVersion(version.number, { by, place, sha256 }, attested))
  }
  const shown = [...version.shown, ...found]
  const first = shown.find(({ by }) => by !== 'mail')
  if (first === undefined) throw notShown(version.date)
  const since = inForce === undefined ? first : await toldAsPromised(versions, version, first, shown, inForce)
  const earliest = await earliestDay(versions, version, since.at, inForce)
  if (now.toISOString().slice(0, 10) < earliest.day) throw tooSoon(version.date, earliest.day, earliest.because)
  const entry = await versions.activateVersion(
    version.number,
    fact('policy.activated/1', {
      version: version.number,
      date: version.date,
      policy: version.policy,
      notice: version.notice,
      shown: first.evidence,
    }),
  )
  return {
    version: {
      ...version,
      shown: [...version.shown, ...found],
      activated: { at: entry.at, evidence: entry.index },
    },
    isNew: true,
    shown: found,
  }
}
