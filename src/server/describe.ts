import { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Route } from './route.ts'

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    instance: z.string(),
    code: z.string(),
    detail: z.string(),
    mend: z.string(),
    where: z.object({ line: z.int().optional(), column: z.int().optional(), path: z.string().optional() }).optional(),
    faults: z.array(z.looseObject({ code: z.string(), what: z.string(), mend: z.string() })).optional(),
  })
  .describe('A failure (RFC 9457); docs/faults.md lists the codes')

type Registry = OpenAPIHono['openAPIRegistry']
type Path = Parameters<Registry['registerPath']>[0]

/** The OpenAPI 3.1 document of the routes, as plain JSON. `x-kept-who` names the roles of each. */
export function describeRoutes(routes: readonly Route[], version: string): object {
  const app = new OpenAPIHono()
  const registry = app.openAPIRegistry
  registry.registerComponent('securitySchemes', 'staff', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of the API, or the cookie of a session that began at /staff.',
  })
  registry.registerComponent('securitySchemes', 'case', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a case, from the link in a mail.',
  })
  for (const route of routes) registry.registerPath(pathOf(route))
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Kept', version, description: 'A privacy policy as code, carried out and proven.' },
  })
}

function pathOf(route: Route): Path {
  const { who, body } = route
  const failure = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: problem } },
  })
  const good = route.answer
    ? { content: { 'application/json': { schema: route.answer } } }
    : { content: { [route.produces ?? 'application/octet-stream']: { schema: z.string() } } }
  const path = {
    method: route.method,
    path: route.path,
    operationId: route.name,
    summary: route.summary,
    tags: [route.tag],
    'x-kept-who': typeof who === 'string' ? [who] : [...who],
    'x-kept-second-factor': route.secondFactor === true,
    security: who === 'public' ? [] : [{ [who === 'person' ? 'case' : 'staff']: [] }],
    request: {
      ...(route.params ? { params: objectOf(route.params) } : {}),
      ...(route.query ? { query: objectOf(route.query) } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: { [route.status ?? 200]: { description: route.summary, ...good }, default: failure('A failure') },
  }
  return path
}

function objectOf(schema: z.ZodType): z.ZodObject {
  if (!(schema instanceof z.ZodObject)) throw new TypeError('parameters of a route are an object of schemas')
  return schema
}
