import { canonicalJson } from '../../base/canonical-json.ts'
import { sha256Hex } from '../../base/hash.ts'
import type { Plan } from '../../policy/plan.ts'
import type { Policy } from '../../policy/policy.ts'
import type { NoticeFile } from '../../records.ts'
import type { Difference } from '../difference/difference.ts'
import { badFile } from './version-faults.ts'

/** What a notice is built of. The same input gives the same bytes. */
export interface VersionInput {
  readonly policy: Policy
  readonly plan: Plan
  /** What changed in this version and in those before it, newest first, each with its day of effect (ISO 8601). */
  readonly history: readonly { readonly effective: string; readonly changes: readonly Difference[] }[]
}

/** Writes a notice out of a policy: HTML, Markdown and JSON in each language. */
export type BuildNotice = (input: VersionInput) => readonly NoticeFile[]

const plainPath = /^(?:[a-z0-9][a-z0-9._-]{0,99}\/){0,4}[a-z0-9][a-z0-9._-]{0,99}$/u

/** SHA-256 (hex) of a notice: over the names and hashes of its files. Fault `notice.bad-file`. */
export const noticeHash = (files: readonly NoticeFile[]): string => {
  const paths = new Set(files.map(({ path }) => path))
  if (paths.size !== files.length || files.some(({ path }) => !plainPath.test(path))) throw badFile()
  const listed = files
    .map(({ path, text }) => ({ path, sha256: sha256Hex(text) }))
    .sort((left, right) => (left.path < right.path ? -1 : 1))
  return sha256Hex(canonicalJson(listed))
}
