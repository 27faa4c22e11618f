import { z } from 'zod'
import { drawFlows } from '../../data-map/draw.ts'
import { flowsOf } from '../../data-map/flows.ts'
import { wordsOf } from '../../data-map/words.ts'
import { anyStaff, ofStoresOrAuditing } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { ROLES } from '../who.ts'

const me = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  tenant: z.object({ slug: z.string(), name: z.string() }),
})
/** Who is signed in, and for whom. */
export type Me = z.output<typeof me>

const flow = z.object({
  category: z.string(),
  purpose: z.string().optional(),
  store: z.string().optional(),
  recipient: z.string().optional(),
  country: z.string().optional(),
})
const dataMap = z.object({
  flows: z.array(flow),
  /** How the policy itself calls what the flows name, by column and name. */
  words: z.record(z.string(), z.record(z.string(), z.string())),
})
export type DataMapAnswer = z.output<typeof dataMap>

const word = z.string().min(1).max(200).optional()
const filter = z.strictObject({ category: word, purpose: word, store: word, country: word })

/** What the pages of the administration ask besides what machines do. */
export const adminRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/v1/me',
    name: 'me.show',
    summary: 'Who is signed in, with which roles, for which tenant',
    tag: 'staff',
    who: anyStaff,
    answer: me,
    handle: async ({ tenant, staff }) => ({
      body: {
        id: staff.id,
        name: staff.name,
        roles: [...(staff.roles[tenant.slug] ?? [])],
        tenant: { slug: tenant.slug, name: tenant.database.controller },
      },
    }),
  }),
  route({
    method: 'get',
    path: '/api/v1/data-map',
    name: 'dataMap.list',
    summary: 'Which data is used for what, where it lies, who receives it and in which country',
    tag: 'policy',
    who: ofStoresOrAuditing,
    query: filter,
    answer: dataMap,
    handle: async ({ tenant, query }) =>
      await tenant.use(async ({ plan, maps }) => {
        const flows = flowsOf(plan, maps, query)
        const shown = wordsOf(plan)
        const words: Record<string, Record<string, string>> = {}
        for (const one of flows) {
          for (const [column, name] of Object.entries(one)) {
            words[column] ??= {}
            words[column][name] ??= shown(column, name)
          }
        }
        return { body: { flows, words } }
      }),
  }),
  route({
    method: 'get',
    path: '/api/v1/data-map.svg',
    name: 'dataMap.draw',
    summary: 'The same, drawn',
    tag: 'policy',
    who: ofStoresOrAuditing,
    query: filter,
    produces: 'image/svg+xml',
    handle: async ({ tenant, query }) =>
      await tenant.use(async ({ plan, maps }) => {
        const drawn = drawFlows(flowsOf(plan, maps, query), `Data of ${plan.controller.name}`, wordsOf(plan))
        return new Response(drawn, { headers: { 'content-type': 'image/svg+xml; charset=utf-8' } })
      }),
  }),
]
