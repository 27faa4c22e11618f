import type { Fact } from '../../ledger.ts'
import type { Mount } from '../app.ts'
import type { StaffOf } from '../who.ts'
import { type AuthOptions, cookieNames, staffAuth } from './auth.ts'
import { type SignInDesk, sessionValue } from './desk.ts'
import { staffMount } from './mount.ts'
import { openSession } from './sessions.ts'
import { machineOf } from './tokens.ts'

export interface StaffOptions extends AuthOptions {
  /** A staff member's id as evidence may hold it: `KeptDatabase.staff`. */
  pseudonym(staff: string): string
  /** Writes evidence into the log of each tenant named; of all, where none is. */
  record(tenants: readonly string[], facts: readonly Fact[]): Promise<void>
}

export interface StaffSide {
  /** Who of the staff sends a request: by the cookie of a session, or by a machine's token. */
  readonly staffOf: StaffOf
  /** The pages at /staff. */
  readonly mount: Mount
}

/** Sign-in and sessions of the staff, on Kept's own database. */
export function staffSide(options: StaffOptions): StaffSide {
  const { tables, publicAddress, oidc } = options
  const cookies = cookieNames(publicAddress)
  const desk: SignInDesk = {
    tables,
    auth: staffAuth(options),
    cookies,
    pseudonym: (staff) => options.pseudonym(staff),
    record: (tenants, facts) => options.record(tenants, facts),
  }
  return {
    staffOf: async (request) => {
      const authorization = request.headers.get('authorization')
      if (authorization !== null) return machineOf(tables, authorization)
      return (await openSession(tables, sessionValue(request, cookies.session)))?.staff
    },
    mount: staffMount(desk, publicAddress, oidc),
  }
}
