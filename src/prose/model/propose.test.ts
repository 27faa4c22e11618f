import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { importDocument } from '../import-document.ts'
import { emptyReview } from '../review.ts'
import { type QueueItem, queueOf } from '../review-queue.ts'
import { type ModelEndpoint, modelFrom } from './endpoint.ts'
import { proposeReadings } from './propose.ts'

interface Asked {
  readonly path: string | undefined
  readonly authorization: string | undefined
  readonly body: {
    readonly model: string
    readonly messages: readonly { readonly role: string; readonly content: string }[]
  }
}

const running: Server[] = []
afterEach(() => {
  for (const server of running.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server that speaks the protocol: `answer` is the content of its first choice, or what it writes itself. */
async function serve(
  answer: (asked: Asked, response: import('node:http').ServerResponse) => string | undefined,
): Promise<{ endpoint: ModelEndpoint; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    read(request).then((body) => {
      const one = { path: request.url, authorization: request.headers.authorization, body: JSON.parse(body) }
      asked.push(one)
      const content = answer(one, response)
      if (content === undefined) return
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content } }] }))
    })
  })
  running.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const endpoint = modelFrom({
    KEPT_MODEL_URL: `http://127.0.0.1:${port}/v1`,
    KEPT_MODEL: 'sorter',
    KEPT_MODEL_KEY: 'a-secret-key',
  })
  if ('missing' in endpoint) throw new Error(endpoint.missing)
  return { endpoint, asked }
}

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += part
  return body
}

const source = 'We handle it. We collect your name. We see to that. All is well with the things.'
const queue: QueueItem[] = queueOf(importDocument(source, { name: 'case' }), emptyReview)
const on = '2026-11-22'
const reading = { n: 1, label: 'security', disposition: 'human-task', data: ['it'], purposes: [], recipients: [] }

it('sends the unsure sentences and no others, with the key, and returns proposals with their origin', async () => {
  expect(queue.length).toBeGreaterThan(0)
  const { endpoint, asked } = await serve(
    () => `\`\`\`json\n${JSON.stringify({ sentences: [{ ...reading, why: 'a duty' }] })}\n\`\`\``,
  )
  const { proposals, notices } = await proposeReadings(endpoint, queue, { on })
  expect(notices).toEqual([])
  expect(proposals).toEqual([
    {
      text: queue[0]?.text,
      label: 'security',
      disposition: 'human-task',
      slots: { data: ['it'], purposes: [], recipients: [] },
      why: 'a duty',
      origin: `model sorter at ${endpoint.url.origin}`,
      on,
    },
  ])
  expect(asked).toMatchObject([
    { path: '/v1/chat/completions', authorization: 'Bearer a-secret-key', body: { model: 'sorter' } },
  ])
  const sent = asked[0]?.body.messages.find((message) => message.role === 'user')?.content ?? ''
  expect(sent).toContain('We handle it.')
  expect(sent).not.toContain('We collect your name.')
})

it.each([
  ['no JSON', 'I think the first one is about security.'],
  ['another shape', '[1, 2]'],
  ['nothing', 'null'],
])('proposes nothing when the answer is %s', async (_, content) => {
  const { endpoint } = await serve(() => content)
  const { proposals, notices } = await proposeReadings(endpoint, queue, { on })
  expect(proposals).toEqual([])
  expect(notices).toEqual([expect.stringContaining('not the JSON that was asked for')])
})

it.each([
  ['an unknown label', { ...reading, label: 'made-up' }],
  ['an unknown disposition', { ...reading, disposition: 'kept' }],
  ['a sentence nobody asked about', { ...reading, n: 11 }],
  ['a number that is none', { ...reading, n: '1' }],
  ['words instead of a reading', 'security'],
])('drops %s', async (_, entry) => {
  const { endpoint } = await serve(() => JSON.stringify({ sentences: [entry] }))
  const { proposals, notices } = await proposeReadings(endpoint, queue, { on })
  expect(proposals).toEqual([])
  expect(notices).toEqual([expect.stringContaining('1 of its readings')])
})

it('keeps only words of the sentence, and nothing that moves a terminal', async () => {
  const hostile = {
    ...reading,
    data: ['it', 'credit cards', '\u001b[2Jit'],
    recipients: ['x'.repeat(400)],
    why: `\u001b]0;owned\u0007 see \u202eabove\n${'long '.repeat(100)}`,
    by: 'the privacy officer',
    decided: true,
  }
  const { endpoint } = await serve(() => JSON.stringify({ sentences: [hostile, { ...reading, label: 'sale' }] }))
  const { proposals } = await proposeReadings(endpoint, queue, { on })
  expect(proposals).toHaveLength(1)
  expect(proposals[0]).toMatchObject({ label: 'security', slots: { data: ['it'], recipients: [] } })
  expect(proposals[0]?.why?.length).toBeLessThanOrEqual(200)
  expect(JSON.stringify(proposals)).not.toMatch(/\\u001b|\u202e|decided|officer/)
})

it.each([
  ['a failure of the server', 500, 'status 500'],
  ['a refusal', 401, 'status 401'],
])('tells %s as a notice', async (_, status, words) => {
  const { endpoint } = await serve((_asked, response) => {
    response.writeHead(status).end('a-secret-key in an error page')
    return undefined
  })
  const { proposals, notices } = await proposeReadings(endpoint, queue, { on })
  expect(proposals).toEqual([])
  expect(notices).toEqual([expect.stringContaining(words)])
  expect(notices.join()).not.toContain('a-secret-key')
})

it('follows no redirect: the text goes where the user said and nowhere else', async () => {
  const other = await serve(() => '{"sentences":[]}')
  const { endpoint } = await serve((_asked, response) => {
    response.writeHead(307, { location: `${other.endpoint.url.href}/chat/completions` }).end()
    return undefined
  })
  const { notices } = await proposeReadings(endpoint, queue, { on })
  expect(notices).toEqual([expect.stringContaining('cannot be reached')])
  expect(other.asked).toEqual([])
})

it('waits no longer and reads no more than it may', async () => {
  const silent = await serve(() => undefined)
  const start = performance.now()
  const limits = { answerWithinMs: 200, mostAnswerBytes: 10_000 }
  const slow = await proposeReadings(silent.endpoint, queue, { on, limits })
  expect(slow.notices).toEqual([expect.stringContaining('no answer within 0.2 s')])
  expect(performance.now() - start).toBeLessThan(5_000)

  let written = 0
  const endless = await serve((_asked, response) => {
    const timer = setInterval(() => {
      written += 4096
      response.write(' '.repeat(4096))
    }, 1)
    response.on('close', () => clearInterval(timer))
    return undefined
  })
  const large = await proposeReadings(endless.endpoint, queue, { on, limits: { ...limits, answerWithinMs: 10_000 } })
  expect(large.notices).toEqual([expect.stringContaining('larger than 10000 bytes')])
  expect(written).toBeLessThan(10_000_000)
})

it('asks in batches and stops when time is up', async () => {
  const sentence = (index: number) => `It sees to matter ${index} as it may.`
  const many = queueOf(
    importDocument(Array.from({ length: 40 }, (_, index) => sentence(index)).join(' '), { name: 'case' }),
    emptyReview,
  )
  expect(many.length).toBeGreaterThan(24)
  const quick = await serve(() => '{"sentences":[]}')
  await proposeReadings(quick.endpoint, many, { on })
  expect(quick.asked.length).toBe(Math.ceil(many.length / 12))
  const none = await proposeReadings(quick.endpoint, many, { on, allWithinMs: 0 })
  expect(none.notices).toEqual([expect.stringContaining('time was up')])
})

it('tells a server that is not there', async () => {
  const { endpoint } = await serve(() => '{}')
  const gone = { ...endpoint, url: new URL('http://127.0.0.1:1/v1') }
  expect((await proposeReadings(gone, queue, { on })).notices).toEqual([expect.stringContaining('cannot be reached')])
})

it.each([
  [{}, 'KEPT_MODEL_URL names no endpoint'],
  [{ KEPT_MODEL_URL: 'http://localhost:1/v1' }, 'KEPT_MODEL names no model'],
  [{ KEPT_MODEL_URL: 'file:///etc/passwd', KEPT_MODEL: 'm' }, 'no http or https'],
  [{ KEPT_MODEL_URL: 'https://user:word@host/v1', KEPT_MODEL: 'm' }, 'without a name and password'],
  [{ KEPT_MODEL_URL: 'http://model.example/v1', KEPT_MODEL: 'm', KEPT_MODEL_KEY: 'k' }, 'unencrypted'],
])('is off until it is set up: %o', (env, words) => {
  expect(modelFrom(env)).toEqual({ missing: expect.stringContaining(words) })
})
