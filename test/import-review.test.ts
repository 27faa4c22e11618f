/** A review on a terminal, on a plain run and over re-imports: what a person decided stays decided. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Keyboard } from '../src/cli/desk.ts'
import { runCommand } from '../src/cli/run.ts'
import type { Terminal } from '../src/cli/terminal.ts'

const notice = `# Privacy at Larkspur

We handle it.
We never sell your personal data.
If we are acquired by another company, your personal data may be transferred to it.
Other records are kept for as long as needed.
`

interface ReviewFile {
  decisions: { text: string; label?: string; by: string; on: string; why?: string; accepts?: string[]; says?: string }[]
  answers?: { at: string; value: unknown; by: string }[]
  queue: { id: string; reason: string; says: string; formerly?: { by: string } }[]
}

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'kept-review-'))
  const write = (text: string, name = 'notice.md') => writeFileSync(join(folder, name), text)
  write(notice)
  const review = () => parse(readFileSync(join(folder, 'kept.review.yaml'), 'utf8')) as ReviewFile
  const draft = () => readFileSync(join(folder, 'kept.draft.yaml'), 'utf8')
  const run = async (words: string[], more: Partial<Terminal> = {}) => {
    const said = { out: '', err: '' }
    const terminal: Terminal = {
      cwd: folder,
      env: {},
      interactive: false,
      out: (text) => {
        said.out += text
      },
      err: (text) => {
        said.err += text
      },
      ...more,
    }
    const code = await runCommand(['import', 'notice.md', '--out', '.', ...words], terminal)
    return { code, ...said }
  }
  return { folder, write, review, draft, run }
}

/** A keyboard that types each answer when its question is asked. */
function typing(script: readonly (readonly [asked: string, keys: string])[]): {
  keyboard: Keyboard
  left: () => readonly string[]
} {
  const input = new PassThrough()
  const output = new PassThrough()
  let shown = ''
  let from = 0
  const waiting = [...script]
  output.on('data', (part: Buffer) => {
    shown += part.toString('utf8')
    const next = waiting[0]
    const at = next === undefined ? -1 : shown.indexOf(next[0], from)
    if (next === undefined || at < 0) return
    waiting.shift()
    from = shown.length
    setTimeout(() => input.write(next[1]), 20)
  })
  return { keyboard: { input, output }, left: () => waiting.map(([asked]) => asked) }
}

const ENTER = '\r'
const DOWN = '\u001b[B'

it('asks a person on a terminal, writes who decided, and keeps it over another text', async () => {
  const { run, review, draft, write } = place()
  const first = await run(['--review'])
  expect(first.code).toBe(0)
  expect(first.out).toContain('For review:')
  expect(review().queue.map((item) => item.says)).toEqual(['We handle it.'])

  const { keyboard, left } = typing([
    ['Who decides?', `a.reviewer${ENTER}`],
    ['How is it read?', ENTER],
    ['Why?', `as it says${ENTER}`],
    ['Decide on warnings', 'y'],
    ['Sold to nobody', DOWN + ENTER],
    ['Why?', `the deal is public${ENTER}`],
    ['Sold to nobody', ENTER],
    ['Answer open questions', 'y'],
    ['retention.personal-data.keep', ENTER],
    ['As it shall stand', `P2Y${ENTER}`],
    ['Why?', ENTER],
    ['controller.name', DOWN + DOWN + ENTER],
  ])
  const second = await run(['--review'], { keyboard })
  expect([second.code, left()]).toEqual([0, []])
  expect(review()).toMatchObject({
    decisions: [
      { says: 'We handle it.', label: expect.any(String), by: 'a.reviewer', why: 'as it says' },
      { says: 'We never sell your personal data.', accepts: ['contradiction.sale-merger'], why: 'the deal is public' },
    ],
    answers: [{ at: 'retention.personal-data.keep', value: 'P2Y', by: 'a.reviewer' }],
    queue: [],
  })
  expect(draft()).toContain('keep: P2Y')

  // Another text: one sentence moved, one is new, one changed; what was decided on the others stands.
  write(
    `We are new here.\n\n${notice.replace('We never sell your personal data.', 'We never sell or rent your personal data.')}`,
  )
  const third = await run(['--review', '--json'])
  const told = JSON.parse(third.out) as {
    sentences: { text: string; reviewed: boolean; review?: string }[]
    questions: { place?: string }[]
    stale: { decisions: { says: string }[] }
  }
  const handled = told.sentences.find((sentence) => sentence.text === 'We handle it.')
  expect(handled?.reviewed).toBe(true)
  expect(told.questions.map((question) => question.place)).not.toContain('retention.personal-data.keep')
  expect(told.stale.decisions.map((decision) => decision.says)).toEqual(['We never sell your personal data.'])
})

it('asks anew about a sentence that changed since it was decided on, and shows what was decided', async () => {
  const { run, review, write } = place()
  await run(['--review'])
  const waiting = review().queue[0] as {
    id: string
    reason: string
    says: string
    formerly?: { by: string }
    text?: string
  }
  const decided = {
    text: waiting.text,
    occurrence: 1,
    label: 'security',
    disposition: 'human-task',
    by: 'b.reviewer',
    on: '2026-11-01',
    says: 'We handle it.',
  }
  write(JSON.stringify({ decisions: [decided] }), 'kept.review.yaml')
  write(notice.replace('We handle it.', 'We handle it with care.'))
  const again = await run(['--review'])
  expect(review().queue).toMatchObject([
    { says: 'We handle it with care.', reason: 'changed', formerly: { by: 'b.reviewer', label: 'security' } },
  ])
  expect(review().decisions).toMatchObject([decided])
  expect(again.out).toContain('before: security, human-task, by b.reviewer on 2026-11-01')
  // The text comes back: so does the decision.
  write(notice)
  await run(['--review'])
  expect(review().queue).toEqual([])
})

it('shows where policies kept together differ, the stricter reading first, and takes a reason only where the law leaves it open', async () => {
  const { run, write } = place()
  write(
    'We will tell you by e-mail before changes to this policy take effect. We do not knowingly collect data from children under 13.',
  )
  write(
    'We may change this policy at any time by posting it here. We do not knowingly collect data from children under the equivalent minimum age.',
    'other.md',
  )
  const plain = await run(['--with', 'other.md'])
  expect(plain.out).toMatch(
    /between\.change-notice\n {4}Notice before effect\. .*\n {4}before effect: +notice#1\n {4}by posting only: +other#1/u,
  )
  const record = { by: 'a.reviewer', on: '2026-11-22', why: 'two brands' }
  write(
    JSON.stringify({
      accepts: [
        { code: 'between.change-notice', ...record },
        { code: 'between.children', ...record },
      ],
    }),
    'kept.review.yaml',
  )
  const told = JSON.parse((await run(['--with', 'other.md', '--json'])).out) as {
    between: { code: string; accepted?: { by: string }; refused?: string }[]
  }
  expect(told.between.map(({ code, accepted, refused }) => [code, accepted?.by, refused])).toEqual([
    ['between.children', undefined, 'forbidden'],
    ['between.change-notice', 'a.reviewer', undefined],
  ])
})

it('goes on without a model, and says so', async () => {
  const { run, review } = place()
  const told = await run(['--propose'])
  expect([told.code, told.err]).toEqual([0, ''])
  expect(told.out).toContain('No model was asked: KEPT_MODEL_URL names no endpoint.')
  const gone = await run(['--propose'], { env: { KEPT_MODEL_URL: 'http://127.0.0.1:1/v1', KEPT_MODEL: 'sorter' } })
  expect(gone.code).toBe(0)
  expect(gone.out).toContain('cannot be reached')
  expect(review().queue).toHaveLength(1)
})

it('puts what a model proposes into the queue and decides nothing by it', async () => {
  const { run, review, draft } = place()
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const sentences = [
        { n: 1, label: 'security', disposition: 'human-task', data: ['it'], purposes: [], recipients: [] },
      ]
      response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify({ sentences }) } }] }))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const env = { KEPT_MODEL_URL: `http://127.0.0.1:${port}/v1`, KEPT_MODEL: 'sorter' }
  await run([])
  const before = draft()
  const told = await run(['--propose'], { env })
  server.close()
  expect(told.out).toContain('proposes security, human-task')
  expect(draft()).toBe(before)
  expect(review()).toMatchObject({
    decisions: [],
    proposals: [{ label: 'security', origin: `model sorter at http://127.0.0.1:${port}` }],
  })

  // A person takes it over: the decision is hers, and tells where it came from.
  const { keyboard, left } = typing([
    ['Who decides?', `a.reviewer${ENTER}`],
    ['How is it read?', DOWN + ENTER],
    ['Why?', ENTER],
    ['Decide on warnings', 'n'],
    ['Answer open questions', 'n'],
  ])
  await run(['--review'], { keyboard })
  expect(left()).toEqual([])
  expect(review().decisions).toMatchObject([
    {
      label: 'security',
      disposition: 'human-task',
      by: 'a.reviewer',
      proposed: expect.stringContaining('model sorter'),
    },
  ])
})
