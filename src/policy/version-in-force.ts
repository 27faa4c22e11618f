import type { VersionRecord } from '../records.ts'

/** The version that was in force at an instant (RFC 3339): the last one activated by then; undefined before the first. */
export const versionAt = (versions: readonly VersionRecord[], at: string): VersionRecord | undefined =>
  versions.findLast((version) => version.activated !== undefined && version.activated.at <= at)

/** The version in force: a later one that waits changes nothing yet. */
export const versionInForce = (versions: readonly VersionRecord[]): VersionRecord | undefined =>
  versions.findLast((version) => version.activated !== undefined)
