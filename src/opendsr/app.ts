/** Requests of controllers for whom the vendor works: OpenDSR 2.0 as a processor, erasures by mail address. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { RequestState } from '../records.ts'
import { type ReceiptKey, signedAnswer } from './receipt.ts'

/** What the engine knows of a request of a controller. */
export interface DeskRecord {
  readonly state: RequestState
  readonly createdAt: string
  readonly dueAt: string
}

/** Does what controllers ask. The same `id` of the same controller is the same request. */
export interface Desk {
  erase(controller: string, id: string, emails: readonly string[]): Promise<DeskRecord>
  find(controller: string, id: string): Promise<DeskRecord | undefined>
  /** False where it is too late. */
  cancel(controller: string, id: string): Promise<boolean>
}

export interface OpenDsrParts {
  readonly desk: Desk
  readonly receipt: ReceiptKey
  /** Where this app stands, without a slash at its end: `https://privacy.example.org/opendsr/v2`. */
  readonly address: string
  /** The controller whose token the request carries; undefined for nobody's. */
  readonly controllerOf: (request: Request) => string | undefined
  readonly now?: () => Date
}

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const identity = z.object({
  identity_type: z.literal('email'),
  identity_value: z.email().max(254),
  identity_format: z.literal('raw'),
})
// Further members belong to other processors (`extensions`) or are not carried out here: they are read over.
const asked = z.object({
  regulation: z.enum(['gdpr', 'ccpa']),
  subject_request_id: uuid,
  subject_request_type: z.literal('erasure'),
  subject_identities: z.array(identity).min(1).max(20),
  submitted_time: z.string().max(40),
})

const statusOf: Readonly<Record<RequestState, string>> = {
  received: 'pending',
  'awaiting-approval': 'pending',
  approved: 'pending',
  executing: 'in_progress',
  proving: 'in_progress',
  open: 'in_progress',
  done: 'completed',
  denied: 'cancelled',
  cancelled: 'cancelled',
}
const version = '2.0'

/** The routes below `/opendsr/v2`. Every answer of a request is signed; nothing of a person stands in a refusal. */
export function openDsrApp({ desk, receipt, address, controllerOf, now = () => new Date() }: OpenDsrParts): Hono {
  const app = new Hono({ strict: false })
  app.get('/opendsr/v2/discovery', (context) =>
    context.json({
      api_version: version,
      supported_identities: [{ identity_type: 'email', identity_format: 'raw' }],
      supported_subject_request_types: ['erasure'],
      processor_certificate: `${address}/certificate`,
    }),
  )
  app.get('/opendsr/v2/certificate', () => {
    const headers = { 'content-type': 'application/x-pem-file' }
    return new Response(receipt.certificate, { headers })
  })
  app.post('/opendsr/v2/requests', async ({ req }) => {
    const controller = controllerOf(req.raw)
    if (controller === undefined) return refused(401, 'The request carries no token of a controller.')
    const bytes = new Uint8Array(await req.arrayBuffer())
    const read = asked.safeParse(jsonOf(bytes))
    if (!read.success) return refused(400, wrongIn(read.error))
    const { subject_request_id: id, subject_identities: identities } = read.data
    const emails = identities.map(({ identity_value }) => identity_value)
    const { createdAt, dueAt } = await desk.erase(controller, id, emails)
    const body = {
      controller_id: controller,
      expected_completion_time: dueAt,
      received_time: createdAt,
      encoded_request: Buffer.from(bytes).toString('base64'),
      subject_request_id: id,
    }
    return signedAnswer(body, 201, receipt)
  })
  app.get('/opendsr/v2/requests/:id', async ({ req }) => {
    const controller = controllerOf(req.raw)
    if (controller === undefined) return refused(401, 'The request carries no token of a controller.')
    const id = req.param('id')
    const record = uuid.safeParse(id).success ? await desk.find(controller, id) : undefined
    if (record === undefined) return refused(404, 'There is no such request.')
    const body = {
      controller_id: controller,
      expected_completion_time: record.dueAt,
      subject_request_id: id,
      request_status: statusOf[record.state],
      api_version: version,
    }
    return signedAnswer(body, 200, receipt)
  })
  app.delete('/opendsr/v2/requests/:id', async ({ req }) => {
    const controller = controllerOf(req.raw)
    if (controller === undefined) return refused(401, 'The request carries no token of a controller.')
    const id = req.param('id')
    const record = uuid.safeParse(id).success ? await desk.find(controller, id) : undefined
    if (record === undefined) return refused(404, 'There is no such request.')
    if (!(await desk.cancel(controller, id))) return refused(400, 'The request is carried out already.')
    const received = now().toISOString()
    const body = { controller_id: controller, received_time: received, subject_request_id: id, api_version: version }
    return signedAnswer(body, 202, receipt)
  })
  app.notFound(() => refused(404, 'There is nothing here.'))
  return app
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** The member that is wrong, never what stands in it. */
function wrongIn(error: z.ZodError): string {
  const path = error.issues[0]?.path.map(String).join('.') ?? ''
  return path === '' ? 'The body is no JSON object of a request.' : `${path} is missing, or not supported here.`
}

function refused(code: number, message: string): Response {
  return Response.json({ error: { code, message } }, { status: code, headers: { 'cache-control': 'no-store' } })
}
