import type { VersionRecord } from '../records.ts'

/** The version that was in force at an instant (RFC 3339): the last one activated by then; undefined before the first. */
export const versionAt = (versions: readonly VersionRecord[], at: string): VersionRecord | undefined =>
  versions.findLast((version) => version.activated !== undefined && version.activated.at <= at)

/** The version in force: a later one that waits changes nothing yet. */
export const versionInForce = (versions: readonly VersionRecord[]): VersionRecord | undefined =>
  versions.findLast((version) => version.activated !== undefined)

/**
 * Whether a consent given at an instant (RFC 3339) still stands for a purpose: not when a version that asks for it anew took
 * effect since. People agree to what they were told (GDPR art. 4(11)).
 */
export const consentStands = (versions: readonly VersionRecord[], purpose: string, givenAt: string): boolean =>
  !versions.some(({ activated, asks }) => activated !== undefined && activated.at > givenAt && asks.includes(purpose))
