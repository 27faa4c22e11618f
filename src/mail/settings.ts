/** What `mail:` of kept.server.yaml says, and what it comes to: nothing secret stands in it, only where secrets are. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { Fault, type Place } from '../language/fault.ts'
import { absoluteReference, resolveSecret } from '../policy/secret.ts'
import { plainAddress } from './address.ts'
import type { Sender } from './compose.ts'
import { readDkimKey } from './dkim.ts'
import type { ImapAccess } from './incoming/imap.ts'
import type { ListenSettings } from './incoming/listener.ts'
import type { SmtpAccess } from './transport.ts'

const secret = z.string().regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:[^\0]{1,4096})$/)
const path = z.string().min(1).max(4096)
const address = z.string().refine((given) => plainAddress(given) !== undefined)
const folder = z.string().min(1).max(200)
const plain = z.boolean().describe('without encryption where the server offers none: for a server of the own net')
const authority = path.describe('file with the certificate of the authority to believe, in PEM')

export const mailVocabulary = z.strictObject({
  from: z.strictObject({ name: z.string().min(1).max(200), address }).describe('who letters come from'),
  replies: address.optional().describe('where answers go; default: the address under from'),
  plus: z
    .boolean()
    .optional()
    .describe('the mail server takes privacy+anything@ as privacy@: answers and bounces then name what they are about'),
  unsubscribe: z
    .string()
    .regex(/^(https:\/\/|mailto:)[^\s<>]{1,500}$/)
    .optional(),
  smtp: z
    .strictObject({
      url: secret.describe('smtp://USER:PASSWORD@HOST:587 or smtps://'),
      plain: plain.optional(),
      authority: authority.optional(),
    })
    .optional(),
  dkim: z
    .strictObject({
      domain: z.string().max(253).optional(),
      selector: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/i),
      key: secret,
    })
    .optional(),
  imap: z
    .strictObject({
      url: secret.describe('imaps://USER:PASSWORD@HOST'),
      folder: folder.optional().describe('the folder that is emptied; INBOX'),
      taken: folder.optional().describe('where mails go that were taken; Kept'),
      unread: folder.optional().describe('where mails go of which only the header could be read; Kept unread'),
      plain: plain.optional(),
      authority: authority.optional(),
    })
    .optional(),
  listen: z
    .strictObject({
      host: z.string().max(253).optional(),
      port: z.int().min(1).max(65_535),
      protocol: z.enum(['smtp', 'lmtp']).optional(),
      certificate: path.optional(),
      key: path.optional(),
    })
    .optional(),
  addresses: z.array(address).max(100).optional().describe('our addresses beside those that the policy names'),
})

export type MailFile = z.infer<typeof mailVocabulary>

/** Ready to send, collect and listen, as far as the file says. */
export interface MailSettings {
  readonly sender: Sender
  readonly smtp?: SmtpAccess
  readonly imap?: ImapAccess
  readonly listen?: ListenSettings
  /** Our addresses: the sender's first, then those of the policy, then others. */
  readonly addresses: readonly string[]
  /** Right side of our Message-IDs. */
  readonly domain: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Resolves secrets and files; a relative path is beside `file`. `named`: the addresses that the policy names
 * (`addressesOfPolicy`). Faults `store.no-secret`, `mail.no-file`, `mail.dkim-key`.
 */
export async function openMailSettings(
  given: MailFile,
  { file, env, named }: { readonly file: string; readonly env: Environment; readonly named: readonly string[] },
): Promise<MailSettings> {
  const reveal = (reference: string, at: string) =>
    resolveSecret(absoluteReference(reference, file), env, place(file, at))
  const pem = (relative: string, at: string) => readPem(resolve(dirname(file), relative), place(file, at))
  const { from, replies, plus, unsubscribe, smtp, dkim, imap, listen } = given
  const own = plainAddress(from.address) ?? from.address
  const domain = own.slice(own.lastIndexOf('@') + 1)
  const sender: Sender = {
    name: from.name,
    address: own,
    ...(replies === undefined ? {} : { replies: plainAddress(replies) ?? replies }),
    ...(plus === undefined ? {} : { plus }),
    ...(unsubscribe === undefined ? {} : { unsubscribe }),
    ...(dkim === undefined
      ? {}
      : { dkim: readDkimKey(dkim.domain ?? domain, dkim.selector, await reveal(dkim.key, 'mail.dkim.key')) }),
  }
  const ways = [...(replies === undefined ? [] : [replies]), ...named, ...(given.addresses ?? [])]
  const addresses = [own, ...ways.flatMap((one) => plainAddress(one)?.toLowerCase() ?? [])]
  return {
    sender,
    domain,
    addresses: [...new Set(addresses)],
    ...(smtp === undefined ? {} : { smtp: await accessOf(smtp, 'smtp') }),
    ...(imap === undefined
      ? {}
      : {
          imap: {
            ...(await accessOf(imap, 'imap')),
            ...(imap.folder === undefined ? {} : { folder: imap.folder }),
            ...(imap.taken === undefined ? {} : { taken: imap.taken }),
            ...(imap.unread === undefined ? {} : { unread: imap.unread }),
          },
        }),
    ...(listen === undefined ? {} : { listen: await listening(listen) }),
  }

  async function accessOf(access: NonNullable<MailFile['smtp']>, at: string): Promise<SmtpAccess> {
    return {
      url: await reveal(access.url, `mail.${at}.url`),
      ...(access.plain === undefined ? {} : { plain: access.plain }),
      ...(access.authority === undefined ? {} : { authority: await pem(access.authority, `mail.${at}.authority`) }),
    }
  }

  async function listening({
    certificate,
    key,
    host,
    port,
    protocol,
  }: NonNullable<MailFile['listen']>): Promise<ListenSettings> {
    const tls =
      certificate === undefined || key === undefined
        ? {}
        : {
            tls: {
              certificate: await pem(certificate, 'mail.listen.certificate'),
              key: await pem(key, 'mail.listen.key'),
            },
          }
    return { port, ...tls, ...(host === undefined ? {} : { host }), ...(protocol === undefined ? {} : { protocol }) }
  }
}

const place = (file: string, path: string): Place => ({ file, path })

async function readPem(file: string, where: Place): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Fault({
      code: 'mail.no-file',
      where,
      what: 'A file with a certificate or key cannot be read.',
      mend: 'Put it where it is named, readable for the account that Kept runs as.',
      cause,
    })
  }
}

/** The mail addresses that a policy names for people: contact points, places of rights, the controller's own. */
export function addressesOfPolicy(policy: unknown): readonly string[] {
  const found: string[] = []
  const walk = (value: unknown, depth: number): void => {
    if (depth > 8 || typeof value !== 'object' || value === null) return
    for (const [key, inside] of Object.entries(value)) {
      if (key === 'at' || key === 'contact')
        for (const one of [inside].flat())
          if (typeof one === 'string' && plainAddress(one) !== undefined) found.push(one)
      walk(inside, depth + 1)
    }
  }
  const { controller, recourse, rights } = (policy ?? {}) as Readonly<Record<string, unknown>>
  walk({ controller, recourse, rights }, 0)
  return [...new Set(found.map((one) => one.toLowerCase()))]
}
