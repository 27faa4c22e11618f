/** What `webhooks:` of kept.server.yaml says. */
import { z } from 'zod'
import { Fault, type Place } from '../language/fault.ts'
import { absoluteReference, resolveSecret } from '../policy/secret.ts'

const secret = z.string().regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:[^\0]{1,4096})$/)

export const webhooksVocabulary = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  z.strictObject({
    url: z
      .string()
      .max(2048)
      .refine((given) => /^https?:$/.test(URL.parse(given)?.protocol ?? '')),
    secret: secret.describe('whsec_ and 24 to 64 bytes in base64: what signs the messages'),
    events: z
      .array(z.string().regex(/^[a-z]{1,30}\.(\*|[a-z-]{1,30})$/))
      .min(1)
      .max(50)
      .describe('types of evidence entries, e.g. request.closed or case.*'),
    private: z.boolean().optional().describe('it may stand in the own net, and be reached without TLS'),
  }),
)

export interface Webhook {
  readonly name: string
  readonly url: string
  /** Key of the signature: the bytes, not their base64. */
  readonly key: Uint8Array
  readonly events: readonly string[]
  readonly private: boolean
}

/** Resolves the secrets; a `file:` is beside `file`. Fault `store.no-secret`. A secret of another form throws `webhook.bad-secret`. */
export async function openWebhooks(
  given: z.infer<typeof webhooksVocabulary>,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Webhook[]> {
  return Promise.all(
    Object.entries(given).map(async ([name, { url, secret: named, events, private: inside = false }]) => {
      const where = { file, path: `webhooks.${name}.secret` }
      const text = await resolveSecret(absoluteReference(named, file), env, where)
      return { name, url, key: keyOf(text, where), events, private: inside }
    }),
  )
}

function keyOf(text: string, where: Place): Uint8Array {
  const found = /^(?:whsec_)?([A-Za-z0-9+/]{32,88}={0,2})$/.exec(text)?.[1]
  const key = Buffer.from(found ?? '', 'base64')
  if (key.length >= 24 && key.length <= 64) return key
  throw new Fault({
    code: 'webhook.bad-secret',
    where,
    what: 'The secret of a webhook is not whsec_ and 24 to 64 bytes in base64.',
    mend: 'Make one: printf whsec_%s $(openssl rand -base64 32).',
  })
}
