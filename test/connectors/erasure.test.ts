import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Opened, openShop } from './shop.ts'
import { erasesOneCustomer, map, policy, schema } from './shop-case.ts'

describe('erasure on PostgreSQL', () => {
  let shop: Opened
  beforeAll(async () => {
    shop = await openShop(schema, policy, map)
  })
  afterAll(() => shop?.close())

  it('previews, erases and leaves everybody else as they were', async () => {
    await erasesOneCustomer(shop)
  })
})
