/** Erasures carried out by two workers that are killed again and again, at places drawn by a seed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Boundary } from '../../src/base/boundary.ts'
import { casesOf } from '../../src/requests/case.ts'
import { approve, present } from '../../src/requests/decide.ts'
import { receive } from '../../src/requests/receive.ts'
import { readConfiguration } from '../../src/server/read-configuration.ts'
import { layFoundation } from '../../src/server/serve.ts'
import { freshDatabase } from '../postgres.ts'
import { numbers } from './numbers.ts'
import { layVendor } from './vendor.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where a worker dies: before, in and after the store's commit, before and after ours, in the proof and at the close. */
const PLACES: readonly Boundary[] = [
  'execute.before-store',
  'execute.in-store',
  'execute.after-store',
  'execute.before-record',
  'execute.after-record',
  'settle.before',
  'settle.after',
  'again.after-find',
  'prove.before-search',
  'prove.after-search',
  'close.before-record',
  'close.after-record',
]

const CONFIGURATION = `jobs: { inside: false, together: 3, lost-after-seconds: 10, first-wait-seconds: 1, longest-wait-seconds: 2 }\n`

export interface Killed {
  readonly kills: number
  /** How many of each state; all must be `done`. */
  readonly states: Readonly<Record<string, number>>
  /** Requests whose evidence does not say each act exactly once. */
  readonly notOnce: readonly string[]
  /** Rows of the erased, and markers, left in the store. */
  readonly left: unknown
  readonly others: unknown
}

/** Approves `people` erasures, kills workers `kills` times, then lets two end the work. */
export async function killWorkers(people: number, kills: number, seed: number): Promise<Killed> {
  const { folder, store, env } = await layVendor(people + 1)
  env.KEPT_DATABASE_URL = await freshDatabase('killed')
  env.KEPT_KEYS = join(folder, 'keys')
  writeFileSync(join(folder, 'kept.server.yaml'), CONFIGURATION)
  const configuration = await readConfiguration(folder, undefined, env, { policy: 'kept.yaml', data: '.kept' })
  const surroundings = { cwd: folder, env, err: () => undefined }
  const foundation = await layFoundation({ surroundings, configuration, log: () => undefined })
  const workers = new Set<ChildProcess>()
  try {
    const [tenant] = foundation.tenants.all
    if (tenant === undefined) throw new Error('the server has no tenant')
    const { database } = tenant
    const ids = await tenant.use(async ({ engine }) => {
      const asked = Array.from({ length: people }, (_, index) => ({
        kind: 'erasure' as const,
        identities: [{ kind: 'email', value: `person${index + 1}@example.org` }],
      }))
      const records = await receive(engine, asked)
      const shown = await present(
        engine,
        await casesOf(
          engine,
          records.map(({ id }) => id),
        ),
      )
      for (const { record, sealed } of shown)
        await approve(engine, record.id, { by: 'jo', seen: sealed.shown?.hash ?? '' })
      return records.map(({ id }) => id)
    })
    const draw = numbers(seed)
    const start = (killAt?: string): ChildProcess => {
      const worker = spawn(process.execPath, [join(root, 'bin/kept.js'), 'worker'], {
        cwd: folder,
        env: { ...process.env, ...env, ...(killAt === undefined ? {} : { KEPT_TEST_KILL_AT: killAt }) },
        stdio: 'ignore',
      })
      workers.add(worker)
      worker.once('exit', () => workers.delete(worker))
      return worker
    }
    const open = async () => (await database.requests({ limit: 5000 })).filter(({ state }) => state !== 'done')
    let killed = 0
    const chain = async (): Promise<void> => {
      while (killed < kills && (await open()).length > 0) {
        const worker = start(`${PLACES[draw(PLACES.length)]}:${1 + draw(2)}`)
        const [, signal] = (await once(worker, 'exit')) as [number | null, string | null]
        if (signal === 'SIGKILL') killed += 1
      }
    }
    await Promise.all([chain(), chain()])
    start()
    start()
    for (let tries = 0; tries < 1200 && (await open()).length > 0; tries += 1) await pause(100)
    const states: Record<string, number> = {}
    for (const { state } of await database.requests({ limit: 5000 })) states[state] = (states[state] ?? 0) + 1
    const { rows: left } = await store.query(`SELECT
      (SELECT count(*)::int FROM users WHERE email LIKE 'person%@example.org') AS users,
      (SELECT count(*)::int FROM tickets) AS tickets, (SELECT count(*)::int FROM kept_store.marker) AS markers`)
    const { rows: others } = await store.query(`SELECT email, name FROM users WHERE id = ${people + 1}`)
    return { kills: killed, states, notOnce: await notOnce(database.entries(), ids), left: left[0], others: others[0] }
  } finally {
    const ends = [...workers].map((worker) => once(worker, 'exit'))
    for (const worker of workers) worker.kill('SIGKILL')
    await Promise.all(ends)
    await foundation.close()
  }
}

async function notOnce(
  entries: AsyncIterable<{ readonly type: string; readonly body: Readonly<Record<string, unknown>> }>,
  ids: readonly string[],
): Promise<string[]> {
  const seen = new Map<string, string[]>(ids.map((id) => [id, []]))
  for await (const { type, body } of entries) {
    const rows = type === 'request.executed/1' ? `:${JSON.stringify(body.tables)}` : ''
    seen.get(String(body.request))?.push(`${type}${rows}${type === 'request.closed/1' ? `:${body.state}` : ''}`)
  }
  const once = ['request.received/1', 'request.approved/1', 'request.executed/1', 'request.closed/1:done']
  return [...seen].flatMap(([id, types]) => {
    const wrong = once.filter((wanted) => types.filter((type) => type.startsWith(wanted)).length !== 1)
    return wrong.length === 0 ? [] : [`${id}: ${types.join(' ')}`]
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}
