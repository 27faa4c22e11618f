import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { exportPack } from '../../database/evidence/pack.ts'
import { verifyPack } from '../../database/evidence/verify.ts'
import type { KeptDatabase } from '../../database/open.ts'
import type { Entry } from '../../ledger.ts'
import { auditing } from '../roles.ts'
import { type Route, route } from '../route.ts'
import { anything, id, limit } from './shapes.ts'

const entry = z.object({ index: z.int(), at: z.string(), type: z.string(), body: anything, leaf: z.string() })
const index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Entries read for one page of a filtered list; what lies beyond is found from `next`. */
const MOST_READ = 20_000
const CHUNK = 2000

/** The evidence log: read, downloaded, verified. */
export function evidenceRoutes(): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/evidence/entries',
      name: 'evidence-log.list',
      summary: 'Entries, newest first; `before` goes on from `next`, also where a page found nothing',
      tag: 'evidence',
      who: auditing,
      query: z.strictObject({
        before: index.optional(),
        limit,
        type: z
          .string()
          .regex(/^[a-z.-]{1,60}\/\d{1,3}$/)
          .optional(),
        request: id.optional().describe('only entries about this request'),
      }),
      answer: z.object({ size: z.int(), entries: z.array(entry), next: z.int().nullable() }),
      handle: async ({ tenant: { database }, query }) => {
        const { size } = await database.checkpoint()
        const wanted = ({ type, body }: Entry) =>
          (query.type === undefined || type === query.type) &&
          (query.request === undefined || Object.values(body).includes(query.request))
        const page = await readBack(database, Math.min(query.before ?? size, size), query.limit, wanted)
        return { body: { size, ...page } }
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/evidence/checkpoint',
      name: 'evidence-log.checkpoint',
      summary: 'Size and root of the log now, signed',
      tag: 'evidence',
      who: auditing,
      answer: z.object({ size: z.int(), root: z.string(), note: z.string(), key: z.string() }),
      handle: async ({ tenant: { database } }) => ({
        body: { ...(await database.checkpoint()), key: database.keys.verifier },
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/evidence/pack',
      name: 'evidence-log.pack',
      summary: 'The whole log as one pack, to be verified on another machine',
      tag: 'evidence',
      who: auditing,
      act: true,
      produces: 'application/octet-stream',
      handle: async ({ tenant: { database } }) => {
        const folder = await mkdtemp(join(tmpdir(), 'kept-pack-'))
        const file = join(folder, 'log.pack')
        const clear = () => void rm(folder, { recursive: true, force: true })
        try {
          await exportPack(database, file)
          const { size } = await stat(file)
          const stream = createReadStream(file).on('close', clear)
          return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
            headers: {
              'content-type': 'application/octet-stream',
              'content-length': String(size),
              'content-disposition': 'attachment; filename="evidence.pack"',
            },
          })
        } catch (error) {
          clear()
          throw error
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/evidence/verify',
      name: 'evidence-log.verify',
      summary: 'Verifies the log of this server; `since` proves that it continues an older checkpoint',
      tag: 'evidence',
      who: auditing,
      act: false,
      body: z.strictObject({
        key: z.string().max(300).optional().describe('verifier key that must have signed it'),
        since: z.string().max(5000).regex(/\n/).optional().describe('an older checkpoint, as its note'),
      }),
      answer: z.looseObject({ ok: z.boolean(), problems: z.array(anything).readonly() }),
      handle: async ({ tenant: { database }, body }) => {
        const folder = await mkdtemp(join(tmpdir(), 'kept-pack-'))
        try {
          const file = join(folder, 'log.pack')
          await exportPack(database, file)
          const { key, since } = body
          const asked = { ...(key === undefined ? {} : { key }), ...(since === undefined ? {} : { since }) }
          return { body: { ...(await verifyPack(file, asked)) } }
        } finally {
          await rm(folder, { recursive: true, force: true })
        }
      },
    }),
  ]
}

/** Newest first from before an index, in chunks, until a page is full or enough was read. */
async function readBack(
  database: KeptDatabase,
  before: number,
  most: number,
  wanted: (entry: Entry) => boolean,
): Promise<{ entries: z.output<typeof entry>[]; next: number | null }> {
  const entries: z.output<typeof entry>[] = []
  let at = before
  const end = Math.max(0, before - MOST_READ)
  while (at > end) {
    const from = Math.max(end, at - CHUNK)
    const chunk: Entry[] = []
    for await (const one of database.entries(from, at)) chunk.push(one)
    for (const one of chunk.reverse()) {
      at = one.index
      if (!wanted(one)) continue
      const { index: number, at: instant, type, body, leaf } = one
      entries.push({ index: number, at: instant, type, body, leaf })
      if (entries.length === most) return { entries, next: at > 0 ? at : null }
    }
    at = from
  }
  return { entries, next: at > 0 ? at : null }
}
