import { resolve } from 'node:path'
import type { Command } from 'commander'
import { faultJson } from '../../language/fault-text.ts'
import { differencesOf } from '../../notice/difference/difference.ts'
import { untranslated } from '../../notice/untranslated.ts'
import { builtNotice } from '../../notice/versions/built-notice.ts'
import { type Published, publishVersion } from '../../notice/versions/publish.ts'
import { versionDocument, versionPages } from '../../notice/versions/version-pages.ts'
import { languages, wordsForPolicy, wordsOf } from '../../notice/words.ts'
import { versionInForce } from '../../policy/version-in-force.ts'
import { type CommonOptions, openOwn, readFaultless } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { faultText } from '../source-text.ts'
import { differenceLines } from '../tell/differences.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { writePages } from '../write-pages.ts'

interface PublishOptions extends CommonOptions {
  readonly out?: string
  readonly date?: string
}

/** `kept notice publish`: records a version of policy and notice, and writes every version's pages, index and feed. */
export function registerNoticePublish(notice: Command, cli: Cli): void {
  const command = notice
    .command('publish')
    .description('Records a version of the policy and its notice, and writes its pages')
  command
    .option('--out <dir>', 'folder for the pages of all versions, an index and an Atom feed')
    .option('--date <day>', 'day of the version where the policy names none; default today (UTC)')
  common(command, 'kept notice publish --out public/privacy').action(
    cli.action((options: PublishOptions) => publish(cli.terminal, options)),
  )
}

async function publish(terminal: Terminal, options: PublishOptions): Promise<ExitCode> {
  const { plan, policy } = await readFaultless(terminal, options)
  const { database, close } = await openOwn(terminal, options, plan)
  try {
    const published = await publishVersion({
      policy,
      policyText: policy.located.source,
      plan,
      versions: database,
      build: builtNotice,
      now: new Date(),
      ...(options.date === undefined ? {} : { date: options.date }),
    })
    const warnings = languages.flatMap((language) =>
      untranslated(policy.located.value, wordsForPolicy(wordsOf(language), policy.file), options.policy),
    )
    const out = options.out === undefined ? undefined : resolve(terminal.cwd, options.out)
    if (out !== undefined) writePages(out, await versionPages(plan.controller.name, database))
    const inForce = versionInForce(await database.versions())?.number
    if (options.json) {
      const { isNew, version } = published
      printJson(terminal, {
        isNew,
        ...versionDocument(version, version.number === inForce),
        out: out ?? null,
        warnings: warnings.map(faultJson),
      })
    } else {
      for (const warning of warnings) terminal.err(`${faultText(terminal, warning)}\n`)
      terminal.out(publishedText(published, out))
    }
    return 0
  } finally {
    await close()
  }
}

function publishedText({ version, isNew }: Published, out: string | undefined): string {
  const { date, effective, asks } = version
  const first = version.number === 1 ? ['The first version.'] : differenceLines(differencesOf(version))
  return [
    isNew
      ? `Version of ${date}, recorded as entry ${version.evidence}.`
      : `The version of ${date} says the same: nothing was recorded.`,
    ...(isNew ? first : []),
    ...(asks.length > 0 ? [`Consent is asked anew for: ${asks.join(', ')}`] : []),
    ...(out === undefined ? [] : [`Written: ${out}`]),
    ...(version.activated === undefined
      ? [
          `It takes effect on ${effective} at the earliest, when people can read it:`,
          `put its page online, then kept notice activate ${date} --page URL`,
        ]
      : []),
    '',
  ].join('\n')
}
