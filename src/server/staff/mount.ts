import { type Context, Hono } from 'hono'
import type { Mount } from '../app.ts'
import { refusals } from '../faults.ts'
import type { Asking, SignInDesk } from './desk.ts'
import type { OidcSettings } from './oidc.ts'
import { pageStyle } from './pages/layout.ts'
import { passkeyScript } from './pages/script.ts'
import { accountRoutes } from './routes/account.ts'
import { joinRoutes } from './routes/join.ts'
import { oidcRoutes } from './routes/oidc.ts'
import { signInRoutes } from './routes/sign-in.ts'

/** What the pages of the staff are given beside the request. */
export type StaffBindings = { Bindings: { readonly sender: string } }

// An attestation of a security key is a few kilobytes; forms are less.
const BODY_BYTES = 64 * 1024

/** Our own style and the one script, nothing else; forms and fetches go back to where the page came from. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The pages at /staff: sign-in, joining by a link, the account, a second factor once more. */
export function staffMount(desk: SignInDesk, publicAddress: string, oidc: OidcSettings | undefined): Mount {
  const app = new Hono<StaffBindings>({ strict: false }).basePath('/staff')
  app.use(async (context, next) => {
    if (context.req.method === 'POST') refuseForeign(context.req.raw, publicAddress)
    await next()
    context.header('content-security-policy', PAGE_POLICY)
    // With no referrer at all a browser calls the origin of its own form `null` (Fetch §3.2, serializing a request origin).
    context.header('referrer-policy', 'same-origin')
  })
  app.get('/style.css', (context) => asset(context, pageStyle, 'text/css'))
  app.get('/passkey.js', (context) => asset(context, passkeyScript, 'text/javascript'))
  signInRoutes(app, desk, oidc)
  joinRoutes(app, desk)
  accountRoutes(app, desk, oidc)
  if (oidc !== undefined) oidcRoutes(app, desk, oidc)
  app.notFound(() => {
    throw refusals.unknownRoute()
  })
  app.onError((error) => {
    throw error
  })
  return {
    path: '/staff',
    bodyBytes: BODY_BYTES,
    fetch: (request, { sender }) => app.fetch(request, { sender }),
  }
}

export function askingOf(context: Context<StaffBindings>): Asking {
  return { request: context.req.raw, sender: context.env.sender }
}

function asset(context: Context, text: string, type: string): Response {
  return context.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'max-age=3600' })
}

/** Signing in changes who one is, so it is refused to other sites even before there is a cookie. Fault `api.cross-site`. */
function refuseForeign(request: Request, publicAddress: string): void {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const isOwn = origin === null ? site === 'same-origin' : origin === new URL(publicAddress).origin
  if (!isOwn || (site !== null && site !== 'same-origin')) throw refusals.crossSite()
}
