import { type Context, Hono } from 'hono'
import { randomId } from '../base/ids.ts'
import { fact } from '../language/facts.ts'
import { proxies, senderOf } from './address.ts'
import { refusals } from './faults.ts'
import { type Gates, pass, refuseCrossSite } from './gate.ts'
import { withHeaders } from './headers.ts'
import type { Log } from './log.ts'
import { once, type Plain } from './once.ts'
import { problemOf, problemResponse } from './problem.ts'
import { RateLimiter } from './rate.ts'
import { bytesOf, checked, jsonOf, queryOf } from './read-call.ts'
import type { CheckedCall, Route } from './route.ts'
import type { HttpSettings } from './settings.ts'
import type { Tenant, Tenants } from './tenant.ts'
import type { Staff } from './who.ts'

/** What a mounted part of the server is told besides the request. */
export interface MountCall {
  readonly tenant: Tenant
  readonly requestId: string
  /** The address the request comes from, for bounds; never for logs. */
  readonly sender: string
}

/** A part with pages or a protocol of its own: sign-in, privacy centre, OpenDSR. Bounds, headers and logs are the app's. */
export interface Mount {
  /** Begins with `/`: everything below it is the mount's. */
  readonly path: string
  readonly bodyBytes?: number
  fetch(request: Request, call: MountCall): Response | Promise<Response>
}

export interface AppParts extends Gates {
  readonly routes: readonly Route[]
  readonly mounts?: readonly Mount[]
  readonly tenants: Tenants
  readonly settings: HttpSettings
  readonly log: Log
  readonly now?: () => Date
  /** Told after each request, for metrics. */
  readonly measured?: (route: string, method: string, status: number, ms: number) => void
}

interface Bindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string } }
}

type AppContext = Context<{ Bindings: Bindings }>

/** The whole HTTP side: every request is bounded, checked, allowed or refused, logged and answered here. */
export function createApp(parts: AppParts): Hono<{ Bindings: Bindings }> {
  const { settings, tenants, log, measured } = parts
  const { limits } = settings
  const now = parts.now ?? (() => new Date())
  const trusted = proxies(settings.trustedProxies)
  const addresses = new RateLimiter(limits.address)
  const members = new RateLimiter(limits.staff)
  const secure = settings.publicAddress.startsWith('https:')
  const app = new Hono<{ Bindings: Bindings }>({ strict: true })

  /** Answers one request in time, with headers, a line of the log and no failure that is no problem. */
  const serve = async (
    context: AppContext,
    name: string,
    run: (requestId: string, sender: string) => Promise<Response>,
  ): Promise<Response> => {
    const requestId = randomId(16)
    const started = performance.now()
    let response: Response
    try {
      const sender = senderOf(peerOf(context), context.req.raw.headers.get('x-forwarded-for'), trusted)
      if (!addresses.take(sender)) throw refusals.tooOften()
      refuseCrossSite(context.req.raw, settings.publicAddress)
      response = await inTime(run(requestId, sender), limits.requestMs)
    } catch (error) {
      response = problemResponse(error, requestId)
      if (response.status >= 500) log({ level: 'error', event: 'failure', request: requestId, ...failureLine(error) })
    }
    const ms = Math.round((performance.now() - started) * 10) / 10
    log({
      level: 'info',
      event: 'request',
      request: requestId,
      method: context.req.method,
      route: name,
      status: response.status,
      ms,
    })
    measured?.(name, context.req.method, response.status, ms)
    return withHeaders(response, requestId, secure)
  }

  const tenantOf = (request: Request): Tenant => {
    const named = request.headers.get('kept-tenant')
    const tenant = named === null ? tenants.ofHost(new URL(request.url).hostname) : tenants.named(named)
    if (tenant === undefined) throw refusals.unknownTenant()
    return tenant
  }

  const answer = async (route: Route, context: AppContext, requestId: string, sender: string): Promise<Response> => {
    const request = context.req.raw
    const tenant = tenantOf(request)
    const passed = await pass(route, tenant, request, parts, now())
    if (passed.staff && !members.take(passed.staff.id)) throw refusals.tooOften()
    const url = new URL(request.url)
    const params = checked(route.params, context.req.param(), 'path')
    const query = checked(route.query, queryOf(url), 'query')
    const reads = request.method === 'GET'
    const bytes = reads ? new Uint8Array() : await bytesOf(request, route.bodyBytes ?? limits.bodyBytes)
    const body = checked(
      route.body,
      route.body ? jsonOf(bytes, request.headers.get('content-type')) : undefined,
      'body',
    )
    const call: CheckedCall = {
      tenant,
      ...passed,
      params,
      query,
      body,
      request,
      requestId,
      isLoopback: isLoopback(context),
      sender,
      now: now(),
    }
    const { staff } = passed
    const isAct = route.act ?? !reads
    if (staff === undefined || !isAct) return respond(await route.run(call), route.status ?? 200)
    const act = async () => {
      await attest(tenant, staff, route, params)
      return respond(await route.run(call), route.status ?? 200)
    }
    const key = request.headers.get('idempotency-key')
    if (key === null) return act()
    const asked = { key, method: request.method, path: url.pathname, body: bytes }
    const done = await once(tenant, staff, asked, async (): Promise<Plain> => {
      const response = await act()
      return { status: response.status, body: await response.text() }
    })
    return new Response(done.body, {
      status: done.status,
      headers: { 'content-type': 'application/json', ...(done.again ? { 'idempotency-replayed': 'true' } : {}) },
    })
  }

  for (const route of parts.routes) {
    app.on(route.method.toUpperCase(), honoPath(route.path), (context) =>
      serve(context, route.name, (requestId, sender) => answer(route, context, requestId, sender)),
    )
  }
  for (const path of new Set(parts.routes.map((route) => honoPath(route.path)))) {
    app.all(path, (context) => serve(context, 'wrong-method', () => Promise.reject(refusals.wrongMethod())))
  }
  for (const mount of parts.mounts ?? []) {
    const handler = (context: AppContext) =>
      serve(context, mount.path, async (requestId, sender) => {
        const request = context.req.raw
        const tenant = tenantOf(request)
        const length = Number(request.headers.get('content-length') ?? 0)
        const most = mount.bodyBytes ?? limits.bodyBytes
        if (length > most) throw refusals.tooLarge(most)
        return await mount.fetch(bounded(request, most), { tenant, requestId, sender })
      })
    const base = mount.path === '/' ? '' : mount.path
    app.all(mount.path, handler)
    app.all(`${base}/*`, handler)
  }
  app.notFound((context) => serve(context, 'unknown', () => Promise.reject(refusals.unknownRoute())))
  return app
}

/** By the connection itself, and not through a proxy that stands on this machine. */
function isLoopback(context: AppContext): boolean {
  const peer = peerOf(context)
  return /^(127\.|::1$|::ffff:127\.)/.test(peer) && !context.req.raw.headers.has('x-forwarded-for')
}

function peerOf(context: AppContext): string {
  return context.env?.incoming?.socket.remoteAddress ?? '127.0.0.1'
}

/** OpenAPI writes `{id}`, Hono `:id`. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

/** The entry stands before the act: nothing is done that nobody can be asked about. */
async function attest(tenant: Tenant, staff: Staff, route: Route, params: unknown): Promise<void> {
  const id = (params as { readonly id?: unknown }).id
  const subject = typeof id === 'string' && /^[0-9a-hjkmnp-tv-z]{12}$/.test(id) ? { subject: id } : {}
  await tenant.database.append([
    fact('staff.asked/1', { staff: tenant.database.staff(staff.id), act: route.name, ...subject }),
  ])
}

function respond(answer: Awaited<ReturnType<Route['run']>>, status: number): Response {
  if (answer instanceof Response) return answer
  return Response.json(answer.body, { status: answer.status ?? status })
}

async function inTime(work: Promise<Response>, ms: number): Promise<Response> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(refusals.tooSlow()), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The same request, whose body ends with an error past `most` bytes: a length that is not told is bounded too. */
function bounded(request: Request, most: number): Request {
  if (request.body === null) return request
  let bytes = 0
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length
        if (bytes > most) controller.error(refusals.tooLarge(most))
        else controller.enqueue(chunk)
      },
    }),
  )
  const { method, headers, signal } = request
  return new Request(request.url, { method, headers, signal, body: counted, duplex: 'half' } as RequestInit)
}

/** Name and places of a failure; its message may hold values. */
function failureLine(error: unknown): { code: string; places?: string } {
  const { code } = problemOf(error, '')
  if (code !== 'kept.own-error' || !(error instanceof Error)) return { code }
  const places = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim())
  return { code, places: `${error.name} ${places.join(' ')}` }
}
