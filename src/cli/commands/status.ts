import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { Faults } from '../../language/fault.ts'
import { readDocuments } from '../../status/documents.ts'
import { statusPage } from '../../status/page.ts'
import { readStatus } from '../../status/read-status.ts'
import { sentenceStatuses } from '../../status/sentences.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { statusText } from '../tell/status-text.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

interface StatusOptions extends CommonOptions {
  readonly html?: string
}

/** `kept status`: each sentence of the imported notice, and each commitment, as kept, broken, unproven or task. */
export function registerStatus(program: Command, cli: Cli): void {
  const command = program
    .command('status')
    .description('Each sentence of the imported notice, and each commitment: kept, broken, unproven or task')
    .option('--html <file>', 'also write it as one page to read and print')
  common(command, 'kept status --html status.html').action(
    cli.action((options: StatusOptions) => status(cli.terminal, options)),
  )
}

function status(terminal: Terminal, options: StatusOptions): Promise<ExitCode> {
  return withWorkspace(terminal, options, { stores: false }, async ({ plan, database }) => {
    const now = new Date()
    const { documents, absent, faults } = await readDocuments(plan)
    if (faults.length > 0) throw new Faults(faults)
    const { commitments, counts } = await readStatus(plan, database, now)
    const { sentences, totals } = sentenceStatuses(documents, commitments)
    const summary = {
      at: now.toISOString(),
      policy: plan.sha256,
      documents: [
        ...documents.map(({ name, sha256 }) => ({ name, sha256 })),
        ...absent.map((name) => ({ name, sha256: null })),
      ],
      sentences,
      totals,
      commitments,
      counts,
    }
    if (options.html !== undefined) {
      const file = resolve(terminal.cwd, options.html)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, statusPage({ ...summary, controller: plan.controller.name }))
    }
    if (options.json) printJson(terminal, summary)
    else terminal.out(statusText(summary, options.html))
    return counts.broken > 0 ? 1 : 0
  })
}
