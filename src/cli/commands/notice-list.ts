import type { Command } from 'commander'
import { countDifferences, differencesOf } from '../../notice/difference/difference.ts'
import { standing } from '../../notice/versions/feed.ts'
import { storedVersions } from '../../notice/versions/stored.ts'
import { versionDocument } from '../../notice/versions/version-pages.ts'
import { versionInForce } from '../../policy/version-in-force.ts'
import { type CommonOptions, openOwn, readFiles } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { columns } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

/** `kept notice list`: every version, held against its hashes and the evidence log. */
export function registerNoticeList(notice: Command, cli: Cli): void {
  const command = notice.command('list').description('The published versions, each held against the evidence log')
  common(command, 'kept notice list').action(cli.action((options: CommonOptions) => list(cli.terminal, options)))
}

async function list(terminal: Terminal, options: CommonOptions): Promise<ExitCode> {
  const { plan } = await readFiles(terminal, options)
  const { database, close } = await openOwn(terminal, options, plan)
  try {
    const { stored, missing } = await storedVersions(database)
    const inForce = versionInForce(stored.map(({ version }) => version))?.number
    const whole = missing.length === 0 && stored.every(({ problem }) => problem === undefined)
    if (options.json) {
      const versions = stored.map(({ version, problem }) => ({
        ...versionDocument(version, version.number === inForce),
        problem: problem ?? null,
      }))
      printJson(terminal, { whole, inForce: versions.find((one) => one.inForce)?.date ?? null, versions, missing })
    } else {
      const lines = stored.map(({ version, problem }) => {
        const { wider, narrower, neutral } = countDifferences(differencesOf(version))
        const counts = version.number === 1 ? 'first' : `${wider} wider, ${narrower} narrower, ${neutral} neutral`
        const state = version.activated !== undefined && version.number !== inForce ? 'was in force' : standing(version)
        return [
          version.date,
          state,
          counts,
          `entry ${version.evidence}`,
          problem === undefined ? '' : `NOT as published: ${problem}`,
        ]
      })
      terminal.out(
        lines.length === 0 ? 'No version was published yet: kept notice publish\n' : `${columns(lines).join('\n')}\n`,
      )
      for (const date of missing) terminal.out(`The version of ${date} is gone: the evidence log attests it.\n`)
    }
    return whole ? 0 : 1
  } finally {
    await close()
  }
}
