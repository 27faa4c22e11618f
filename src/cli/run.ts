import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { Fault, Faults } from '../language/fault.ts'
import { faultJson } from '../language/fault-text.ts'
import { loadCommands } from './command-list.ts'
import { faultText } from './source-text.ts'
import { type ExitCode, printJson, type Terminal } from './terminal.ts'

/** What a command is given: where it runs, and how it says its exit code. */
export interface Cli {
  readonly terminal: Terminal
  /** Wraps an action so that its answer becomes the exit code. */
  action<A extends readonly unknown[]>(run: (...given: A) => Promise<ExitCode>): (...given: A) => Promise<void>
}

/** Runs one command line and answers its exit code; nothing is thrown. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0
  const cli: Cli = {
    terminal,
    action:
      (run) =>
      async (...given) => {
        code = await run(...given)
      },
  }
  try {
    await (await buildProgram(cli, words)).parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    return tellFailure(error, terminal, words.includes('--json'))
  }
}

/** Every command as commander knows it, or the one that `words` begin with; `docs/commands.md` is written from all. */
export async function buildProgram(cli: Cli, words: readonly string[] = []): Promise<Command> {
  const program = new Command('kept')
    .description('Reads a privacy policy as code, makes it true on real systems, and proves it.')
    .version(version())
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows how, with an example)')
  configure(program, cli.terminal)
  for (const register of await loadCommands(words)) register(program, cli)
  for (const command of allCommands(program)) configure(command, cli.terminal)
  program.addHelpText('after', '\nExample:\n  $ kept check --policy kept.yaml')
  return program
}

function configure(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(text),
    writeErr: (text) => terminal.err(text),
  })
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((one) => [one, ...allCommands(one)])
}

const HELP = new Set(['commander.helpDisplayed', 'commander.help', 'commander.version'])

/** Faults of what was looked at, not of the way it was asked or of ours. */
const FINDINGS = new Set([
  'request.changed',
  'request.obstacle',
  'store.unreachable',
  'evidence.journal-broken',
  'evidence.journal-behind',
  'notice.page-differs',
  'notice.page-unreachable',
  'notice.tampered',
  'notice.too-soon',
  'notice.not-told',
  'notice.letters-wait',
  'notice.nobody-told',
  'notice.unreached',
  'mail.unreachable',
  'mail.not-encrypted',
  'mail.sign-in',
  'mail.imap-unreachable',
  'mail.imap-sign-in',
  'status.document-missing',
  'status.document-changed',
  'status.document-renumbered',
  'status.unknown-sentence',
])

function tellFailure(error: unknown, terminal: Terminal, json: boolean): ExitCode {
  if (error instanceof CommanderError) {
    if (HELP.has(error.code)) return error.exitCode === 0 ? 0 : 2
    return 2
  }
  const faults = error instanceof Faults ? error.faults : error instanceof Fault ? [error] : undefined
  if (!faults) {
    // An error of ours: its message may quote what it worked on, so only its kind and place are told.
    const place = error instanceof Error ? `${error.name}\n${placesIn(error)}` : 'unknown'
    terminal.err(`kept: an error of Kept itself: ${place}\n`)
    if (json)
      printJson(terminal, {
        faults: [
          {
            code: 'kept.own-error',
            severity: 'error',
            what: 'An error of Kept itself.',
            mend: 'Report it with the lines on stderr.',
            where: {},
          },
        ],
      })
    return 2
  }
  const sources = new Map<string, string | undefined>()
  for (const fault of faults) terminal.err(`${faultText(terminal, fault, sources)}\n`)
  if (json) printJson(terminal, { faults: faults.map(faultJson) })
  return faults.every((fault) => FINDINGS.has(fault.code)) ? 1 : 2
}

function placesIn(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join('\n')
}

function version(): string {
  const { version: stated } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return stated
}
