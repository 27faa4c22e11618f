import type { PgBoss } from 'pg-boss'
import { type RequestJob, requestQueue } from './queue.ts'

const keyOf = (tenant: string, request: string): string => `${tenant}:${request}`

/** Asks for requests to be carried on with; one job a request at a time, however often it is asked. */
export async function want(boss: PgBoss, tenant: string, requests: readonly string[]): Promise<void> {
  await boss.insert(
    requestQueue,
    requests.map((request) => {
      const data: RequestJob = { tenant, request }
      return { data, singletonKey: keyOf(tenant, request) }
    }),
  )
}

/** The same for one at once: a job that waits for its next try is begun now. */
export async function wantNow(boss: PgBoss, tenant: string, request: string): Promise<void> {
  const singletonKey = keyOf(tenant, request)
  const data: RequestJob = { tenant, request }
  const sent = await boss.send(requestQueue, data, { singletonKey })
  if (sent === null) await boss.update(requestQueue, undefined, { singletonKey, startAfter: new Date() })
}
