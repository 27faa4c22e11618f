import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { refusals } from '../faults.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Metrics } from '../metrics.ts'
import { type Route, route } from '../route.ts'
import type { Tenants } from '../tenant.ts'

const part = z.enum(['ok', 'failed'])

/** The process itself: does it live, can it work, what does it count. */
export function processRoutes(
  tenants: Tenants,
  jobs: Jobs,
  metrics: Metrics,
  metricsToken: string | undefined,
): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/health',
      name: 'process.health',
      summary: 'The process lives',
      tag: 'process',
      who: 'public',
      answer: z.object({ ok: z.literal(true) }),
      handle: async () => ({ body: { ok: true } }),
    }),
    route({
      method: 'get',
      path: '/ready',
      name: 'process.ready',
      summary: 'Database, keys, policies and jobs can be worked with; 503 where one cannot',
      tag: 'process',
      who: 'public',
      answer: z.object({ ok: z.boolean(), database: part, policies: part, jobs: part }),
      handle: async () => {
        // A checkpoint needs the database, its migrations and the signing key.
        const database = await works(() => Promise.all(tenants.all.map((tenant) => tenant.database.checkpoint())))
        const policies = await works(() => Promise.all(tenants.all.map((tenant) => tenant.use(async () => {}))))
        const queue = await works(() => jobs.counts())
        const ok = database && policies && queue
        const word = (good: boolean) => (good ? ('ok' as const) : ('failed' as const))
        const body = { ok, database: word(database), policies: word(policies), jobs: word(queue) }
        return ok ? { body } : Response.json(body, { status: 503 })
      },
    }),
    route({
      method: 'get',
      path: '/metrics',
      name: 'process.metrics',
      summary: 'Metrics for Prometheus: on loopback, or with the token of the configuration',
      tag: 'process',
      who: 'public',
      produces: 'text/plain',
      handle: async ({ request, isLoopback }) => {
        if (!isLoopback && !isToken(request, metricsToken)) throw refusals.notSignedIn()
        return new Response(await metrics.text(), { headers: { 'content-type': 'text/plain; version=0.0.4' } })
      },
    }),
  ]
}

async function works(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look()
    return true
  } catch {
    return false
  }
}

function isToken(request: Request, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (token === undefined || given === undefined) return false
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(token))
}
