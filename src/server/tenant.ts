import type { KeptDatabase } from '../database/open.ts'
import type { ReadFiles, Workspace } from '../workspace/workspace.ts'

/** One vendor that this server works for: its policy, its stores and its part of Kept's own database. */
export interface Tenant {
  /** Short name in addresses and roles. */
  readonly slug: string
  readonly database: KeptDatabase
  /**
   * Runs with policy and stores as they stand now: opened once, and anew when the version in force, the policy file or a
   * store map has changed. What is in use stays open until it is let go.
   */
  use<T>(run: (workspace: Workspace) => Promise<T>): Promise<T>
  /** Policy and maps as their files say them this moment, with faults. */
  written(): Promise<ReadFiles>
  /** The connection string behind `env:NAME` or `file:PATH`. Fault `store.no-secret`. */
  secret(reference: string): Promise<string>
}

/** The tenants of this server; `undefined` asks for the default one. */
export interface Tenants {
  named(slug: string | undefined): Tenant | undefined
  /** The tenant whose pages stand under this host name, else the default one. */
  ofHost(host: string): Tenant | undefined
  readonly all: readonly Tenant[]
}
