import { createReadStream, existsSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { requestKinds } from '../../language/request-kinds.ts'
import type { RequestRecord } from '../../records.ts'
import { mustBe, requestOf } from '../../requests/case.ts'
import { approve, cancel, deny } from '../../requests/decide.ts'
import { receive } from '../../requests/receive.ts'
import { documentOf } from '../../requests/report.ts'
import { readSealed } from '../../requests/sealed.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { refusals } from '../faults.ts'
import { exportPath } from '../jobs/advance.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { answering, answeringOrAuditing, responsible } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { anything, cursor, id, identity, limit, severally, sha256, storeName, storeRow } from './shapes.ts'

const states = [
  'received',
  'awaiting-approval',
  'approved',
  'executing',
  'proving',
  'open',
  'done',
  'denied',
  'cancelled',
] as const satisfies readonly RequestRecord['state'][]

const row = z.object({
  id,
  kind: z.enum(requestKinds),
  state: z.enum(states),
  createdAt: z.string(),
  changedAt: z.string(),
  dueAt: z.string(),
  /** Stores that hold it up, with the code that says why. */
  waitsFor: z.array(z.object({ store: z.string(), why: z.string() })),
})

/** A request as lists tell it: nobody is named. */
export function rowOf({
  id: ofRequest,
  kind,
  state,
  createdAt,
  changedAt,
  dueAt,
  steps,
}: RequestRecord): z.output<typeof row> {
  const held = steps.filter((step) => step.state === 'unreachable' || step.state === 'failed')
  const waitsFor = held.map((step) => ({ store: step.store, why: step.fault ?? 'store.failed' }))
  return { id: ofRequest, kind, state, createdAt, changedAt, dueAt, waitsFor }
}

const params = z.object({ id })
const document = z
  .looseObject({
    id,
    kind: z.enum(requestKinds),
    state: z.enum(states),
    dueAt: z.string(),
    stores: z.array(anything).readonly(),
  })
  .describe('the document of `kept request show --json`: preview, candidates, proof and evidence')
const list = z.object({ requests: z.array(row), next: z.string().nullable() })
const taken = z.object({ request: row })

/** The routes of requests that run through the engine. */
export function requestRoutes(jobs: Jobs, exports: string): readonly Route[] {
  const taken202 = { answer: taken, status: 202 } as const
  return [
    route({
      method: 'get',
      path: '/api/v1/requests',
      name: 'requests.list',
      summary: 'Requests, newest first; nobody is named',
      tag: 'requests',
      who: answeringOrAuditing,
      query: z.strictObject({ state: severally(z.enum(states)), limit, cursor }),
      answer: list,
      handle: async ({ tenant, query }) => {
        const records = await tenant.database.requests({
          limit: query.limit + 1,
          ...(query.state ? { states: query.state } : {}),
          ...(query.cursor ? { before: query.cursor } : {}),
        })
        const page = records.slice(0, query.limit)
        const next = records.length > query.limit ? (page.at(-1)?.id ?? null) : null
        return { body: { requests: page.map(rowOf), next } }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/requests',
      name: 'requests.create',
      summary: 'Takes a request; the stores are searched at once',
      tag: 'requests',
      who: answering,
      body: z.strictObject({
        kind: z.enum(['access', 'erasure']),
        identities: z.array(identity).min(1).max(50),
        stores: z.array(storeName).max(100).optional(),
      }),
      ...taken202,
      handle: async ({ tenant, staff, body }) => {
        const { kind, identities, stores } = body
        const asked = {
          kind,
          by: staff.id,
          identities: identities.map(({ store, ...rest }) => (store === undefined ? rest : { ...rest, store })),
        }
        const [record] = await tenant.use(({ engine }) => receive(engine, [stores ? { ...asked, stores } : asked]))
        if (record === undefined) throw new Error('a request was not created')
        await jobs.request(tenant.slug, record.id)
        return { body: { request: rowOf(record) } }
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/requests/{id}',
      name: 'requests.show',
      summary: 'A request with its preview, candidates, proof and evidence',
      tag: 'requests',
      who: answering,
      params,
      answer: document,
      handle: async ({ tenant, params: given }) => ({
        body: await tenant.use((workspace) => whole(workspace, given.id, true)),
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/requests/{id}/report',
      name: 'requests.report',
      summary: 'The same without keys of rows: what an auditor sees',
      tag: 'requests',
      who: answeringOrAuditing,
      params,
      answer: document,
      handle: async ({ tenant, params: given }) => ({
        body: await tenant.use((workspace) => whole(workspace, given.id, false)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/requests/{id}/approve',
      name: 'requests.approve',
      summary: 'Approves what was shown, if it still holds, and has it carried out',
      tag: 'requests',
      who: responsible,
      secondFactor: true,
      params,
      body: z.strictObject({
        seen: sha256.optional().describe('`approvalHash` of what was looked at; another preview in between is refused'),
        accept: z.array(storeRow).max(1000).optional(),
        reject: z.array(storeRow).max(1000).optional(),
      }),
      ...taken202,
      handle: async ({ tenant, staff, params: given, body }) => {
        const record = await tenant.use(async ({ engine }) => {
          if (body.seen !== undefined) await mustHaveSeen(tenant.database, given.id, body.seen)
          const decisions = { accept: body.accept ?? [], reject: body.reject ?? [] }
          return (await approve(engine, given.id, { by: staff.id, ...decisions })).record
        })
        await jobs.request(tenant.slug, given.id)
        return { body: { request: rowOf(record) } }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/requests/{id}/deny',
      name: 'requests.deny',
      summary: 'Refuses on a ground of the law; the data of the request are destroyed',
      tag: 'requests',
      who: responsible,
      params,
      body: z.strictObject({ ground: z.string().regex(/^[a-z][a-z-]{0,63}$/) }),
      answer: taken,
      handle: async ({ tenant, staff, params: given, body }) => ({
        body: await tenant.use(async ({ engine }) => {
          await deny(engine, given.id, staff.id, body.ground)
          return { request: rowOf(await requestOf(engine, given.id)) }
        }),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/requests/{id}/cancel',
      name: 'requests.cancel',
      summary: 'Takes a request back before anything was done',
      tag: 'requests',
      who: answering,
      params,
      answer: taken,
      handle: async ({ tenant, params: given }) => ({
        body: await tenant.use(async ({ engine }) => {
          await cancel(engine, given.id)
          return { request: rowOf(await requestOf(engine, given.id)) }
        }),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/requests/{id}/resume',
      name: 'requests.resume',
      summary: 'Goes on with a request at once, e.g. when a store can be reached again',
      tag: 'requests',
      who: answering,
      params,
      ...taken202,
      handle: async ({ tenant, params: given }) => {
        const record = await tenant.use(({ engine }) => requestOf(engine, given.id))
        mustBe(record, 'resumed', ['received', 'awaiting-approval', 'approved', 'executing', 'proving', 'open'])
        await jobs.request(tenant.slug, given.id)
        return { body: { request: rowOf(record) } }
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/requests/{id}/export',
      name: 'requests.export',
      summary: 'The copy of an access request, as a zip',
      tag: 'requests',
      who: answering,
      act: true,
      params,
      produces: 'application/zip',
      handle: async ({ tenant, params: given }) => {
        const record = await tenant.use(({ engine }) => requestOf(engine, given.id))
        const path = exportPath(exports, record.id)
        if (record.state !== 'done' && record.state !== 'open') throw refusals.noSuch()
        if (!existsSync(path)) throw refusals.noSuch()
        return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, {
          headers: {
            'content-type': 'application/zip',
            'content-length': String(statSync(path).size),
            'content-disposition': `attachment; filename="kept-export-${record.id}.zip"`,
          },
        })
      },
    }),
  ]
}

async function mustHaveSeen(database: Workspace['database'], ofRequest: string, seen: string): Promise<void> {
  const json = await database.unseal(ofRequest)
  if (json !== undefined && readSealed(json).shown?.hash === seen) return
  throw refusals.notSeen()
}

/** The document of a request; `keys`: with keys of rows and candidates, as an approver needs them. */
async function whole({ engine, database, maps }: Workspace, ofRequest: string, keys: boolean) {
  const record = await requestOf(engine, ofRequest)
  const json = await database.unseal(ofRequest)
  const sealed = json === undefined ? undefined : readSealed(json)
  const told = await documentOf(engine, record, sealed)
  const notAsked = maps.map(({ store }) => store).filter((name) => !record.steps.some(({ store }) => store === name))
  const { createdAt, changedAt } = record
  const more = { createdAt, changedAt, approvalHash: sealed?.shown?.hash ?? null, notAsked }
  if (keys) return { ...told, ...more }
  const candidates = told.candidates.map((candidate) => ({ ...candidate, key: null }))
  const proof = told.proof && {
    ...told.proof,
    residual: told.proof.residual.map((residual) => ({ ...residual, key: null })),
  }
  return { ...told, ...more, candidates, proof }
}
