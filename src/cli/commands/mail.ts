import { resolve } from 'node:path'
import type { Command } from 'commander'
import { randomId } from '../../base/ids.ts'
import { dkimRecord } from '../../mail/dkim.ts'
import type { SentLetters } from '../../mail/send-due.ts'
import type { MailSettings } from '../../mail/settings.ts'
import type { MailTransport } from '../../mail/transport.ts'
import { readFiles, withWorkspace } from '../../workspace/workspace.ts'
import { type MailOptions, mailSettingsOf, needed } from '../mail-settings.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

/** A letter to oneself usually comes back in a second. */
const ownLetterWaitMs = 30_000

/** `kept mail check|send|collect`: whether mail gets through, what is due now, and what came in. */
export function registerMail(program: Command, cli: Cli): void {
  const mail = program.command('mail').description('Mail: whether it gets through, what is due now, what came in')
  const check = mail.command('check').description('Connects, prints the DKIM record, sends a letter to itself')
  withConfig(check)
  common(check, 'kept mail check').action(cli.action((options: MailOptions) => checkMail(cli.terminal, options)))
  const send = mail.command('send').description('Sends the letters that are due now')
  withConfig(send)
  common(send, 'kept mail send').action(cli.action((options: MailOptions) => sendMail(cli.terminal, options)))
  const collect = mail
    .command('collect')
    .description('Takes the mails that lie in the mailbox: cases open, answers find theirs')
  withConfig(collect)
  common(collect, 'kept mail collect').action(cli.action((options: MailOptions) => collectNow(cli.terminal, options)))
  mail.addHelpText('after', '\nExample:\n  $ kept mail check')
}

export function withConfig(command: Command): void {
  command.option('--config <file>', 'the configuration; default: kept.server.yaml, where there is one')
}

async function checkMail(terminal: Terminal, options: MailOptions): Promise<ExitCode> {
  const { policy } = await readFiles(terminal, options)
  const settings = await mailSettingsOf(terminal, options, policy.located.value)
  const { sender, imap, addresses } = settings
  const dkim = sender.dkim === undefined ? undefined : dkimRecord(sender.dkim)
  // Loaded by those who send: no other command waits for it.
  const { smtpTransport } = await import('../../mail/transport.ts')
  const smtp = smtpTransport(needed(settings.smtp, 'how mail is sent'))
  try {
    await smtp.check()
    const waiting =
      imap === undefined ? undefined : (await (await import('../../mail/incoming/imap.ts')).checkImap(imap)).waiting
    const own = await ownLetter(settings, smtp)
    if (options.json) printJson(terminal, { addresses, dkim: dkim ?? null, waiting: waiting ?? null, ...own })
    else {
      terminal.out(`Our addresses: ${addresses.join(', ')}\n`)
      terminal.out(
        dkim ? `DKIM, as the DNS must say it:\n${dkim.name} TXT "${dkim.value}"\n` : 'DKIM: no key is named.\n',
      )
      terminal.out(
        `A letter to ${sender.address}: ${own.accepted ? `taken (${own.reply})` : `refused (${own.reply})`}\n`,
      )
      if (waiting !== undefined) terminal.out(`Mailbox: ${count(waiting, 'mail')} to collect\n`)
      if (own.arrived !== null)
        terminal.out(own.arrived ? 'The letter arrived there.\n' : 'The letter did not arrive there.\n')
    }
    return own.accepted && own.arrived !== false ? 0 : 1
  } finally {
    smtp.close()
  }
}

interface OwnLetter {
  readonly accepted: boolean
  /** Codes of the server. */
  readonly reply: string
  /** Whether it came into the mailbox; null where none is collected or nothing was taken. */
  readonly arrived: boolean | null
}

async function ownLetter({ sender, imap, domain }: MailSettings, smtp: MailTransport): Promise<OwnLetter> {
  const messageId = `<check.${randomId(12)}@${domain}>`
  const text = 'This letter was sent by kept mail check, to see whether mail gets through.'
  const letter = { type: 'staff', to: sender.address, language: 'en', subject: 'Mail gets through', text } as const
  const now = new Date()
  const { composeLetter } = await import('../../mail/compose.ts')
  const sent = await smtp.send(await composeLetter(letter, { messageId, createdAt: now.toISOString() }, sender, now))
  if (sent.is === 'down') throw sent.fault
  const { code, status } = sent.reply
  const reply = status === undefined ? String(code) : `${code} ${status}`
  if (sent.is !== 'accepted' || imap === undefined) return { accepted: sent.is === 'accepted', reply, arrived: null }
  const { awaitMail } = await import('../../mail/incoming/imap.ts')
  return { accepted: true, reply, arrived: await awaitMail(imap, messageId, ownLetterWaitMs) }
}

function sendMail(terminal: Terminal, options: MailOptions): Promise<ExitCode> {
  return withWorkspace<ExitCode>(terminal, options, { stores: false }, async ({ policy, database }) => {
    const settings = await mailSettingsOf(terminal, options, policy.located.value)
    const { smtpTransport } = await import('../../mail/transport.ts')
    const { sendDue } = await import('../../mail/send-due.ts')
    const smtp = smtpTransport(needed(settings.smtp, 'how mail is sent'))
    try {
      const sent = await sendDue(database.letters, smtp, settings.sender, () => new Date(), Number.MAX_SAFE_INTEGER)
      if (options.json) printJson(terminal, { ...sent, down: sent.down?.code ?? null })
      else terminal.out(sentText(sent))
      if (sent.down !== undefined) throw sent.down
      return sent.failed > 0 ? 1 : 0
    } finally {
      smtp.close()
    }
  })
}

function collectNow(terminal: Terminal, options: MailOptions): Promise<ExitCode> {
  return withWorkspace<ExitCode>(terminal, options, {}, async (workspace) => {
    const { policy } = workspace
    const { receiveLetter } = await import('../../intake/receive-letter.ts')
    const { collectMail } = await import('../../mail/incoming/imap.ts')
    const { caseSettings } = await import('../../intake/settings.ts')
    const { readConfiguration } = await import('../../server/read-configuration.ts')
    const { intakeOf } = await import('../../workspace/intake.ts')
    const { imap, addresses, domain } = await mailSettingsOf(terminal, options, policy.located.value)
    const { cases, publicAddress } = await readConfiguration(terminal.cwd, options.config, terminal.env, options)
    const data = resolve(terminal.cwd, options.data)
    const settings = { mailDomain: domain, ...(await caseSettings(cases, publicAddress, data, terminal.env)) }
    const intake = intakeOf(workspace, settings)
    const outcomes: Record<string, number> = {}
    const access = needed(imap, 'where mail is collected')
    const collected = await collectMail(access, { addresses, domain }, async (letter) => {
      const { outcome } = await receiveLetter(intake, letter)
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    })
    if (options.json) printJson(terminal, { ...collected, outcomes })
    else {
      const told = Object.entries(outcomes).map(([outcome, number]) => `${number} ${outcome}`)
      terminal.out(`${count(collected.taken, 'mail')} taken${told.length === 0 ? '' : `: ${told.join(', ')}`}.\n`)
      for (const [code, number] of Object.entries(collected.unread))
        terminal.out(`${count(number, 'mail')} read by the header only (${code}): see the folder of unread mails.\n`)
      if (collected.more) terminal.out('More wait: run it again.\n')
    }
    return Object.keys(collected.unread).length > 0 ? 1 : 0
  })
}

export function sentText({ accepted, failed, retried }: SentLetters): string {
  return `${count(accepted, 'letter')} taken by the mail server, ${failed} given up, ${retried} to be tried again.\n`
}
