import type { KeptDatabase } from '../database/open.ts'
import { readConfiguration } from '../server/read-configuration.ts'
import { staffTables, unknownTenant } from '../server/staff/open.ts'
import type { StaffTables } from '../server/staff/tables.ts'
import { type CommonOptions, openOwn, readFiles } from '../workspace/workspace.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface StaffOptions extends CommonOptions {
  readonly config?: string
  readonly tenant?: string
}

/** What commands about staff work with. */
export interface StaffDesk {
  readonly tables: StaffTables
  readonly database: KeptDatabase
  /** Short name of the tenant that is meant. */
  readonly tenant: string
  readonly publicAddress: string
}

/** Opens Kept's own database as the server would, for one tenant. Fault `staff.unknown-tenant`. */
export async function withStaff(
  terminal: Terminal,
  options: StaffOptions,
  use: (desk: StaffDesk) => Promise<ExitCode>,
): Promise<ExitCode> {
  const configuration = await readConfiguration(terminal.cwd, options.config, terminal.env, options)
  const { tenants, data, publicAddress } = configuration
  const found = options.tenant === undefined ? tenants[0] : tenants.find(({ slug }) => slug === options.tenant)
  if (found === undefined) throw unknownTenant(options.tenant ?? '')
  const own = { ...options, policy: found.policy, data }
  const { plan } = await readFiles(terminal, own)
  const { database, close } = await openOwn(terminal, own, plan)
  try {
    return await use({ tables: staffTables(database), database, tenant: found.slug, publicAddress })
  } finally {
    await close()
  }
}
