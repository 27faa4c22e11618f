import { expect, test } from 'vitest'
import type { DocumentSentence } from '../language/imported-document.ts'
import { sentenceStatuses } from './sentences.ts'
import type { CommitmentStatus } from './status.ts'

const commitment = (parts: Partial<CommitmentStatus>): CommitmentStatus => ({
  commitment: 'rights.erasure',
  kind: 'rights',
  status: 'kept',
  why: 'it was proven',
  gate: 'requests',
  probe: 'request.proof',
  checked: '2026-11-22T06:00:00Z',
  since: '2026-11-20T06:00:00Z',
  evidence: 7,
  request: null,
  task: null,
  where: {},
  source: ['notice#1'],
  ...parts,
})

const sentence = (disposition: DocumentSentence['disposition']): DocumentSentence => ({
  id: 'notice#1',
  start: 0,
  end: 5,
  quote: 'We *erase*.',
  sha256: '',
  text: 'We erase.',
  section: '',
  heading: false,
  disposition,
  label: 'deletion',
})

const stateOf = (disposition: DocumentSentence['disposition'], ...commitments: CommitmentStatus[]) => {
  const documents = [{ name: 'notice', sha256: '', sentences: [sentence(disposition)], quotes: ['We *erase*.'] }]
  const { sentences, totals } = sentenceStatuses(documents, commitments)
  const [one] = sentences
  if (one === undefined) throw new Error('no sentence')
  expect(totals[one.state]).toBe(1)
  return one
}

const of = (status: CommitmentStatus['status'], parts: Partial<CommitmentStatus> = {}) =>
  commitment({ commitment: `rights.${status}`, status, why: status, ...parts })

test('the worst of several commitments is the state of the sentence', () => {
  expect(stateOf('machine', of('kept'), of('unproven'), of('task'), of('broken')).state).toBe('broken')
  expect(stateOf('machine', of('kept'), of('unproven'), of('task')).state).toBe('task')
  expect(stateOf('machine', of('kept'), of('unproven')).state).toBe('unproven')
  expect(stateOf('machine', of('kept'), of('kept')).state).toBe('kept')
})

test('it is kept since the last of its commitments was, and broken since the first', () => {
  const early = { since: '2026-11-01T00:00:00Z', evidence: 3 }
  const late = { since: '2026-11-09T00:00:00Z', evidence: 9 }
  expect(stateOf('machine', of('kept', early), of('kept', late))).toMatchObject({ since: late.since, evidence: 9 })
  expect(stateOf('machine', of('broken', early), of('broken', late)).since).toBe(early.since)
  expect(stateOf('machine', of('kept', early), of('kept', { since: null })).since).toBeNull()
})

test('a sentence that needs a person stays a task with owner and day, unless it is broken', () => {
  const task = { owner: 'privacy officer', due: '2027-01-31' }
  expect(stateOf('human-task', of('kept', { task }))).toMatchObject({ state: 'task', task })
  expect(stateOf('human-task', of('kept'), of('broken', { task })).state).toBe('broken')
  expect(stateOf('human-task')).toMatchObject({ state: 'task', task: null, commitments: [] })
})

test('what nobody bound is unproven, and what promises nothing is neither', () => {
  expect(stateOf('machine', of('kept', { source: ['notice#2'] }))).toMatchObject({ state: 'unproven', evidence: null })
  expect(stateOf('not-a-promise', of('broken'))).toMatchObject({ state: 'not-a-promise', quote: 'We *erase*.' })
})
