/** What no program can do is a task of a person: the request waits for the answer, and the answer is evidence. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestDocument } from '../src/requests/report.ts'
import { type ListedTask, tasksOf } from '../src/requests/tasks.ts'
import { makeVendor, type Vendor } from './guarantees/vendor.ts'

let vendor: Vendor

beforeAll(async () => {
  vendor = await makeVendor('tasks', { people: 3 })
  const archive = `store: archive
connect: { read: human }
human: { owner: office manager, within: P10D, words: take the folder out of the cabinet }
tables: {}
`
  writeFileSync(`${vendor.folder}/stores/archive.yaml`, archive)
}, 60_000)
afterAll(() => vendor.close())

async function call(...words: string[]) {
  const ran = await vendor.call([...words, '--json'])
  expect(ran.err).toBe('')
  return { code: ran.code, answer: JSON.parse(ran.out) as RequestDocument & { tasks: ListedTask[] } }
}

test('an erasure waits for the person who looks after paper, and ends with their answer', async () => {
  const asked = await call('request', 'erase', '--identity', 'email=person1@example.org', '--approve-by', 'jo')
  expect(asked.code).toBe(1)
  expect(asked.answer.state).toBe('open')
  expect(asked.answer.stores.map(({ store, state }) => `${store} ${state}`)).toEqual([
    'archive task',
    'helpdesk proven',
  ])
  const listed = await call('task', 'list')
  expect(listed.code).toBe(0)
  expect(listed.answer.tasks).toMatchObject([
    { id: `${asked.answer.id}.archive`, owner: 'office manager', state: 'open', kind: 'erasure' },
  ])
  writeFileSync(`${vendor.folder}/note.txt`, 'the folder is shredded')
  const done = await call('task', 'done', `${asked.answer.id}.archive`, '--by', 'sam', '--note-file', 'note.txt')
  expect(done.code).toBe(0)
  expect(done.answer.state).toBe('done')
  expect((await call('task', 'list')).answer.tasks).toEqual([])
  const rows = await vendor.open(async ({ database }) => (await database.request(asked.answer.id))?.steps[0]?.task)
  expect(rows?.answer).toMatchObject({
    outcome: 'done',
    by: expect.stringMatching(/^s/),
    note: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('a restriction is a task in every store, since nothing enforces it yet', async () => {
  const asked = await call('request', 'restriction', '--identity', 'email=person2@example.org', '--approve-by', 'jo')
  expect(asked.answer.stores.map(({ state }) => state)).toEqual(['task', 'task'])
  const first = await call('task', 'done', `${asked.answer.id}.archive`, '--by', 'sam')
  expect(first.answer.state).toBe('open')
  const failed = await call('task', 'failed', `${asked.answer.id}.helpdesk`, '--by', 'sam')
  expect(failed.answer.state).toBe('open')
  const again = await call('request', 'resume', asked.answer.id)
  expect(again.answer.stores.map(({ state }) => state)).toEqual(['attested', 'task'])
  const last = await call('task', 'done', `${asked.answer.id}.helpdesk`, '--by', 'sam')
  expect(last.answer.state).toBe('done')
})

test('a use that no map says how to stop is a task, too', async () => {
  const asked = await call(
    'request',
    'objection',
    '--identity',
    'email=person2@example.org',
    '--purpose',
    'support',
    '--approve-by',
    'jo',
  )
  expect(asked.answer.stores.map(({ state }) => state)).toEqual(['task', 'task'])
})

test('breach: a late task ends the list with 1, and one that is none is refused', async () => {
  await vendor.open(async ({ engine }) => {
    const requests = await engine.records.requests()
    expect(tasksOf(requests, new Date('2099-01-01')).filter(({ state }) => state === 'late')).toHaveLength(2)
  })
  const ran = await vendor.call(['task', 'done', 'aaaaaaaaaaaa.archive', '--by', 'sam'])
  expect(ran.code).toBe(2)
})

test('breach: a store of a person that does not name who is a fault', async () => {
  const file = `${vendor.folder}/stores/archive.yaml`
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(/human: \{.*\n/, ''))
  const ran = await vendor.call(['check'])
  expect(ran.out + ran.err).toContain('store.no-owner')
  writeFileSync(file, text)
})
