import { z } from 'zod'
import { refusals } from '../faults.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { ofStoresOrAuditing } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { anything } from './shapes.ts'

/** A long act: asked for, at work, done with its counts, or failed with a code. */
export const actState = z.object({
  id: z.string(),
  act: z.enum(['sweep', 'replay']),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  result: anything.optional(),
  why: z.string().optional(),
})

export function actRoutes(jobs: Jobs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/acts/{act}',
      name: 'acts.show',
      summary: 'Where a long act stands; its result stays for a day',
      tag: 'acts',
      who: ofStoresOrAuditing,
      params: z.object({ act: z.uuid() }),
      answer: z.object({ act: actState }),
      handle: async ({ tenant, params }) => {
        const act = await jobs.find(tenant.slug, params.act)
        if (act === undefined) throw refusals.noSuch()
        return { body: { act } }
      },
    }),
  ]
}
