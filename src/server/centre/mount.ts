import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { Fault } from '../../language/fault.ts'
import type { Mount } from '../app.ts'
import type { CaseDesk } from '../case-desk.ts'
import { refusals } from '../faults.ts'
import { askRoutes } from './ask.ts'
import { type CentreBindings, lookOf } from './call.ts'
import { personPages } from './case.ts'
import { centreStyle, layout } from './layout.ts'
import { noticePages } from './notice.ts'

// The longest message, twice percent-encoded, with room.
const BODY_BYTES = 256 * 1024

/** Our own style and nothing else: no script runs, whatever a policy or a person writes. */
const PAGE_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Faults that a person meets on their way, as a page with words and the next step. */
const told: Readonly<Record<string, { readonly status: 404 | 409 | 422 | 429; readonly key: string }>> = {
  'api.unknown-route': { status: 404, key: 'gone' },
  'api.no-such': { status: 404, key: 'gone' },
  'case.page-refused': { status: 404, key: 'gone' },
  'case.no-file': { status: 404, key: 'no-file' },
  'identity.refused': { status: 422, key: 'refused' },
  'case.state': { status: 409, key: 'not-now' },
  'records.stale': { status: 409, key: 'not-now' },
  'case.too-many': { status: 429, key: 'too-many' },
}

/** The privacy centre at `/`: the notice, a request in three steps, its proof and its page. It works without script. */
export function centreMount(desk: CaseDesk): Mount {
  const app = new Hono<CentreBindings>({ strict: true })
  app.use(async (context, next) => {
    if (context.req.method === 'POST') refuseForeign(context.req.raw)
    await next()
    if (!context.res.headers.has('content-security-policy')) context.header('content-security-policy', PAGE_POLICY)
    // With no referrer at all a browser calls the origin of its own form `null` (Fetch §3.2, serializing a request origin).
    context.header('referrer-policy', 'same-origin')
  })
  app.get('/centre.css', (context) =>
    context.body(centreStyle, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }),
  )
  noticePages(app)
  askRoutes(app, desk)
  personPages(app, desk)
  app.notFound((context) => failed(refusals.unknownRoute(), context))
  app.onError(failed)
  return {
    path: '/',
    bodyBytes: BODY_BYTES,
    fetch: (request, { tenant, sender }) => app.fetch(request, { tenant, sender }),
  }
}

/** A page for people; for programs, and for what no person can mend, the fault itself. */
function failed(error: Error, context: Context<CentreBindings>): Response | Promise<Response> {
  const known = error instanceof Fault && Object.hasOwn(told, error.code) ? told[error.code] : undefined
  if (known === undefined || !(context.req.header('accept') ?? '').includes('text/html')) throw error
  const look = lookOf(context)
  const { say, language } = look.words
  const body = html`<p class="told" role="alert">${say(known.key)}</p>
<p><a class="button" href="/ask?lang=${language}">${say('ask')}</a></p>
<p><a href="/?lang=${language}">${say('home')}</a></p>`
  return context.html(layout(look, say('sorry'), body, true), known.status)
}

/** Nobody else's page files a request in somebody's browser. Fault `api.cross-site`. */
function refuseForeign(request: Request): void {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') throw refusals.crossSite()
}
