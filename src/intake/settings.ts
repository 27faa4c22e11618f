import { join } from 'node:path'
import { z } from 'zod'
import { given } from '../base/given.ts'
import type { CaseKind } from '../cases.ts'
import { resolveSecret } from '../policy/secret.ts'
import { type IntakeSettings, LIMITS } from './intake.ts'
import { caseKindNames } from './kinds.ts'

const secret = z.string().regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:[^\0]{1,4096})$/)
const kind = z.enum(caseKindNames as readonly [CaseKind, ...CaseKind[]])
const count = (most: number) => z.int().min(1).max(most).optional()

/** What the key `cases` of `kept.server.yaml` may say; every key may be left out. */
export const casesVocabulary = z.strictObject({
  officer: z
    .email()
    .optional()
    .describe('who is told by mail that a case needs somebody; default: the contact of the policy'),
  domain: z
    .string()
    .regex(/^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/)
    .optional()
    .describe('the domain that letters are sent from; default: that of the contact of the policy'),
  automatic: z
    .array(kind)
    .optional()
    .describe(
      'kinds that are granted by rule once identity is shown and nothing is doubtful; default: access, portability',
    ),
  limits: z
    .strictObject({
      'open-of-a-contact': count(100),
      'of-an-address-a-day': count(100_000),
      'file-bytes': count(50_000_000),
      files: count(100),
    })
    .optional(),
  site: z
    .strictObject({
      issuer: z.string().min(1).max(255).describe('`iss` of its tokens'),
      audience: z.string().min(1).max(255).describe('`aud` of its tokens: this server'),
      subject: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,127}$/)
        .optional()
        .describe('the kind of identity that `sub` is, e.g. helpdesk.id'),
      keys: z
        .array(
          z.strictObject({
            algorithm: z.enum(['ES256', 'EdDSA', 'HS256']),
            key: secret.describe('a public key (PEM or JWK), or a secret of 32 bytes for HS256'),
            id: z.string().min(1).max(128).optional().describe('`kid` of the tokens it signs'),
          }),
        )
        .min(1)
        .max(8),
    })
    .optional()
    .describe("the vendor's own site, where people are signed in"),
})

export type CasesFile = z.output<typeof casesVocabulary>

/**
 * The settings of cases: what the configuration says, the address where people reach the privacy centre, and the data
 * directory, whose folder `copies` holds copies until they expire. Fault `store.no-secret` where a key is not there.
 */
export async function caseSettings(
  file: CasesFile | undefined,
  publicUrl: string | undefined,
  data: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Partial<IntakeSettings> & { readonly directory: string }> {
  const { officer, domain, automatic, limits, site } = file ?? {}
  const keys = await Promise.all(
    (site?.keys ?? []).map(async ({ algorithm, key, id }) => ({
      algorithm,
      key: await resolveSecret(key, env),
      ...(id === undefined ? {} : { id }),
    })),
  )
  return {
    directory: join(data, 'copies'),
    limits: {
      openPerContact: limits?.['open-of-a-contact'] ?? LIMITS.openPerContact,
      perOrigin: limits?.['of-an-address-a-day'] ?? LIMITS.perOrigin,
      fileBytes: limits?.['file-bytes'] ?? LIMITS.fileBytes,
      filesPerCase: limits?.files ?? LIMITS.filesPerCase,
    },
    ...given({ officer, publicUrl, mailDomain: domain, automatic }),
    ...(site === undefined
      ? {}
      : { site: { ...given({ issuer: site.issuer, audience: site.audience, subject: site.subject }), keys } }),
  }
}
