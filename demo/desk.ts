import { join } from 'node:path'
import { caseOf } from '../src/requests/case.ts'
import { deny, present } from '../src/requests/decide.ts'
import { receive } from '../src/requests/receive.ts'
import { openSql } from '../src/sql/open.ts'
import { withWorkspace } from '../src/workspace/workspace.ts'
import type { Vendor } from './vendor.ts'

const DAY_MS = 86_400_000

/** What waits on the desk when somebody looks around: one soon late, one with a namesake, one that was denied. */
const ASKED = [
  { kind: 'erasure', email: 'gardener7@example.com', daysAgo: 28 },
  { kind: 'access', email: 'noel.byrne@example.com', daysAgo: 12 },
  { kind: 'erasure', email: 'orla.quinn@example.com', daysAgo: 3 },
  { kind: 'erasure', email: 'gardener19@example.com', daysAgo: 1, denied: 'unfounded' },
] as const

/** Lays requests on the vendor's desk, looked up and waiting for somebody. */
export async function fillDesk(vendor: Vendor): Promise<void> {
  // Another Noel Byrne, who has nothing to do with the first.
  const helpdesk = await openSql(`pglite:${join(vendor.folder, 'databases', 'helpdesk')}`)
  try {
    await helpdesk.query(
      `INSERT INTO contacts VALUES (5, 'noel.byrne@example.com', 'Noel Byrne', false), (6, 'n.byrne@example.ie', 'Noel Byrne', false)`,
    )
  } finally {
    await helpdesk.close()
  }
  const database = { directory: vendor.data, opened: vendor.database }
  const surroundings = { cwd: vendor.folder, env: process.env, err: () => {}, database }
  const options = { policy: 'kept.yaml', data: vendor.data }
  await withWorkspace(surroundings, options, {}, async ({ engine }) => {
    for (const { kind, email, daysAgo, ...rest } of ASKED) {
      const now = () => new Date(Date.now() - daysAgo * DAY_MS)
      const then = { ...engine, now }
      const [record] = await receive(then, [{ kind, identities: [{ kind: 'email', value: email }] }])
      if (record === undefined) throw new Error('a request was not created')
      await present(engine, [await caseOf(engine, record.id)])
      if ('denied' in rest) await deny(engine, record.id, 'jo', rest.denied)
    }
  })
}
