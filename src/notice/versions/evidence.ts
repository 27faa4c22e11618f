import type { NoticeFile } from '../../records.ts'

/**
 * What shows that people can read, or were told of, a version before it counts: a page that was fetched back, a mail that
 * a server accepted. Each way is one of these; the version's record and the evidence log hold what it found.
 */
export interface NoticeEvidence {
  /** Code of the way: `page`. */
  readonly by: string
  /** Where it looks; recorded as it is, and as a hash in the evidence. */
  readonly place: string
  /** Looks, and answers the SHA-256 (hex) of what it found, which is one of the version's files. A fault where it is not. */
  look(files: readonly NoticeFile[]): Promise<string>
}
