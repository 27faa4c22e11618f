import { type Command, InvalidArgumentError, Option } from 'commander'
import { recordTelling, tellByMail } from '../../notice/versions/tell.ts'
import { nothingWaits, unknownVersion } from '../../notice/versions/version-faults.ts'
import { languages } from '../../notice/words.ts'
import type { VersionRecord } from '../../records.ts'
import { type Workspace, withWorkspace } from '../../workspace/workspace.ts'
import { type MailOptions, mailSettingsOf, needed } from '../mail-settings.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { sentText, withConfig } from './mail.ts'

interface TellOptions extends MailOptions {
  readonly page: string
  readonly language: (typeof languages)[number]
  readonly unreached: number
}

/** `kept notice tell`: one letter to everybody whose address the stores hold, and the evidence that servers took them. */
export function registerNoticeTell(notice: Command, cli: Cli): void {
  const command = notice.command('tell').argument('[day]', 'day of the version; default: the newest one')
  command
    .description(
      'Tells people of a version by mail: one letter to every address that the stores hold as a key of a person',
    )
    .requiredOption('--page <url>', 'where the version stands; the letter names it', readPage)
    .addOption(new Option('--language <code>', 'of the letter').choices([...languages]).default('en'))
    .option('--unreached <number>', 'letters that failed or came back, where that many are answered for', readCount, 0)
  withConfig(command)
  common(command, 'kept notice tell 2026-12-22 --page https://www.example.org/privacy/').action(
    cli.action((day: string | undefined, options: TellOptions) => tell(cli.terminal, day, options)),
  )
}

function readPage(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw new InvalidArgumentError('A page is an address that begins with https://.')
}

function readCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('That is no number of letters.')
}

function tell(terminal: Terminal, day: string | undefined, options: TellOptions): Promise<ExitCode> {
  return withWorkspace<ExitCode>(terminal, options, {}, async (workspace) => {
    const { database, plan, engine, policy } = workspace
    for (const fault of workspace.unopened.values()) throw fault
    const version = await versionOf(workspace, day)
    const settings = await mailSettingsOf(terminal, options, policy.located.value)
    // Loaded by those who send: no other command waits for it.
    const { smtpTransport } = await import('../../mail/transport.ts')
    const { sendDue } = await import('../../mail/send-due.ts')
    const smtp = smtpTransport(needed(settings.smtp, 'how mail is sent'))
    try {
      const { page, language, unreached } = options
      const input = { versions: database, version, controller: plan.controller.name, page, language }
      const from = { ...input, letters: database.letters, sources: engine.stores, domain: settings.domain }
      await tellByMail(from)
      const sent = await sendDue(database.letters, smtp, settings.sender, () => new Date(), Number.MAX_SAFE_INTEGER)
      if (!options.json) terminal.out(sentText(sent))
      // Who came while the letters were sent is written to as well.
      const telling = await tellByMail(from)
      const { evidence } = await recordTelling(input, telling, unreached)
      if (options.json) printJson(terminal, { version: version.date, ...telling, evidence })
      else
        terminal.out(
          `The version of ${version.date} is told by ${count(telling.letters.accepted, 'letter')}: entry ${evidence}\n`,
        )
      return 0
    } finally {
      smtp.close()
    }
  })
}

async function versionOf({ database }: Workspace, day: string | undefined): Promise<VersionRecord> {
  const known = await database.versions()
  const version = day === undefined ? known.at(-1) : known.find(({ date }) => date === day)
  if (version === undefined) throw day === undefined ? nothingWaits() : unknownVersion(day)
  return version
}
