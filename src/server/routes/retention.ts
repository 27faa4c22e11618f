import { z } from 'zod'
import { isActive } from '../../records.ts'
import { HOLD_GROUNDS } from '../../retention/grounds.ts'
import { addHold, endHold } from '../../retention/hold.ts'
import { previewRetention } from '../../retention/sweep.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { refusals } from '../faults.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { answeringOrAuditing, ofStoresOrAuditing, responsible } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { actState } from './acts.ts'
import { anything, dayText, id, identity, storeName } from './shapes.ts'

const many = z.array(anything).readonly()
const hold = z.looseObject({ id, ground: z.string(), until: z.string(), identities: z.int(), active: z.boolean() })
const category = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)

/** Terms that are over, and what is held beyond them. */
export function retentionRoutes(jobs: Jobs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/retention/preview',
      name: 'terms.preview',
      summary: 'Counts what a sweep would do now; changes nothing',
      tag: 'retention',
      who: ofStoresOrAuditing,
      answer: z.object({ counts: many, gaps: many, copies: many }),
      handle: async ({ tenant }) => ({
        body: await tenant.use((workspace) => previewRetention(retentionOf(workspace))),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/retention/sweep',
      name: 'terms.sweep',
      summary: 'Ends what is over in every store, in short batches, and proves it',
      tag: 'retention',
      who: responsible,
      secondFactor: true,
      answer: z.object({ act: actState }),
      status: 202,
      handle: async ({ tenant }) => {
        const job = await jobs.act({ tenant: tenant.slug, act: 'sweep' })
        const act = job && (await jobs.find(tenant.slug, job))
        if (!act) throw refusals.stillRunning()
        return { body: { act } }
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/holds',
      name: 'holds.list',
      summary: 'The holds, newest first; people are not named',
      tag: 'retention',
      who: answeringOrAuditing,
      answer: z.object({ holds: z.array(hold), grounds: many }),
      handle: async ({ tenant: { database }, now }) => {
        const holds = (await database.holds()).map((one) => ({ ...one, active: isActive(one, now) }))
        return { body: { holds, grounds: HOLD_GROUNDS } }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/holds',
      name: 'holds.add',
      summary: 'Holds rows of people, categories or stores until a day',
      tag: 'retention',
      who: responsible,
      body: z.strictObject({
        ground: z.string().regex(/^[a-z][a-z-]{0,63}$/),
        until: dayText,
        data: z.array(category).max(100).default([]),
        stores: z.array(storeName).max(100).default([]),
        identities: z.array(identity).max(100).default([]),
      }),
      answer: z.object({ hold }),
      status: 201,
      handle: async ({ tenant, staff, body, now }) => ({
        body: await tenant.use(async (workspace) => {
          const identities = body.identities.map(({ store, ...rest }) =>
            store === undefined ? rest : { ...rest, store },
          )
          const added = await addHold(retentionOf(workspace), { ...body, identities, by: staff.id })
          return { hold: { ...added, active: isActive(added, now) } }
        }),
      }),
    }),
    route({
      method: 'delete',
      path: '/api/v1/holds/{id}',
      name: 'holds.end',
      summary: 'Ends a hold today; its identities are destroyed',
      tag: 'retention',
      who: responsible,
      params: z.object({ id }),
      answer: z.object({ ended: z.literal(true) }),
      handle: async ({ tenant, staff, params }) => {
        await tenant.use((workspace) => endHold(retentionOf(workspace), params.id, staff.id))
        return { body: { ended: true } }
      },
    }),
  ]
}

function retentionOf({ plan, maps, engine, database }: Workspace) {
  return { plan, maps, stores: engine.stores, records: database, staff: engine.staff, now: engine.now }
}
