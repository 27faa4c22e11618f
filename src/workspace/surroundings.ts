import type { KeptDatabase } from '../database/open.ts'

/** Where files and variables are looked up, and who is told what should be known: a terminal's, or a server's. */
export interface Surroundings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  err(text: string): void
  /** Kept's own database where the running process holds it already; then it is not opened, nor closed. */
  readonly database?: { readonly directory: string; readonly opened: KeptDatabase }
}
