import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { draftText, inWordsOf } from '../../discovery/index.ts'
import type { StoreMap } from '../../language/store-map.ts'
import { checkConnected, checkedFact } from '../../workspace/check-stores.ts'
import { discoverStore } from '../../workspace/discover-store.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { refusals } from '../faults.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { faultTold } from '../places.ts'
import { ofStores, ofStoresOrAuditing, responsible } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { actState } from './acts.ts'
import { anything, storeName } from './shapes.ts'

const many = z.array(anything).readonly()
const params = z.object({ store: storeName })
const row = z.object({
  store: z.string(),
  role: z.string(),
  country: z.string().nullable(),
  tables: z.int(),
  fields: z.int(),
  executes: z.boolean(),
  /** Code of the fault for which it could not be opened. */
  unopened: z.string().nullable(),
})
const live = z.object({
  store: z.string(),
  reachable: z.boolean(),
  version: z.string().nullable(),
  schema: z.string().nullable(),
  tables: z.int().nullable(),
  faults: many,
})

/** The stores, their maps, and what lies in them. */
export function storeRoutes(jobs: Jobs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/stores',
      name: 'stores.list',
      summary: 'The stores and what their maps declare',
      tag: 'stores',
      who: ofStoresOrAuditing,
      answer: z.object({ stores: z.array(row) }),
      handle: async ({ tenant }) => ({
        body: await tenant.use(async (workspace) => ({
          stores: workspace.maps.map((map) => rowOfStore(workspace, map)),
        })),
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/stores/{store}',
      name: 'stores.show',
      summary: 'A store with its map as text and as it was read',
      tag: 'stores',
      who: ofStoresOrAuditing,
      params,
      answer: z.object({ store: row, text: z.string(), map: anything }),
      handle: async ({ tenant, params: { store } }) => ({
        body: await tenant.use(async (workspace) => {
          const map = mapNamed(workspace, store)
          const { connect: _, file, ...told } = map
          const text = file === undefined ? '' : await readFile(file, 'utf8')
          return { store: rowOfStore(workspace, map), text, map: told }
        }),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/stores/{store}/check',
      name: 'stores.check',
      summary: 'Holds the map against the live schema, and records what was found',
      tag: 'stores',
      who: ofStores,
      params,
      answer: live,
      handle: async ({ tenant, params: { store } }) => ({
        body: await tenant.use(async (workspace) => {
          mapNamed(workspace, store)
          const unopened = [...workspace.unopened].map(([name, fault]) => ({ store: name, fault, tables: [] }))
          const [checked] = await checkConnected({ stores: workspace.engine.stores, unopened }, workspace, [store])
          if (checked === undefined) throw refusals.noSuch()
          await tenant.database.append([checkedFact(checked)])
          return {
            store,
            reachable: checked.live !== undefined,
            version: checked.live?.version ?? null,
            schema: checked.live?.sha256 ?? null,
            tables: checked.live?.tables.length ?? null,
            faults: checked.faults.map(faultTold),
          }
        }),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/stores/{store}/discover',
      name: 'stores.discover',
      summary: 'Looks for personal data in the live store; no value is shown or kept',
      tag: 'stores',
      who: ofStores,
      params,
      answer: z.object({ store: z.string(), tables: many, questions: many, draft: z.string() }),
      handle: async ({ tenant, params: { store } }) => ({
        body: await tenant.use(async (workspace) => {
          const { read } = mapNamed(workspace, store).connect
          const found = await discoverStore(store, await tenant.secret(read))
          const { data } = workspace.plan
          return { ...inWordsOf(found, data), draft: draftText(found, read, data) }
        }),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/stores/{store}/replay',
      name: 'stores.replay',
      summary: 'After a backup of the store was restored: erases again what was erased',
      tag: 'stores',
      who: responsible,
      secondFactor: true,
      params,
      answer: z.object({ act: actState }),
      status: 202,
      handle: async ({ tenant, params: { store } }) => {
        await tenant.use(async (workspace) => mapNamed(workspace, store))
        const job = await jobs.act({ tenant: tenant.slug, act: 'replay', store })
        const act = job && (await jobs.find(tenant.slug, job))
        if (!act) throw refusals.stillRunning()
        return { body: { act } }
      },
    }),
  ]
}

function mapNamed({ maps }: Workspace, store: string): StoreMap {
  const map = maps.find((one) => one.store === store)
  if (map === undefined) throw refusals.noSuch()
  return map
}

function rowOfStore({ unopened }: Workspace, map: StoreMap): z.output<typeof row> {
  return {
    store: map.store,
    role: map.role,
    country: map.country ?? null,
    tables: map.tables.length,
    fields: map.tables.reduce((sum, { fields }) => sum + fields.length, 0),
    executes: map.connect.execute !== undefined,
    unopened: unopened.get(map.store)?.code ?? null,
  }
}
