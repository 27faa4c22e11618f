import { readFile, rename, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { randomId } from '../../base/ids.ts'
import { Faults } from '../../language/fault.ts'
import { readStoreMapBytes } from '../../policy/stores.ts'
import { refusals } from '../faults.ts'
import { ofStores } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { declared } from './declared.ts'

const edit = z.object({ before: z.string(), after: z.string(), written: z.boolean() })
/** The text of a map before and after an edit. */
export type MapEdit = z.output<typeof edit>

const name = z.string().min(1).max(300)

/** What discovery found, taken into the map: shown first, then written where the map stays without faults. */
export const editRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/api/v1/stores/{store}/declare',
    name: 'stores.declare',
    summary: 'Declares a column in the store map; without `write` only shows the text before and after',
    tag: 'stores',
    who: ofStores,
    params: z.object({ store: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/) }),
    body: z.strictObject({
      table: name,
      column: name,
      category: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/),
      write: z.boolean().default(false),
    }),
    answer: edit,
    handle: async ({ tenant, params: { store }, body: { table, column, category, write } }) =>
      await tenant.use(async ({ maps, policy }) => {
        const file = maps.find((map) => map.store === store)?.file
        if (file === undefined) throw refusals.noSuch()
        const before = await readFile(file, 'utf8')
        const after = declared(before, table, column, category)
        const { faults } = readStoreMapBytes(basename(file), Buffer.from(after), policy)
        const errors = faults.filter(({ severity }) => severity === 'error')
        if (errors.length > 0) throw new Faults(errors)
        if (write) {
          const unfinished = `${file}.${randomId(8)}`
          await writeFile(unfinished, after, { flag: 'wx' })
          await rename(unfinished, file)
        }
        return { body: { before, after, written: write } }
      }),
  }),
]
