import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { z } from 'zod'
import { describeRoutes } from '../describe.ts'
import { type Route, route } from '../route.ts'

/** The OpenAPI document and a page to read it; both describe all routes, themselves too. */
export function referenceRoutes(routes: readonly Route[], version: string): readonly Route[] {
  const own: Route[] = []
  let document: object | undefined
  const openapi = route({
    method: 'get',
    path: '/openapi.json',
    name: 'reference.openapi',
    summary: 'This API as OpenAPI 3.1',
    tag: 'reference',
    who: 'public',
    answer: z.looseObject({ openapi: z.string() }),
    handle: async () => {
      document ??= describeRoutes([...routes, ...own], version)
      return Response.json(document)
    },
  })
  const page = route({
    method: 'get',
    path: '/reference',
    name: 'reference.page',
    summary: 'This API as a page to read',
    tag: 'reference',
    who: 'public',
    produces: 'text/html',
    handle: async () => {
      const hash = createHash('sha256').update(style).digest('base64')
      return new Response(String(await pageOf([...routes, ...own], version)), {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
        },
      })
    },
  })
  own.push(openapi, page)
  return own
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#d5d9de, #3a4048); --soft: light-dark(#5a6572, #9aa5b1); }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h2 { margin-top: 2.5rem; }
section { border-top: 1px solid var(--line); padding: 1rem 0; }
h3 { font: 1rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; margin: 0; }
p { margin: .3rem 0; }
small { color: var(--soft); }
pre { overflow-x: auto; border: 1px solid var(--line); padding: .7rem; border-radius: .3rem; font-size: .85rem; }
`

function pageOf(routes: readonly Route[], version: string) {
  const groups = Map.groupBy(routes, ({ tag }) => tag)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kept: the HTTP API</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<h1>The HTTP API of Kept</h1>
<p>Version ${version}. <a href="/openapi.json">openapi.json</a> is the same for machines.</p>
<p>Failures are problem details (RFC 9457) with the code of a fault. The header <code>kept-tenant</code> names a tenant,
<code>idempotency-key</code> makes an act happen once, <code>authorization: Bearer</code> carries a token.</p>
${[...groups].map(([tag, all]) => html`<h2 id="${tag}">${tag}</h2>${all.map(sectionOf)}`)}
</main>
</body>
</html>`
}

function sectionOf(one: Route) {
  const who = typeof one.who === 'string' ? one.who : one.who.join(', ')
  const body =
    one.body === undefined
      ? ''
      : JSON.stringify(z.toJSONSchema(one.body, { io: 'input', unrepresentable: 'any' }), null, 2)
  return html`<section id="${one.name}">
<h3>${one.method.toUpperCase()} ${one.path}</h3>
<p>${one.summary}.</p>
<p><small>For: ${who}${one.secondFactor ? '; asks for a second factor' : ''}</small></p>
${body === '' ? '' : html`<details><summary>Body</summary><pre>${body}</pre></details>`}
</section>`
}
