import { resolve } from 'node:path'
import type { Command } from 'commander'
import { activateVersion } from '../../notice/versions/activate.ts'
import { pageEvidence } from '../../notice/versions/page.ts'
import { versionDocument, versionPages } from '../../notice/versions/version-pages.ts'
import { type CommonOptions, openOwn, readFiles } from '../../workspace/workspace.ts'
import { collect, common } from '../options.ts'
import type { Cli } from '../run.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { writePages } from '../write-pages.ts'

interface ActivateOptions extends CommonOptions {
  readonly page: readonly string[]
  readonly out?: string
}

/** `kept notice activate`: a published version takes effect, when people could read it and its time has come. */
export function registerNoticeActivate(notice: Command, cli: Cli): void {
  const command = notice.command('activate').argument('[day]', 'day of the version; default: the newest one')
  command
    .description('Lets a published version take effect, when people could read it for long enough')
    .option('--page <url>', 'page of the version, fetched back and compared; repeatable', collect(String), [])
    .option('--out <dir>', 'folder whose index and feed are written anew')
  common(command, 'kept notice activate 2026-12-22 --page https://www.example.org/privacy/').action(
    cli.action((day: string | undefined, options: ActivateOptions) => activate(cli.terminal, day, options)),
  )
}

async function activate(terminal: Terminal, day: string | undefined, options: ActivateOptions): Promise<ExitCode> {
  // Faults of the policy file do not matter: what takes effect was published before.
  const { plan } = await readFiles(terminal, options)
  const { database, close } = await openOwn(terminal, options, plan)
  try {
    const { version, isNew, shown } = await activateVersion({
      versions: database,
      evidence: options.page.map((page) => pageEvidence(page)),
      now: new Date(),
      ...(day === undefined ? {} : { date: day }),
    })
    if (options.out !== undefined)
      writePages(resolve(terminal.cwd, options.out), await versionPages(plan.controller.name, database))
    if (options.json) printJson(terminal, { isNew, ...versionDocument(version, true) })
    else {
      for (const { place, evidence } of shown) terminal.out(`Read at ${place}: entry ${evidence}\n`)
      terminal.out(
        isNew
          ? `The version of ${version.date} is in force: entry ${version.activated?.evidence}\n`
          : `The version of ${version.date} was in force already.\n`,
      )
    }
    return 0
  } finally {
    await close()
  }
}
