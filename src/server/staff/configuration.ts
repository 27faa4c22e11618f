import { z } from 'zod'
import { ROLES } from '../who.ts'

const secret = z.string().regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:[^\0]{1,4096})$/)
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
const web = z.string().refine((given) => {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '')
  return url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback))
})

/** What `staff:` of `kept.server.yaml` may say. */
export const staffVocabulary = z.strictObject({
  name: z.string().min(1).max(64).optional().describe('how this Kept is called in authenticator apps; default Kept'),
  oidc: z
    .strictObject({
      issuer: web.describe('the issuer of your OpenID provider, without /.well-known'),
      client: z.string().min(1).max(256).describe('the client id that it knows Kept by'),
      secret: secret.optional().describe('where the secret of the client stands; a public client has none'),
      name: z.string().min(1).max(64).describe('what the button of the sign-in says'),
      scopes: z.array(z.string().min(1).max(64)).max(16).optional().describe('default: openid, profile, email'),
      claim: z.string().min(1).max(128).describe('the claim that tells the groups of a person, e.g. groups'),
      roles: z
        .record(z.string().min(1).max(256), z.record(slug, z.array(z.enum(ROLES)).min(1)))
        .describe('by value of the claim: the roles for each tenant'),
    })
    .optional()
    .describe('sign-in at your own OpenID provider'),
})

export type StaffFile = z.infer<typeof staffVocabulary>
