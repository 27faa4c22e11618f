/**
 * The server on a durable PostgreSQL: requests taken a second over HTTP (eight clients at once), small erasures carried
 * out and proven, the list at 100,000 requests, and memory. One process serves and works; times count from outside.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { casesOf } from '../src/requests/case.ts'
import { approve, present } from '../src/requests/decide.ts'
import { receive } from '../src/requests/receive.ts'
import { want } from '../src/server/jobs/want.ts'
import { readConfiguration } from '../src/server/read-configuration.ts'
import { startServer } from '../src/server/serve.ts'
import { openSql } from '../src/sql/open.ts'
import { startPostgres } from '../test/postgres-server.ts'
import { MAP, POLICY, SCHEMA } from '../test/server/served-policy.ts'

const ERASED = Number(process.argv[2] ?? 1000)
const LISTED = 100_000
const TAKEN = 1000
const CLIENTS = 8

const postgres = await startPostgres({ durable: true })
const folder = mkdtempSync(join(tmpdir(), 'kept-bench-server-'))
const [storeUrl, ownUrl] = [await postgres.createDatabase('store'), await postgres.createDatabase('own')]
const store = await openSql(storeUrl)
const people = ERASED + TAKEN
await store.query(SCHEMA)
await store.query(`INSERT INTO users SELECT n, 'person' || n || '@example.org', 'Person ' || n, now() FROM generate_series(1, ${people}) n;
  INSERT INTO tickets SELECT n * 10 + t, n, 'ticket', now() FROM generate_series(1, ${people}) n, generate_series(1, 2) t; ANALYZE`)
mkdirSync(join(folder, 'stores'))
writeFileSync(join(folder, 'kept.yaml'), POLICY)
writeFileSync(join(folder, 'stores', 'helpdesk.yaml'), MAP)
const rate = '{ burst: 100000, per-minute: 1000000 }'
writeFileSync(join(folder, 'kept.server.yaml'), `limits: { each-address: ${rate}, each-staff: ${rate} }\n`)
const env = { HELPDESK: storeUrl, KEPT_DATABASE_URL: ownUrl, KEPT_KEYS: join(folder, 'keys') }
const options = { policy: 'kept.yaml', data: '.kept', port: 0 }
const start = async (inside: boolean) => {
  const configuration = await readConfiguration(folder, undefined, env, options)
  return startServer({
    surroundings: { cwd: folder, env, err: () => undefined },
    configuration: { ...configuration, jobs: { ...configuration.jobs, inside } },
    log: () => undefined,
    staffOf: async () => ({
      id: 'bench',
      name: 'Bench',
      roles: { main: ['privacy-officer'] },
      confirmedAt: new Date(),
    }),
  })
}
const print = (text: string) => process.stdout.write(`${text}\n`)
const megabytes = () => Math.round(process.memoryUsage().rss / 1_048_576)

const idle = megabytes()
let server = await start(false)
print(`memory: ${idle} MB before, ${megabytes()} MB when it serves`)
let next = ERASED
const begun = performance.now()
await Promise.all(
  Array.from({ length: CLIENTS }, async () => {
    while (next < people) {
      next += 1
      const body = { kind: 'access', identities: [{ kind: 'email', value: `person${next}@example.org` }] }
      const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      const response = await fetch(`${server.address}/api/v1/requests`, init)
      if (response.status !== 202) throw new Error(`answered ${response.status}`)
      await response.text()
    }
  }),
)
print(`intake: ${Math.round((TAKEN / (performance.now() - begun)) * 1000)} requests a second`)

const [tenant] = server.foundation.tenants.all
if (tenant === undefined) throw new Error('there is no tenant')
const ids = await tenant.use(async ({ engine }) => {
  const asked = Array.from({ length: ERASED }, (_, index) => ({
    kind: 'erasure' as const,
    identities: [{ kind: 'email', value: `person${index + 1}@example.org` }],
  }))
  const records = await receive(engine, asked)
  return records.map(({ id }) => id)
})
const own = await openSql(ownUrl)
await own.query(`UPDATE kept.request SET state = 'cancelled' WHERE kind = 'access'`)
await own.query('DELETE FROM kept_jobs.job')
const working = performance.now()
await tenant.use(async ({ engine }) => {
  for (const one of await present(engine, await casesOf(engine, ids)))
    await approve(engine, one.record.id, { by: 'bench', seen: one.sealed.shown?.hash ?? '' })
})
await want(server.foundation.boss, 'main', ids)
await server.close()
server = await start(true)
for (;;) {
  const { rows } = await own.query(
    `SELECT count(*)::int AS left FROM kept.request WHERE kind = 'erasure' AND state <> 'done'`,
  )
  if (rows[0]?.left === 0) break
  await new Promise((done) => setTimeout(done, 200))
}
print(
  `${ERASED} erasures seen, approved, carried out and proven: ${((performance.now() - working) / 1000).toFixed(1)} s; ${megabytes()} MB`,
)

await own.query(`INSERT INTO kept.request (controller, id, kind, state, policy, created_at, changed_at, due_at, revision, steps)
  SELECT r.controller, lpad(n::text, 12, '0'), 'access', CASE WHEN n % 50 = 0 THEN 'denied' ELSE 'done' END, r.policy,
    now() - n * interval '1 minute', now(), now() + interval '1 month', 1, r.steps
  FROM (SELECT * FROM kept.request LIMIT 1) r, generate_series(1, ${LISTED}) n; ANALYZE kept.request`)
for (const path of [
  '/api/v1/requests',
  '/api/v1/requests?state=denied',
  '/api/v1/tasks',
  '/api/v1/requests?cursor=000000050000',
]) {
  const times: number[] = []
  for (let time = 0; time < 200; time += 1) {
    const from = performance.now()
    await (await fetch(`${server.address}${path}`)).text()
    times.push(performance.now() - from)
  }
  times.sort((left, right) => left - right)
  print(`${path} at ${LISTED} requests: p50 ${times[100]?.toFixed(1)} ms, p99 ${times[197]?.toFixed(1)} ms`)
}
await server.close()
await own.close()
await store.close()
await postgres.stop()
rmSync(folder, { recursive: true, force: true })
