import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { PgBoss } from 'pg-boss'
import { type KeptDatabase, openDatabase } from '../database/open.ts'
import { caseForPerson } from '../intake/page.ts'
import { Fault } from '../language/fault.ts'
import { resolveSecret } from '../policy/secret.ts'
import { openSql } from '../sql/open.ts'
import type { SqlPool } from '../sql/sql.ts'
import type { Surroundings } from '../workspace/surroundings.ts'
import { readFiles } from '../workspace/workspace.ts'
import { adminPages } from './admin/pages.ts'
import { createApp, type Mount } from './app.ts'
import { type CaseDesk, caseChore, openCaseDesk } from './case-desk.ts'
import { centreMount } from './centre/mount.ts'
import type { Gates } from './gate.ts'
import { type Jobs, jobsOf } from './jobs/jobs.ts'
import { openQueue } from './jobs/queue.ts'
import { type Chore, startWorker } from './jobs/worker.ts'
import type { Log } from './log.ts'
import { type Metrics, openMetrics } from './metrics.ts'
import { OpenTenant } from './open-tenant.ts'
import { openDsrMount } from './opendsr.ts'
import { openPost } from './post.ts'
import type { Configuration } from './read-configuration.ts'
import type { Route } from './route.ts'
import { allRoutes } from './routes/index.ts'
import { openStaff } from './staff/open.ts'
import type { Tenant, Tenants } from './tenant.ts'
import type { PersonOf } from './who.ts'

/** Everything a server or a worker stands on. */
export interface Foundation {
  readonly tenants: Tenants
  readonly databases: readonly KeptDatabase[]
  readonly boss: PgBoss
  readonly exports: string
  readonly metrics: Metrics
  close(): Promise<void>
}

export interface ServeOptions extends Gates {
  readonly surroundings: Surroundings
  readonly configuration: Configuration
  readonly log: Log
  /** Parts with pages of their own. */
  readonly mounts?: readonly Mount[]
  readonly routes?: readonly Route[]
  readonly chores?: readonly Chore[]
}

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly address: string
  /** Where people reach it, as the configuration says. */
  readonly publicAddress: string
  readonly foundation: Foundation
  readonly jobs: Jobs
  /** While nobody is administrator yet: the link by which somebody becomes it. */
  readonly firstLink?: string
  close(): Promise<void>
}

/**
 * Opens the tenants, the jobs and the HTTP side. Faults `server.port-taken`, `server.tenants-need-database`,
 * `server.same-controller`, and those of the policies and of the database.
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { configuration, log, surroundings } = options
  const foundation = await layFoundation(options)
  const { boss, tenants, exports, metrics } = foundation
  const undo: (() => Promise<void>)[] = [() => foundation.close()]
  try {
    const desk = await openCaseDesk(configuration, surroundings.env)
    let nudge = () => {}
    const post = await openPost(configuration, tenants, surroundings.env, log)
    const mail = await post.listen()
    if (mail !== undefined) undo.push(() => mail.close())
    if (configuration.jobs.inside) {
      const { together } = configuration.jobs
      const measured = metrics.job
      const chores = [...(options.chores ?? []), caseChore(desk), ...post.chores]
      const worker = await startWorker({ boss, tenants, exports, together, log, chores, measured })
      nudge = worker.nudge
      undo.push(() => worker.stop())
    }
    const jobs = jobsOf(boss, nudge)
    metrics.watchJobs(() => jobs.counts())
    const token = configuration.metricsToken
    const metricsToken = token === undefined ? undefined : await resolveSecret(token, surroundings.env)
    const routes = [
      ...allRoutes({ tenants, jobs, desk, metrics, exports, metricsToken, version: version() }),
      ...(options.routes ?? []),
    ]
    const staff = options.staffOf ? undefined : await openStaff(configuration, tenants, surroundings.env)
    const pages = adminPages()
    if (pages === undefined) log({ level: 'warning', event: 'no-pages', mend: 'npm run build' })
    const { opendsr } = configuration
    const controllers = opendsr && (await openDsrMount(opendsr, { ...configuration, env: surroundings.env }))
    const mounts = [
      ...(options.mounts ?? []),
      ...[controllers, staff?.mount, pages].filter((mount) => mount !== undefined),
      // Whatever is nobody else's is a page of the privacy centre, so it comes last.
      centreMount(desk),
    ]
    const app = createApp({
      mounts,
      routes,
      tenants,
      settings: configuration,
      log,
      measured: metrics.request,
      staffOf: options.staffOf ?? staff?.staffOf ?? (async () => undefined),
      personOf: options.personOf ?? personBy(tenants, desk),
    })
    const server = createAdaptorServer({
      fetch: app.fetch as Parameters<typeof createAdaptorServer>[0]['fetch'],
      serverOptions: {
        requestTimeout: 120_000,
        headersTimeout: 20_000,
        keepAliveTimeout: 10_000,
        maxHeaderSize: 16_384,
      },
    }) as Server
    const address = await listenOn(server, configuration.listen)
    undo.push(() => endServer(server))
    log({ level: 'info', event: 'listening', address })
    const firstLink = staff?.firstLink === undefined ? {} : { firstLink: staff.firstLink }
    return {
      address,
      publicAddress: configuration.publicAddress,
      foundation,
      jobs,
      ...firstLink,
      close: () => runAll(undo),
    }
  } catch (error) {
    await runAll(undo)
    throw error
  }
}

/** The holder of a page's token, as a bearer; a token that opens nothing is nobody. */
function personBy(tenants: Tenants, desk: CaseDesk): PersonOf {
  return async (request, slug) => {
    const page = /^Bearer ([\w-]{8,200})$/.exec(request.headers.get('authorization') ?? '')?.[1]
    const tenant = tenants.named(slug)
    if (page === undefined || tenant === undefined) return undefined
    return desk(tenant, async (intake) => {
      try {
        return { case: (await caseForPerson(intake, page)).record.id, page }
      } catch (error) {
        if (error instanceof Fault && error.code === 'case.page-refused') return undefined
        throw error
      }
    })
  }
}

/** Opens Kept's own database, each tenant and the queue. */
export async function layFoundation(options: ServeOptions): Promise<Foundation> {
  const { configuration, surroundings, log } = options
  const { KEPT_DATABASE_URL: url, KEPT_KEYS: keys } = surroundings.env
  if (!url && configuration.tenants.length > 1) throw tenantsNeedDatabase()
  const undo: (() => Promise<void>)[] = []
  try {
    const shared = url ? await openSql(url, { durable: true, maxConnections: 10 }) : undefined
    if (shared) undo.push(() => shared.close())
    const opened: OpenTenant[] = []
    const hosts = new Map<string, Tenant>()
    for (const { slug, policy, hosts: names } of configuration.tenants) {
      const common = { policy, data: configuration.data }
      const { plan } = await readFiles(surroundings, common)
      const controller = plan.controller.name
      if (opened.some(({ database }) => database.controller === controller)) throw sameController()
      const held = surroundings.database
      const isHeld = held?.directory === configuration.data && held.opened.controller === controller
      const database = isHeld
        ? held.opened
        : await openDatabase({
            directory: configuration.data,
            controller,
            ...(shared ? { pool: shared } : {}),
            ...(keys ? { keys } : {}),
          })
      if (!isHeld) undo.push(() => database.close())
      const tenant = new OpenTenant({ slug, surroundings, options: common, database, log })
      undo.push(() => tenant.close())
      // Faults of the files are told at the start, not at the first request.
      await tenant.use(async () => {})
      opened.push(tenant)
      for (const name of names) hosts.set(name, tenant)
    }
    const pool = shared ?? (await embeddedPool(configuration.data))
    if (!shared) undo.push(() => pool.close())
    const boss = await openQueue({
      ...(url ? { url } : {}),
      pool,
      log,
      ...configuration.jobs,
    })
    undo.push(() => boss.stop({ graceful: true, timeout: 10_000 }))
    return {
      tenants: {
        named: (slug) => (slug === undefined ? opened[0] : opened.find((tenant) => tenant.slug === slug)),
        ofHost: (host) => hosts.get(host.toLowerCase()) ?? opened[0],
        all: opened,
      },
      databases: opened.map(({ database }) => database),
      boss,
      exports: join(configuration.data, 'exports'),
      metrics: openMetrics(),
      close: () => runAll(undo),
    }
  } catch (error) {
    await runAll(undo)
    throw error
  }
}

/** The tenant's database has it open in this process: this is another handle on the same one. */
function embeddedPool(data: string): Promise<SqlPool> {
  return openSql(`pglite:${join(data, 'database')}`)
}

async function runAll(undo: (() => Promise<void>)[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step().catch(() => undefined)
}

function listenOn(server: Server, { host, port }: Configuration['listen']): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' || cause.code === 'EACCES' ? portTaken(port, cause) : cause)
    })
    server.listen(port, host, () => {
      const bound = server.address()
      const actual = typeof bound === 'object' && bound !== null ? bound.port : port
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`)
    })
  })
}

/** Requests that run are answered; connections that only wait are closed. */
function endServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5000).unref()
  })
}

function version(): string {
  const { version: stated } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return stated
}

function portTaken(port: number, cause: unknown): Fault {
  return new Fault({
    code: 'server.port-taken',
    what: `Nobody may listen on port ${port} here: another process does, or it needs other rights.`,
    mend: 'Take another port with --port, or end the other process.',
    cause,
  })
}

function tenantsNeedDatabase(): Fault {
  return new Fault({
    code: 'server.tenants-need-database',
    what: 'The embedded database holds one tenant, and the configuration names several.',
    mend: 'Set KEPT_DATABASE_URL to a PostgreSQL server, and KEPT_KEYS to a folder of keys.',
  })
}

function sameController(): Fault {
  return new Fault({
    code: 'server.same-controller',
    what: 'Two tenants have policies of the same controller, so their data could not be told apart.',
    mend: 'Give each tenant a policy with a controller name of its own.',
  })
}
