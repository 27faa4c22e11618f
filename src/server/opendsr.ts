/** OpenDSR on a running server: controllers are known by a token, their requests are requests of the engine. */
import { timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { keyedHash, sha256Hex } from '../base/hash.ts'
import { base32 } from '../base/ids.ts'
import { Fault } from '../language/fault.ts'
import { type Desk, openDsrApp } from '../opendsr/app.ts'
import { readReceiptKey } from '../opendsr/receipt.ts'
import { absoluteReference, resolveSecret } from '../policy/secret.ts'
import type { RequestRecord } from '../records.ts'
import { cancel } from '../requests/decide.ts'
import { receive } from '../requests/receive.ts'
import type { Mount } from './app.ts'
import type { Tenant } from './tenant.ts'

const secret = z.string().regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:[^\0]{1,4096})$/)

export const opendsrVocabulary = z.strictObject({
  domain: z.string().max(253).describe('the domain that controllers reach this server at'),
  key: secret.describe('RSA key in PEM that signs receipts'),
  certificate: z.string().min(1).max(4096).describe('file with its certificate in PEM'),
  controllers: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
      z.strictObject({ token: secret.describe('what the controller sends as Bearer: 32 characters or more') }),
    )
    .describe('those for whom you work'),
})

type Environment = Readonly<Record<string, string | undefined>>

const TOO_LATE = new Set(['request.state', 'records.stale'])

/** The part of the server below `/opendsr`. Faults `opendsr.bad-key`, `opendsr.short-token`, `store.no-secret`. */
export async function openDsrMount(
  given: z.infer<typeof opendsrVocabulary>,
  { file, publicAddress, env }: { readonly file: string; readonly publicAddress: string; readonly env: Environment },
): Promise<Mount> {
  const reveal = (reference: string) =>
    resolveSecret(absoluteReference(reference, file), env, { file, path: 'opendsr' })
  const certificate = await readFile(resolve(dirname(file), given.certificate), 'utf8').catch(() => '')
  const receipt = readReceiptKey(given.domain, await reveal(given.key), certificate)
  const tokens = await Promise.all(
    Object.entries(given.controllers).map(async ([name, { token }]) => {
      const text = await reveal(token)
      if (text.length < 32) throw shortToken(name)
      return { name, hash: Buffer.from(sha256Hex(text), 'hex') }
    }),
  )
  const controllerOf = (request: Request): string | undefined => {
    const text = /^Bearer (\S{1,500})$/.exec(request.headers.get('authorization') ?? '')?.[1]
    const hash = Buffer.from(sha256Hex(text ?? ''), 'hex')
    return tokens.find((one) => timingSafeEqual(one.hash, hash))?.name
  }
  const address = `${publicAddress}/opendsr/v2`
  return {
    path: '/opendsr',
    bodyBytes: 100_000,
    fetch: (request, { tenant }) => openDsrApp({ desk: deskOf(tenant), receipt, address, controllerOf }).fetch(request),
  }
}

function deskOf(tenant: Tenant): Desk {
  const { database } = tenant
  // The id of the engine follows from the controller's: asked twice, it is one request.
  const idOf = (controller: string, id: string) =>
    base32(keyedHash(Buffer.from(database.secretFor('opendsr')), controller, id), 12)
  const find = (controller: string, id: string): Promise<RequestRecord | undefined> =>
    database.request(idOf(controller, id))
  return {
    find,
    async erase(controller, id, emails) {
      const known = await find(controller, id)
      if (known !== undefined) return known
      const identities = emails.map((value) => ({ kind: 'email', value }))
      const asked = { id: idOf(controller, id), kind: 'erasure', identities } as const
      try {
        const [record] = await tenant.use(({ engine }) => receive(engine, [asked]))
        return record as RequestRecord
      } catch (error) {
        // Two who send it at once make one request.
        const made = await find(controller, id)
        if (made === undefined) throw error
        return made
      }
    },
    async cancel(controller, id) {
      try {
        await tenant.use(({ engine }) => cancel(engine, idOf(controller, id)))
        return true
      } catch (error) {
        if (error instanceof Fault && TOO_LATE.has(error.code)) return false
        throw error
      }
    },
  }
}

function shortToken(name: string): Fault {
  return new Fault({
    code: 'opendsr.short-token',
    what: `The token of the controller ${name} has fewer than 32 characters.`,
    mend: 'Make a longer one: openssl rand -hex 32.',
  })
}
