/** Acts that the suites of Kept's own database record. */
import { fact } from '../src/language/facts.ts'
import type { NewRequest } from '../src/records.ts'

export const controller = 'Larkspur Software Ltd'
export const policy = 'a'.repeat(64)

export const newRequest = (sealed: NewRequest['sealed'] = { email: 'ada@people.example' }): NewRequest => ({
  kind: 'erasure',
  policy,
  dueAt: '2026-12-24T00:00:00.000Z',
  stores: ['desk', 'crm'],
  sealed,
})

export const received = (request: string) =>
  fact('request.received/1', { request, kind: 'erasure', policy, due: '2026-12-24', stores: ['desk', 'crm'] })

export const executed = (request: string, rows = 1) =>
  fact('request.executed/1', { request, store: 'desk', tables: [{ table: 'tickets', action: 'row', rows }] })
