import { expect, test } from 'vitest'
import type { Entry } from '../ledger.ts'
import { compilePlan } from '../policy/plan.ts'
import { readPolicyBytes } from '../policy/policy.ts'
import type { Finding, RequestRecord } from '../records.ts'
import { readHistory } from './history.ts'
import { type CommitmentStatus, statusOf } from './status.ts'

const now = new Date('2026-11-22T12:00:00Z')
const map = 'a'.repeat(64)

const planOf = (more = '') => {
  const source = `kept: 1
controller: { name: Fernweh Ltd }
data: { note: pd:Communication }
${more}purposes: { support: { is: dpv:CustomerCare, uses: note } }
rights: { erasure: { within: P1M } }
retention:
  notes: { data: note, keep: P1Y, from: last-contact }
  letters: { data: note, keep: P1Y, from: last-contact, task: { owner: archivist, due: 2026-11-01 } }
`
  const { policy, faults } = readPolicyBytes('kept.yaml', Buffer.from(source))
  expect(faults.map(({ code }) => code)).toEqual([])
  return { ...compilePlan(policy, []), stores: [{ store: 'desk', sha256: map }] }
}

const entry = (index: number, at: string, type: string, body: Entry['body']): Entry => ({
  index,
  at,
  type,
  body,
  controller: 'Fernweh Ltd',
  leaf: '',
})

const found = (index: number, at: string, outcome: Finding['outcome']): Entry =>
  entry(index, at, 'status.finding/1', { probe: 'retention.sweep', subject: 'retention.notes', outcome })

async function* inOrder(entries: readonly Entry[]): AsyncGenerator<Entry> {
  yield* entries
}

const standing = async (
  known: {
    readonly plan?: ReturnType<typeof planOf>
    readonly log?: readonly Entry[]
    readonly requests?: readonly RequestRecord[]
    readonly detail?: Finding['detail']
  },
  commitment = 'retention.notes',
): Promise<CommitmentStatus> => {
  const plan = known.plan ?? planOf()
  const log = known.log ?? []
  const newest = log.findLast(({ type }) => type === 'status.finding/1')
  const findings: Finding[] =
    newest === undefined
      ? []
      : [
          {
            probe: 'retention.sweep',
            subject: 'retention.notes',
            outcome: newest.body.outcome as Finding['outcome'],
            at: newest.at,
            evidence: newest.index,
            detail: known.detail ?? { policy: plan.sha256, maps: { desk: map } },
          },
        ]
  const facts = { now, requests: known.requests ?? [], findings }
  const { commitments } = statusOf(plan, facts, await readHistory(inOrder(log), facts))
  const one = commitments.find((each) => each.commitment === commitment)
  if (one === undefined) throw new Error(`no commitment ${commitment}`)
  return one
}

const sweeps = [
  found(3, '2026-11-18T06:00:00Z', 'broken'),
  found(4, '2026-11-20T06:00:00Z', 'kept'),
  found(5, '2026-11-21T06:00:00Z', 'kept'),
  found(6, '2026-11-22T06:00:00Z', 'kept'),
]

test('a fresh finding keeps, since the first of its unbroken run', async () => {
  expect(await standing({ log: sweeps })).toMatchObject({
    status: 'kept',
    probe: 'retention.sweep',
    evidence: 6,
    checked: '2026-11-22T06:00:00Z',
    since: '2026-11-20T06:00:00Z',
  })
})

test('what Kept remembers is not believed where the entry says otherwise, or is about something else', async () => {
  const plan = planOf()
  const detail = { policy: plan.sha256, maps: { desk: map } }
  const finding: Finding = {
    probe: 'retention.sweep',
    subject: 'retention.notes',
    outcome: 'kept',
    at: '',
    evidence: 6,
    detail,
  }
  const other = entry(7, '2026-11-22T07:00:00Z', 'request.closed/1', { request: 'aaaaaaaaaaaa', state: 'done' })
  const log = [...sweeps, other, found(8, '2026-11-22T08:00:00Z', 'broken')]
  const states = await Promise.all(
    [6, 7, 8, 9].map(async (evidence) => {
      const facts = { now, requests: [], findings: [{ ...finding, evidence }] }
      const { commitments } = statusOf(plan, facts, await readHistory(inOrder(log), facts))
      return commitments.find(({ commitment }) => commitment === 'retention.notes')?.status
    }),
  )
  expect(states).toEqual(['kept', 'unproven', 'unproven', 'unproven'])
})

test('a probe that is off, or older than its period, shows nothing any more', async () => {
  const off = await standing({ plan: planOf('probes: { retention.sweep: off }\n'), log: sweeps })
  expect(off).toMatchObject({ status: 'unproven', why: 'the probe retention.sweep is switched off', evidence: 6 })
  const old = await standing({ log: sweeps.slice(0, 3) })
  expect(old).toMatchObject({ status: 'unproven', since: '2026-11-22T06:00:00.000Z' })
  const patient = await standing({
    plan: planOf('probes: { retention.sweep: { every: P7D } }\n'),
    log: sweeps.slice(0, 3),
  })
  expect(patient.status).toBe('kept')
})

test('a policy or a map that has changed since, or of which nothing is known, makes it unproven', async () => {
  const { sha256 } = planOf()
  for (const detail of [
    {},
    { policy: 'b'.repeat(64), maps: { desk: map } },
    { policy: sha256, maps: { desk: 'b'.repeat(64) } },
    { policy: sha256, maps: {} },
    { policy: sha256 },
  ])
    expect((await standing({ log: sweeps, detail })).status, JSON.stringify(detail)).toBe('unproven')
})

test('a breach stays one until a probe has looked again', async () => {
  const plan = planOf('probes: { retention.sweep: off }\n')
  const log = [found(1, '2026-10-01T06:00:00Z', 'kept'), found(2, '2026-10-02T06:00:00Z', 'broken')]
  expect(await standing({ plan, log })).toMatchObject({ status: 'broken', since: '2026-10-02T06:00:00Z' })
})

test('a task that a probe has seen done is kept as long as that holds', async () => {
  const plan = planOf('probes: { retention.sweep: { every: P7D } }\n')
  const about = (entry: Entry) => ({ ...entry, body: { ...entry.body, subject: 'retention.letters' } })
  const log = sweeps.map(about)
  const detail = { policy: plan.sha256, maps: { desk: map } }
  const findings: Finding[] = [
    { probe: 'retention.sweep', subject: 'retention.letters', outcome: 'kept', at: '', evidence: 6, detail },
  ]
  const facts = { now, requests: [], findings }
  const { commitments } = statusOf(plan, facts, await readHistory(inOrder(log), facts))
  expect(commitments.find(({ commitment }) => commitment === 'retention.letters')).toMatchObject({
    status: 'kept',
    since: '2026-11-20T06:00:00Z',
    task: { owner: 'archivist' },
  })
})

test('what a person has to do is a task, and a day that is over is told', async () => {
  expect(await standing({}, 'retention.letters')).toMatchObject({
    status: 'task',
    why: 'its day, 2026-11-01, is over',
    task: { owner: 'archivist', due: '2026-11-01' },
  })
})

const request = (parts: Partial<RequestRecord>): RequestRecord => ({
  id: 'aaaaaaaaaaaa',
  kind: 'erasure',
  state: 'done',
  controller: 'Fernweh Ltd',
  policy: planOf().sha256,
  createdAt: '2026-11-01T08:00:00Z',
  changedAt: '2026-11-03T08:00:00Z',
  dueAt: '2026-12-01T08:00:00Z',
  revision: 3,
  steps: [{ store: 'desk', state: 'proven', attempts: 1, map }],
  evidence: { first: 0, last: 3 },
  ...parts,
})

const act = (index: number, at: string, type: string, id: string, state?: string): Entry =>
  entry(index, at, type, { request: id, ...(state === undefined ? {} : { state }) })

const first = [
  act(0, '2026-11-01T08:00:00Z', 'request.received/1', 'aaaaaaaaaaaa'),
  act(1, '2026-11-01T08:00:00Z', 'request.previewed/1', 'aaaaaaaaaaaa'),
  act(2, '2026-11-03T07:00:00Z', 'request.approved/1', 'aaaaaaaaaaaa'),
  act(3, '2026-11-03T08:00:00Z', 'request.closed/1', 'aaaaaaaaaaaa', 'done'),
]
const second = 'bbbbbbbbbbbb'

test('a right is kept since the proof, a task since the wait began, broken since the term that was missed', async () => {
  const kept = await standing({ log: first, requests: [request({})] }, 'rights.erasure')
  expect(kept).toMatchObject({ status: 'kept', gate: 'requests', probe: 'request.proof', evidence: 3 })
  expect(kept.since).toBe('2026-11-03T08:00:00Z')
  const waits = [...first, act(4, '2026-11-10T09:00:00Z', 'request.previewed/1', second)]
  const waiting = request({ id: second, state: 'awaiting-approval', evidence: { first: 4, last: 4 } })
  expect(await standing({ log: waits, requests: [request({}), waiting] }, 'rights.erasure')).toMatchObject({
    status: 'task',
    since: '2026-11-10T09:00:00Z',
  })
  const over = [...waits, act(5, '2026-11-12T09:00:00Z', 'request.denied/1', second)]
  const denied = request({ id: second, state: 'denied', steps: [], evidence: { first: 4, last: 5 } })
  expect((await standing({ log: over, requests: [request({}), denied] }, 'rights.erasure')).since).toBe(
    '2026-11-12T09:00:00Z',
  )
  const late = request({ id: second, state: 'open', dueAt: '2026-11-20T00:00:00Z' })
  expect(await standing({ log: first, requests: [request({}), late] }, 'rights.erasure')).toMatchObject({
    status: 'broken',
    since: '2026-11-20T00:00:00Z',
  })
})

test('a proof under another policy or map keeps nothing, and one that reached fewer stores does not hide it', async () => {
  const changed = request({ policy: 'b'.repeat(64) })
  expect((await standing({ log: first, requests: [changed] }, 'rights.erasure')).status).toBe('unproven')
  const steps = [{ store: 'desk', state: 'proven', attempts: 1, map: 'b'.repeat(64) }] as const
  expect((await standing({ log: first, requests: [request({ steps })] }, 'rights.erasure')).status).toBe('unproven')
  const fewer = request({ id: second, steps: [], changedAt: '2026-11-20T08:00:00Z', policy: 'b'.repeat(64) })
  expect((await standing({ log: first, requests: [request({}), fewer] }, 'rights.erasure')).status).toBe('kept')
  const { evidence: _none, ...bare } = request({})
  const unattested = await standing({ requests: [bare] }, 'rights.erasure')
  expect(unattested).toMatchObject({ status: 'unproven', why: 'no entry of the evidence says so' })
})
