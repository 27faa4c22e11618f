import { z } from 'zod'
import { duration, name } from '../language/terms.ts'

const path = z
  .string()
  .max(1000)
  .regex(/^\//, 'store.bad-api-path')
  .meta({ description: 'Below the address, e.g. /contacts/{id}' })
const place = z.string().max(300).regex(/^\$/, 'store.bad-path')

const authEntry = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('oauth2').meta({ description: 'Client credentials (RFC 6749 section 4.4)' }),
    token: path,
    scope: z.string().max(300).optional(),
  }),
  z.strictObject({ is: z.literal('basic') }),
  z.strictObject({ is: z.literal('bearer') }),
  z.strictObject({ is: z.literal('header'), name: z.string().regex(/^[\w-]{1,100}$/) }),
])

const pageEntry = z.union([
  z.literal('link').meta({ description: 'The next page is in the Link header (RFC 8288)' }),
  z.strictObject({ cursor: name, from: place, size: z.record(name, z.int()).optional() }),
  z.strictObject({ number: name, first: z.int().min(0).optional(), size: z.record(name, z.int()).optional() }),
])

const resourceEntry = z.strictObject({
  key: z.string().min(1).max(200).meta({ description: 'Property that names an item' }),
  list: path,
  items: place.optional().meta({ description: 'Where the items lie in an answer; default $' }),
  page: pageEntry.optional(),
  find: z
    .record(name, path)
    .optional()
    .meta({ description: 'Property → request for the items that have a value, e.g. /contacts?email={value}' }),
  read: path.optional().meta({ description: 'Request for one item, e.g. /contacts/{key}' }),
  change: z
    .strictObject({ by: z.enum(['patch', 'put']), at: path })
    .optional()
    .meta({ description: 'patch: JSON Merge Patch (RFC 7396); put: the whole item' }),
  remove: path.optional().meta({ description: 'DELETE of one item' }),
})

/** How an HTTP API is asked, as written in a store map. */
export const apiEntry = z
  .strictObject({
    auth: authEntry.optional().meta({ description: 'User and password of the connection string are what it sends' }),
    timeout: duration.optional().meta({ description: 'For an answer; default PT30S' }),
    rate: z.number().positive().max(1000).optional().meta({ description: 'Requests a second; default 10' }),
    retries: z.int().min(0).max(10).optional().meta({ description: 'Of what failed in passing; default 4' }),
    resources: z.record(name, resourceEntry),
  })
  .meta({ description: 'An HTTP API: its resources are the tables' })
