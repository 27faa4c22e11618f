import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Fault, Faults } from '../language/fault.ts'
import type { ShapeCodes } from '../policy/fault-codes.ts'
import { type Located, locate, readLocated } from '../policy/located.ts'
import { schemaFaults } from '../policy/schema-faults.ts'
import { absoluteReference } from '../policy/secret.ts'
import { network, type ServerFile, serverVocabulary } from './configuration.ts'
import type { HttpSettings } from './settings.ts'

export const serverFile = 'kept.server.yaml'

const codes: ShapeCodes = {
  unknownKey: 'server.unknown-key',
  missingKey: 'server.missing-key',
  wrongType: 'server.wrong-type',
  unknownWord: 'server.unknown-word',
  badName: 'server.bad-value',
}

/** How a server runs: the file, then the environment over it, then defaults. All paths are absolute. */
export interface Configuration extends HttpSettings {
  readonly listen: { readonly host: string; readonly port: number }
  readonly data: string
  /** Where the file is, or would be: what it names lies beside it. */
  readonly file: string
  /** In the order of the file; the first is the default one. */
  readonly tenants: readonly { readonly slug: string; readonly policy: string; readonly hosts: readonly string[] }[]
  readonly jobs: {
    readonly inside: boolean
    readonly together: number
    readonly lostAfterSeconds: number
    readonly firstWaitSeconds: number
    readonly longestWaitSeconds: number
  }
  readonly metricsToken?: string
  readonly mail?: ServerFile['mail']
  readonly cases?: ServerFile['cases']
  readonly webhooks?: ServerFile['webhooks']
  readonly opendsr?: ServerFile['opendsr']
  readonly staff?: ServerFile['staff']
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads `kept.server.yaml` where there is one; `given` names it, and then it must be there. `policy` and `data` are what
 * the command line says, below what the file says. Throws `Faults` with places: `yaml.*`, `server.*`.
 */
export async function readConfiguration(
  cwd: string,
  given: string | undefined,
  env: Environment,
  { policy, data, port }: { readonly policy: string; readonly data: string; readonly port?: number },
): Promise<Configuration> {
  const path = resolve(cwd, given ?? env.KEPT_SERVER_FILE ?? serverFile)
  const isThere = given !== undefined || env.KEPT_SERVER_FILE !== undefined || existsSync(path)
  const { located, faults } = isThere ? await readLocated(path) : locate(path, new TextEncoder().encode('{}'))
  if (located === undefined || faults.length > 0) throw new Faults(faults)
  const wrong = located.value === null ? [] : schemaFaults(located, serverVocabulary, codes)
  if (wrong.length > 0) throw new Faults(wrong)
  const file = serverVocabulary.parse(located.value ?? {})
  const beside = (relative: string) => resolve(isThere ? dirname(path) : cwd, relative)
  const listen = {
    host: env.KEPT_HOST ?? file.listen?.host ?? '127.0.0.1',
    port: port ?? numberOf(env, 'KEPT_PORT') ?? file.listen?.port ?? 8080,
  }
  const { limits = {}, jobs = {} } = file
  return {
    listen,
    publicAddress: addressOf(env, file, listen, located),
    trustedProxies: proxiesOf(env) ?? file.proxies ?? [],
    data: env.KEPT_DATA ? resolve(cwd, env.KEPT_DATA) : file.data ? beside(file.data) : resolve(cwd, data),
    file: path,
    tenants: tenantsOf(file, beside, resolve(cwd, policy)),
    limits: {
      bodyBytes: limits['body-bytes'] ?? 1_048_576,
      requestMs: (limits.seconds ?? 30) * 1000,
      address: rateOf(limits['each-address'], { burst: 200, perMinute: 1200 }),
      staff: rateOf(limits['each-staff'], { burst: 200, perMinute: 1200 }),
    },
    jobs: {
      inside: jobs.inside ?? true,
      together: jobs.together ?? 50,
      lostAfterSeconds: jobs['lost-after-seconds'] ?? 30,
      firstWaitSeconds: jobs['first-wait-seconds'] ?? 2,
      // A store may be down for a week-end: waits grow to an hour, and go on for weeks.
      longestWaitSeconds: jobs['longest-wait-seconds'] ?? 3600,
    },
    ...(file.metrics ? { metricsToken: absoluteReference(file.metrics.token, path) } : {}),
    ...(file.mail ? { mail: file.mail } : {}),
    ...(file.cases ? { cases: withAbsoluteKeys(file.cases, path) } : {}),
    ...(file.webhooks ? { webhooks: file.webhooks } : {}),
    ...(file.opendsr ? { opendsr: file.opendsr } : {}),
    ...(file.staff ? { staff: staffOf(file.staff, path) } : {}),
  }
}

function withAbsoluteKeys(cases: NonNullable<ServerFile['cases']>, path: string): NonNullable<ServerFile['cases']> {
  const { site } = cases
  if (site === undefined) return cases
  return {
    ...cases,
    site: { ...site, keys: site.keys.map((one) => ({ ...one, key: absoluteReference(one.key, path) })) },
  }
}

function tenantsOf(file: ServerFile, beside: (path: string) => string, policy: string): Configuration['tenants'] {
  const named = Object.entries(file.tenants ?? {})
  if (named.length === 0) return [{ slug: 'main', policy, hosts: [] }]
  return named.map(([slug, tenant]) => ({
    slug,
    policy: beside(tenant.policy),
    hosts: (tenant.hosts ?? []).map((host) => host.toLowerCase()),
  }))
}

/** A secret's file is looked for beside the configuration. */
function staffOf(staff: NonNullable<ServerFile['staff']>, path: string): NonNullable<ServerFile['staff']> {
  const { oidc } = staff
  if (oidc?.secret === undefined) return staff
  return { ...staff, oidc: { ...oidc, secret: absoluteReference(oidc.secret, path) } }
}

function rateOf(
  given: { readonly burst: number; readonly 'per-minute': number } | undefined,
  standard: { readonly burst: number; readonly perMinute: number },
) {
  return given === undefined ? standard : { burst: given.burst, perMinute: given['per-minute'] }
}

/** Without one people reach the very address it listens on: right for loopback only. */
function addressOf(env: Environment, file: ServerFile, listen: Configuration['listen'], located: Located): string {
  const given = env.KEPT_ADDRESS ?? file.address
  if (given === undefined) {
    // A passkey belongs to a name: on loopback that is localhost, never an address (Web Authentication Level 3 §5.1.2).
    const isLoopback = listen.host === '127.0.0.1' || listen.host === '::1'
    const bracketed = listen.host.includes(':') ? `[${listen.host}]` : listen.host
    return `http://${isLoopback ? 'localhost' : bracketed}:${listen.port}`
  }
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw badEnvironment('KEPT_ADDRESS', 'a web address', 'https://privacy.example.org')
  }
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol === 'http:' && !isLoopback) {
    throw new Fault({
      code: 'server.not-secure',
      where: located.place(['address']),
      what: 'People would reach this server without encryption.',
      mend: 'Write an https:// address, and put a proxy that ends TLS before the server (docs/server.md).',
    })
  }
  return url.origin
}

function proxiesOf({ KEPT_PROXIES }: Environment): readonly string[] | undefined {
  const read = network.array().safeParse(KEPT_PROXIES?.split(',').map((one) => one.trim()))
  if (KEPT_PROXIES === undefined || read.success) return read.data
  throw badEnvironment('KEPT_PROXIES', 'a list of addresses or networks', '10.0.0.0/8, ::1')
}

function numberOf(env: Environment, name: string): number | undefined {
  const given = env[name]
  if (given === undefined) return undefined
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given)
  throw badEnvironment(name, 'a port', '8080')
}

function badEnvironment(name: string, what: string, example: string): Fault {
  return new Fault({
    code: 'server.bad-environment',
    what: `The environment variable ${name} is not ${what}.`,
    mend: `Set it to e.g. ${example}, or leave it out.`,
  })
}
