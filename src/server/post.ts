/** Mail and webhooks of a running server: letters leave, the mailbox is emptied, other systems are told, again and again. */
import { receiveLetter } from '../intake/receive-letter.ts'
import { caseSettings } from '../intake/settings.ts'
import type { IncomingLetter } from '../letters.ts'
import { isOneOf } from '../mail/address.ts'
import { collectMail } from '../mail/incoming/imap.ts'
import { listenForMail, type MailListener } from '../mail/incoming/listener.ts'
import { sendDue } from '../mail/send-due.ts'
import { addressesOfPolicy, type MailSettings, openMailSettings } from '../mail/settings.ts'
import { smtpTransport } from '../mail/transport.ts'
import { deliver, readerOf } from '../webhooks/deliver.ts'
import { openWebhooks } from '../webhooks/settings.ts'
import { intakeOf } from '../workspace/intake.ts'
import type { Chore } from './jobs/worker.ts'
import type { Log } from './log.ts'
import type { Configuration } from './read-configuration.ts'
import type { Tenant, Tenants } from './tenant.ts'

const lettersEveryMs = 5_000
const mailboxEveryMs = 30_000
const webhooksEveryMs = 2_000

export interface Post {
  readonly chores: readonly Chore[]
  /** Takes mail handed over directly, where `mail.listen` says so. */
  listen(): Promise<MailListener | undefined>
}

type Environment = Readonly<Record<string, string | undefined>>

/** What `mail` and `webhooks` of the configuration ask for. Faults of secrets and keys that are not there. */
export async function openPost(
  configuration: Configuration,
  tenants: Tenants,
  env: Environment,
  log: Log,
): Promise<Post> {
  const { file, webhooks = {} } = configuration
  const owners = await addressOwners(tenants)
  const named = owners.flatMap(({ addresses }) => addresses)
  const mail = configuration.mail && (await openMailSettings(configuration.mail, { file, env, named }))
  const hooks = await openWebhooks(webhooks, file, env)
  // A webhook hears of everything from the moment on at which a server knew of it; a start goes on with one that was left alone.
  for (const { database } of tenants.all)
    for (const { name } of hooks) {
      await database.readers.start(readerOf(name))
      await database.readers.claim(readerOf(name), 0)
    }
  const chores: Chore[] = []
  if (mail?.smtp !== undefined) chores.push(lettersChore(mail, mail.smtp, log))
  const take = (letter: IncomingLetter) => takeFor(configuration, tenants, owners, mail?.domain ?? '', env, letter)
  const { imap } = mail ?? {}
  if (mail !== undefined && imap !== undefined) {
    const run = async (tenant: Tenant) => {
      // One mailbox for all: it is emptied once, and each mail goes to the tenant whose address it names.
      if (tenant !== tenants.all[0]) return
      const { taken, unread } = await collectMail(imap, mail, take)
      const odd = Object.values(unread).reduce((sum, number) => sum + number, 0)
      if (taken > 0) log({ level: 'info', event: 'mail-collected', taken, unread: odd })
    }
    chores.push({ name: 'mailbox', everyMs: mailboxEveryMs, run })
  }
  if (hooks.length > 0) {
    const run = async ({ slug, database }: Tenant) => {
      for (const hook of hooks) {
        const { failed, stopped } = await deliver(database.readers, database, hook)
        if (failed !== undefined)
          log({ level: 'warning', event: 'webhook-failed', tenant: slug, webhook: hook.name, why: failed, stopped })
      }
    }
    chores.push({ name: 'webhooks', everyMs: webhooksEveryMs, run })
  }
  const listen = async () => (mail?.listen === undefined ? undefined : listenForMail(mail.listen, mail, take))
  return { chores, listen }
}

function lettersChore(mail: MailSettings, smtp: NonNullable<MailSettings['smtp']>, log: Log): Chore {
  return {
    name: 'letters',
    everyMs: lettersEveryMs,
    async run({ slug, database }) {
      const transport = smtpTransport(smtp)
      try {
        const { accepted, failed, retried, down } = await sendDue(database.letters, transport, mail.sender)
        if (accepted + failed + retried === 0) return
        const code = down?.code
        log({ level: down ? 'warning' : 'info', event: 'letters', tenant: slug, accepted, failed, retried, code })
      } finally {
        transport.close()
      }
    },
  }
}

interface Owner {
  readonly slug: string
  readonly addresses: readonly string[]
}

function addressOwners(tenants: Tenants): Promise<readonly Owner[]> {
  return Promise.all(
    tenants.all.map(async (tenant) => {
      const { policy } = await tenant.written()
      return { slug: tenant.slug, addresses: addressesOfPolicy(policy.located.value) }
    }),
  )
}

async function takeFor(
  { cases, data, publicAddress }: Configuration,
  tenants: Tenants,
  owners: readonly Owner[],
  mailDomain: string,
  env: Environment,
  letter: IncomingLetter,
): Promise<void> {
  const owner = owners.find(({ addresses }) => letter.to.some((one) => isOneOf(addresses, one)))
  const tenant = tenants.named(owner?.slug)
  if (tenant === undefined) throw new TypeError('there is no tenant')
  const settings = { mailDomain, ...(await caseSettings(cases, publicAddress, data, env)) }
  await tenant.use((workspace) => receiveLetter(intakeOf(workspace, settings), letter))
}
