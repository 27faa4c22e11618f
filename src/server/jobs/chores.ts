import { receiveLetter } from '../../intake/receive-letter.ts'
import { workCases } from '../../intake/work.ts'
import { collectMail } from '../../mail/incoming/imap.ts'
import { sendDue } from '../../mail/send-due.ts'
import { addressesOfPolicy, type MailSettings, openMailSettings } from '../../mail/settings.ts'
import { smtpTransport } from '../../mail/transport.ts'
import { deliver } from '../../webhooks/deliver.ts'
import { openWebhooks } from '../../webhooks/settings.ts'
import type { CaseDesk } from '../case-desk.ts'
import type { Configuration } from '../read-configuration.ts'
import type { Tenant } from '../tenant.ts'
import type { Chore } from './worker.ts'

const CASES_MS = 3000
const SEND_MS = 5000
const COLLECT_MS = 60_000
const WEBHOOKS_MS = 5000

/**
 * What is done again and again: cases go on, letters are sent and collected, other systems are told. Each claims what it
 * works on, so any number of processes may do it.
 */
export async function choresOf(
  configuration: Configuration,
  desk: CaseDesk,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Chore[]> {
  const { mail, webhooks, file } = configuration
  const chores: Chore[] = [
    { name: 'cases', everyMs: CASES_MS, run: async (tenant) => void (await desk(tenant, workCases)) },
  ]
  if (mail !== undefined) {
    const settingsOf = async (tenant: Tenant): Promise<MailSettings> => {
      const { policy } = await tenant.written()
      return openMailSettings(mail, { file, env, named: addressesOfPolicy(policy.located.value) })
    }
    if (mail.smtp) chores.push({ name: 'letters', everyMs: SEND_MS, run: (tenant) => send(tenant, settingsOf) })
    if (mail.imap)
      chores.push({ name: 'mailbox', everyMs: COLLECT_MS, run: (tenant) => collect(tenant, desk, settingsOf) })
  }
  if (webhooks !== undefined) {
    const opened = await openWebhooks(webhooks, file, env)
    const run = async ({ database }: Tenant) => {
      for (const webhook of opened) await deliver(database.readers, database, webhook)
    }
    chores.push({ name: 'webhooks', everyMs: WEBHOOKS_MS, run })
  }
  return chores
}

async function send(tenant: Tenant, settingsOf: (tenant: Tenant) => Promise<MailSettings>): Promise<void> {
  const { smtp, sender } = await settingsOf(tenant)
  if (smtp === undefined) return
  const transport = smtpTransport(smtp)
  try {
    const { down } = await sendDue(tenant.database.letters, transport, sender)
    if (down !== undefined) throw down
  } finally {
    transport.close()
  }
}

async function collect(
  tenant: Tenant,
  desk: CaseDesk,
  settingsOf: (tenant: Tenant) => Promise<MailSettings>,
): Promise<void> {
  const { imap, addresses, domain } = await settingsOf(tenant)
  if (imap === undefined) return
  await desk(tenant, (intake) =>
    collectMail(imap, { addresses, domain }, async (letter) => void (await receiveLetter(intake, letter))),
  )
}
