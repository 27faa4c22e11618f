/** Every route of /openapi.json with values made from its own schema and with hostile ones: no 5xx, no stack, no value told. */
import { expect, it } from 'vitest'
import type { Role } from '../../src/server/who.ts'
import { numbers } from './numbers.ts'
import { serveVendor } from './vendor.ts'

const CASES_EACH = 12
const CANARY = 'zqcanary'

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** Routes that answer with the words of a draft are asked to: its faults are about nothing else. */
const TELL_THE_DRAFT = new Set(['policy-file.check', 'policy-file.preview', 'policy-file.write'])

const HOSTILE: readonly unknown[] = [
  `${CANARY}@example.org`,
  `'; DROP TABLE kept.request; -- ${CANARY}`,
  `../../../../etc/passwd${CANARY}`,
  `<script>${CANARY}</script>`,
  `\u0000${CANARY}`,
  `\ud800${CANARY}`,
  `${CANARY}`.repeat(500),
  '__proto__',
  'constructor',
  '',
  -1,
  1e308,
  2 ** 53,
  null,
  true,
  [],
  {},
  [[[[[CANARY]]]]],
  { __proto__: { [CANARY]: 1 }, [CANARY]: CANARY },
]

type Draw = (most: number) => number

function pick<T>(draw: Draw, from: readonly T[]): T {
  return from[draw(from.length)] as T
}

/** Texts that fit the forms of our ids, names and days often enough to get past the first check. */
const FITTING = [
  '0123456789ab',
  'helpdesk',
  '2026-11-22',
  'email',
  'a'.repeat(64),
  CANARY,
  'legal-claims',
  '1',
  'a@b.c/1',
]

function valueFor(schema: Schema, draw: Draw, depth = 0): unknown {
  if (draw(6) === 0 || depth > 6) return pick(draw, HOSTILE)
  if (schema.enum) return pick(draw, schema.enum)
  if (schema.anyOf) return valueFor(pick(draw, schema.anyOf), draw, depth + 1)
  const type = Array.isArray(schema.type) ? pick(draw, schema.type) : schema.type
  if (type === 'object') {
    const names = Object.keys(schema.properties ?? {})
    const entries = names
      .filter((name) => schema.required?.includes(name) || draw(2) === 0)
      .map((name) => [name, valueFor(schema.properties?.[name] ?? {}, draw, depth + 1)] as const)
    return Object.fromEntries(draw(8) === 0 ? [...entries, [CANARY, CANARY]] : entries)
  }
  if (type === 'array') return Array.from({ length: draw(4) }, () => valueFor(schema.items ?? {}, draw, depth + 1))
  if (type === 'integer' || type === 'number') return pick(draw, [0, 1, 2, schema.minimum ?? 5, schema.maximum ?? 50])
  if (type === 'boolean') return draw(2) === 0
  return pick(draw, FITTING)
}

it('answers whatever is sent without a failure of its own, and never repeats it', { timeout: 240_000 }, async () => {
  const draw = numbers(Number(process.env.KEPT_TEST_SEED ?? 20_261_122))
  const roles: readonly Role[] = ['administrator', 'privacy-officer', 'agent', 'auditor', 'store-owner']
  const vendor = await serveVendor('server', {
    staffOf: async () => ({ id: 'all', name: 'All', roles: { main: roles }, confirmedAt: new Date() }),
  })
  const { json } = await vendor.call('', 'GET', '/openapi.json')
  const paths = json.paths as Record<string, Record<string, Operation>>
  const wrong: string[] = []
  let sent = 0
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      for (let time = 0; time < CASES_EACH; time += 1) {
        const query = new URLSearchParams()
        let address = path
        for (const { name, in: place, schema } of operation.parameters ?? []) {
          const value = valueFor(schema, draw)
          const text = typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)
          if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(text) || 'x')
          else if (draw(2) === 0) query.append(name, text)
        }
        if (draw(5) === 0) query.append(CANARY, CANARY)
        const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema
        const body = schema === undefined ? undefined : valueFor(schema, draw)
        const response = await vendor.call('', method.toUpperCase(), `${address}?${query}`, body)
        sent += 1
        const says = (what: string) => wrong.push(`${operation.operationId}: ${what}: ${response.text.slice(0, 300)}`)
        if (response.status >= 500) says(`answers ${response.status}`)
        if (/\n\s+at |node:internal|\/src\/server/.test(response.text)) says('tells a stack')
        if (response.text.includes(vendor.folder)) says('tells a folder of the server')
        const tellsDraft = TELL_THE_DRAFT.has(operation.operationId)
        if (!tellsDraft && response.status >= 400 && response.text.includes(CANARY)) says('repeats what was sent')
        if (response.status >= 400 && !/problem\+json/.test(response.headers.get('content-type') ?? ''))
          says('no problem')
      }
    }
  }
  expect([...new Set(wrong)]).toEqual([])
  expect(sent).toBeGreaterThan(400)
  expect(JSON.stringify(vendor.lines)).not.toContain(CANARY)
})
