import { sha256Hex } from '../../base/hash.ts'
import type { Entry } from '../../ledger.ts'
import type { VersionContent, VersionRecord, Versions } from '../../records.ts'
import { noticeHash } from './notice-files.ts'
import { tampered } from './version-faults.ts'

/** What of a stored version is not as its evidence says; undefined where all is. */
const wrongIn = (
  version: VersionRecord,
  content: VersionContent | undefined,
  entries: readonly Entry[],
): string | undefined => {
  if (content === undefined) return 'its content is gone'
  if (sha256Hex(content.policyText) !== version.policy) return 'its policy has another hash'
  if (hashOf(content) !== version.notice) return 'its notice has another hash'
  const attested = entries.find(
    (entry) => entry.type === 'policy.published/1' && entry.index === version.evidence,
  )?.body
  if (attested === undefined) return 'no entry of the evidence log attests it'
  const { number, date, effective, policy, meaning, notice } = version
  const stored = { version: number, date, effective, policy, meaning, notice }
  const other = Object.entries(stored).find(([key, value]) => attested[key] !== value)
  if (other !== undefined) return `its evidence names another ${other[0]}`
  const { activated } = version
  const inForce = entries.find((entry) => entry.type === 'policy.activated/1' && entry.body.version === number)
  if (activated?.evidence !== inForce?.index || (activated !== undefined && activated.at !== inForce?.at))
    return 'its evidence says otherwise when it took effect'
  return undefined
}

const hashOf = ({ files }: VersionContent): string | undefined => {
  try {
    return noticeHash(files)
  } catch {
    return undefined
  }
}

/** A stored version, held against the evidence log. */
export interface StoredVersion {
  readonly version: VersionRecord
  /** What is not as it was published; undefined where it is whole. */
  readonly problem?: string
}

/**
 * Every version with what is wrong about it: each is read whole and held against its hashes and against the entry of the
 * evidence log that attests it. `missing`: days of versions that the log attests and the database has lost.
 */
export const storedVersions = async (
  versions: Versions,
): Promise<{ readonly stored: readonly StoredVersion[]; readonly missing: readonly string[] }> => {
  const [known, entries] = [await versions.versions(), await versions.versionEntries()]
  const stored: StoredVersion[] = []
  for (const version of known) {
    const problem = wrongIn(version, await versions.versionContent(version.number), entries)
    stored.push(problem === undefined ? { version } : { version, problem })
  }
  const numbers = new Set(known.map(({ number }) => number))
  const missing = entries
    .filter(({ type, body }) => type === 'policy.published/1' && !numbers.has(Number(body.version)))
    .map(({ body }) => String(body.date))
  return { stored, missing }
}

/** Refuses a version that is not as it was published. Fault `notice.tampered`. */
export const mustBeWhole = async (versions: Versions, version: VersionRecord): Promise<VersionContent> => {
  const content = await versions.versionContent(version.number)
  const problem = wrongIn(version, content, await versions.versionEntries())
  if (problem !== undefined || content === undefined) throw tampered(version.date, problem ?? 'its content is gone')
  return content
}
