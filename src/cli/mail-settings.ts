/** The mail settings of a command line: `mail:` of kept.server.yaml, with the addresses that the policy names. */
import { Fault } from '../language/fault.ts'
import { addressesOfPolicy, type MailSettings, openMailSettings } from '../mail/settings.ts'
import { readConfiguration } from '../server/read-configuration.ts'
import type { CommonOptions } from '../workspace/workspace.ts'
import type { Terminal } from './terminal.ts'

export interface MailOptions extends CommonOptions {
  readonly config?: string
}

/** Fault `mail.not-configured`, and those of the file and its secrets. */
export async function mailSettingsOf(terminal: Terminal, options: MailOptions, policy: unknown): Promise<MailSettings> {
  const { mail, file } = await readConfiguration(terminal.cwd, options.config, terminal.env, options)
  if (mail === undefined) throw notConfigured('how mail is sent')
  return openMailSettings(mail, { file, env: terminal.env, named: addressesOfPolicy(policy) })
}

/** A part of the settings that a command cannot do without. Fault `mail.not-configured`. */
export function needed<Part>(part: Part | undefined, what: string): Part {
  if (part === undefined) throw notConfigured(what)
  return part
}

function notConfigured(what: string): Fault {
  return new Fault({
    code: 'mail.not-configured',
    what: `kept.server.yaml does not say ${what}.`,
    mend: 'Write mail: with from and smtp, and imap to collect (docs/mail.md).',
  })
}
