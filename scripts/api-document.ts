import { openMetrics } from '../src/server/metrics.ts'
import { allRoutes } from '../src/server/routes/index.ts'

const never = (): Promise<never> => Promise.reject(new Error('routes are described here, not asked'))

/** `docs/api.md`: every route with who may use it, from the declarations themselves. */
export function apiDocument(): string {
  const routes = allRoutes({
    tenants: { named: () => undefined, ofHost: () => undefined, all: [] },
    jobs: { request: never, act: never, find: never, counts: never },
    desk: never,
    metrics: openMetrics(),
    exports: '',
    metricsToken: undefined,
    version: '',
  })
  const sections = [...Map.groupBy(routes, ({ tag }) => tag)].map(([tag, own]) => {
    const rows = own.map(({ method, path, summary, who, secondFactor }) => {
      const roles = typeof who === 'string' ? who : who.join(', ')
      return `| \`${method.toUpperCase()} ${path}\` | ${summary} | ${roles}${secondFactor ? ' (second factor)' : ''} |`
    })
    return [`## ${tag}`, '', '| Route | Does | For |', '|---|---|---|', ...rows].join('\n')
  })
  return `<!-- Written by \`npm run generate\`; change the sources, not this file. -->

# The routes of the HTTP API

[server.md](server.md) says how the server runs. Bodies and answers stand in \`/openapi.json\` of a running server (OpenAPI 3.1), and
\`/reference\` shows it as a page.

${sections.join('\n\n')}
`
}
