import { z } from 'zod'
import { parseDuration, surelyLonger } from '../../base/duration.ts'
import { duration, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { factShown, type LegalFact } from '../legal-fact.ts'
import { applying, refused, warned } from '../misstated.ts'

const register = ['owner', 'probe', 'evidence', 'renew', 'against', 'where', 'data', 'for-persons'] as const

/** Measures of security, each with an owner and something that shows it. */
export const securityForms = {
  'encryption-in-transit': { term: 'dpv:EncryptionInTransfer', needs: ['least'], takes: register },
  'encryption-at-rest': { term: 'dpv:EncryptionAtRest', takes: register },
  'access-control': { term: 'dpv:AccessControlMethod', takes: [...register, 'roles', 'log'] },
  accounts: { term: 'dpv:AuthenticationProtocols', takes: [...register, 'shared'] },
  passwords: {
    term: 'dpv:PasswordAuthentication',
    needs: ['hashed'],
    takes: [...register, 'locks', 'never', 'report'],
  },
  'secret-answers': { needs: ['hashed'], takes: [...register, 'for', 'asked'] },
  firewall: { term: 'dpv:PhysicalNetworkSecurity', takes: register },
  monitoring: { term: 'dpv:ActivityMonitoring', takes: register },
  physical: { term: 'dpv:PhysicalMeasure', takes: register },
  backup: { term: 'dpv:DataBackupProtocols', takes: register },
  testing: { term: 'dpv:PenetrationTestingMethods', takes: register },
  training: { term: 'dpv:StaffTraining', takes: register },
  organisation: { takes: register },
  'mail-promise': { needs: ['never'], takes: register },
  incident: { term: 'dpv:IncidentManagementProcedures', needs: ['at'], takes: [...register, 'within'] },
  'breach-notice': { term: 'dpv:DataBreachNotice', needs: ['within', 'tells'], takes: register },
} as const

export const securityEntry = z.strictObject({
  is: z.enum(formNames(securityForms)),
  least: text.optional().meta({ description: 'Oldest protocol accepted, e.g. TLS 1.2' }),
  owner: text.optional().meta({ description: 'Role that answers for it' }),
  probe: z
    .enum(['tls', 'schema', 'dump', 'login', 'mailbox', 'network', 'restore'])
    .optional()
    .meta({ description: 'What looks at it from outside' }),
  evidence: text.optional().meta({ description: 'What shows it where no probe can, e.g. a certificate or record' }),
  renew: duration.optional().meta({ description: 'The evidence is no older than this' }),
  against: oneOrMany(z.enum(['loss', 'misuse', 'access', 'disclosure', 'alteration', 'destruction']))
    .optional()
    .meta({ description: 'Risks it is for' }),
  where: oneOrMany(text).optional().meta({ description: 'Systems, pages, connections' }),
  data: oneOrMany(name).optional().meta({ description: 'Data categories it protects' }),
  roles: oneOrMany(text).optional().meta({ description: 'Who has access' }),
  log: z.literal('every-read').optional().meta({ description: 'Each read is recorded' }),
  shared: z.literal('never').optional().meta({ description: 'No account is shared' }),
  hashed: z.literal(true).optional().meta({ description: 'Kept as salted hashes only' }),
  locks: z.int().min(1).max(100).optional().meta({ description: 'Locked after this many failures' }),
  never: oneOrMany(z.enum(['ask-by-mail', 'ask-by-phone', 'send-by-mail']))
    .optional()
    .meta({ description: 'What is never done with a password' }),
  asked: z.literal(false).optional().meta({ description: 'No longer asked for' }),
  for: oneOrMany(z.enum(['identity', 'reset']))
    .optional()
    .meta({ description: 'The only uses of a secret answer' }),
  at: oneOrMany(text).optional().meta({ description: 'Where misuse and incidents are reported' }),
  report: oneOrMany(text).optional().meta({ description: 'Where a misused password is reported' }),
  within: duration.optional().meta({ description: 'Reaction or notice within' }),
  tells: oneOrMany(z.enum(['authority', 'people', 'customers']))
    .optional()
    .meta({ description: 'Who is told of a breach' }),
  'for-persons': oneOrMany(text).optional().meta({ description: 'Whose data' }),
  ...everyEntry,
})

const oldSsl: LegalFact = { says: 'no version of SSL may be used', source: 'RFC 7568', status: 'unverified' }
const oldTls: LegalFact = { says: 'TLS 1.0 and 1.1 are deprecated', source: 'RFC 8996', status: 'verified' }
const secretFacts: LegalFact = {
  says: 'people must not be prompted for such facts as secrets',
  source: 'NIST SP 800-63B 5.1.1.2',
  status: 'verified',
}
const breach: LegalFact = {
  says: 'the authority is told within 72 hours',
  source: 'GDPR art. 33(1)',
  status: 'verified',
}

/** Why a protocol protects no longer: SSL, and TLS before 1.2, however they are written. */
const outdated = (protocol: unknown): LegalFact | undefined => {
  if (typeof protocol !== 'string') return undefined
  if (/\bssl/iu.test(protocol)) return oldSsl
  return /\btls\s*v?1(?:\.[01])?\s*$/iu.test(protocol) ? oldTls : undefined
}

const ownerless = ['breach-notice', 'incident', 'mail-promise']

export const securityMisstatements = ([entryName, entry]: readonly [string, unknown], known: Known): Misstatement[] => {
  const is = String(valueAt(entry, 'is'))
  const found: Misstatement[] = []
  const old = outdated(valueAt(entry, 'least'))
  if (old !== undefined)
    found.push(
      refused(
        'security.outdated-protocol',
        [entryName, 'least'],
        `"${entryName}" accepts what protects no longer: ${factShown(old)}`,
        'write least: TLS 1.2 or TLS 1.3',
      ),
    )
  if (Object.hasOwn(securityForms, is) && !ownerless.includes(is)) {
    if (valueAt(entry, 'owner') === undefined)
      found.push(warned('security.no-owner', [entryName], `nobody answers for "${entryName}"`, 'add owner with a role'))
    if (valueAt(entry, 'probe') === undefined && valueAt(entry, 'evidence') === undefined)
      found.push(
        warned(
          'security.no-evidence',
          [entryName],
          `nothing shows that "${entryName}" is in place`,
          'add probe, or evidence and renew',
        ),
      )
  }
  if (is === 'secret-answers' && valueAt(entry, 'asked') !== false)
    found.push(
      warned(
        'security.secret-answers',
        [entryName],
        factShown(secretFacts),
        'write asked: false, and erase those held',
      ),
    )
  const within = valueAt(entry, 'within')
  if (is === 'breach-notice' && applying(known.applies, ['eu-gdpr', 'uk-gdpr']).length > 0)
    if (typeof within === 'string' && parseDuration(within) !== undefined && surelyLonger(within, 'PT72H'))
      found.push(
        warned(
          'security.late-breach-notice',
          [entryName, 'within'],
          `${within} is later than the law allows: ${factShown(breach)}`,
          'write within: PT72H or less',
        ),
      )
  return found
}
