import { z } from 'zod'
import { Faults } from '../../language/fault.ts'
import type { RequestRecord } from '../../records.ts'
import { readDocuments } from '../../status/documents.ts'
import { readStatus } from '../../status/read-status.ts'
import { sentenceStatuses } from '../../status/sentences.ts'
import type { CommitmentStatus } from '../../status/status.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { placeTold } from '../places.ts'
import { anyStaff } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { rowOf } from './requests.ts'
import { anything } from './shapes.ts'

const many = z.array(anything).readonly()

/** Where the policy stands, sentence by sentence, and what waits for a person. */
export function statusRoutes(): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/status',
      name: 'standing.show',
      summary: 'Each sentence of the notice and each commitment: kept, broken, unproven or task',
      tag: 'status',
      who: anyStaff,
      answer: z.object({
        at: z.string(),
        policy: z.string(),
        documents: many,
        sentences: many,
        totals: anything,
        commitments: many,
        counts: anything,
      }),
      handle: async ({ tenant, now }) => ({ body: await tenant.use((workspace) => statusNow(workspace, now)) }),
    }),
    route({
      method: 'get',
      path: '/api/v1/tasks',
      name: 'tasks.list',
      summary:
        'What waits for a person: requests by the day they are due, and tasks, breaches and unproven commitments',
      tag: 'status',
      who: anyStaff,
      answer: z.object({ at: z.string(), requests: many, commitments: many }),
      handle: async ({ tenant, now }) => ({
        body: await tenant.use(async ({ plan, database }) => {
          const waiting = await database.requests({ states: FOR_A_PERSON, limit: 500 })
          const { commitments } = await readStatus(plan, database, now)
          const rows = waiting.map((record) => ({ ...rowOf(record), late: record.dueAt < now.toISOString() }))
          rows.sort((left, right) => left.dueAt.localeCompare(right.dueAt, 'en'))
          return {
            at: now.toISOString(),
            requests: rows,
            commitments: commitments.filter(({ status }) => status !== 'kept').map(told),
          }
        }),
      }),
    }),
  ]
}

const FOR_A_PERSON: readonly RequestRecord['state'][] = ['awaiting-approval', 'open']

async function statusNow({ plan, database }: Workspace, now: Date) {
  const { documents, absent, faults } = await readDocuments(plan)
  if (faults.length > 0) throw new Faults(faults)
  const { commitments, counts } = await readStatus(plan, database, now)
  const { sentences, totals } = sentenceStatuses(documents, commitments)
  return {
    at: now.toISOString(),
    policy: plan.sha256,
    documents: [
      ...documents.map(({ name, sha256 }) => ({ name, sha256 })),
      ...absent.map((name) => ({ name, sha256: null })),
    ],
    sentences,
    totals,
    commitments: commitments.map(told),
    counts,
  }
}

function told(commitment: CommitmentStatus): CommitmentStatus {
  return { ...commitment, where: placeTold(commitment.where) }
}
