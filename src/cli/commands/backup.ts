import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { type BackupSummary, restoreBackup, writeBackup } from '../../database/backup.ts'
import { type CaughtUp, catchUp } from '../../database/catch-up.ts'
import { Fault } from '../../language/fault.ts'
import { openSql } from '../../sql/open.ts'
import { type CommonOptions, openOwn, readFiles } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { count } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { refuseExisting } from '../written-file.ts'

interface BackupOptions extends CommonOptions {
  readonly out: string
}

interface RestoreOptions extends CommonOptions {
  readonly evidence?: string
  readonly key?: string
}

/** `kept backup` and `kept restore`: Kept's own database in one file, without its keys. */
export function registerBackup(program: Command, cli: Cli): void {
  const backup = program
    .command('backup')
    .description("Writes Kept's own database into one file; its keys are not in it")
  backup.requiredOption('--out <file>', 'the backup to write')
  common(backup, 'kept backup --out kept.backup').action(
    cli.action((options: BackupOptions) => write(cli.terminal, options)),
  )
  const restore = program.command('restore').argument('<file>', 'a backup that `kept backup` wrote')
  restore.description('Puts a backup into a new database; with newer evidence, destroys again what was destroyed since')
  restore.option('--evidence <pack>', 'the newest evidence pack there is, exported after the backup')
  restore.option('--key <key>', 'verifier key that must have signed the pack')
  common(restore, 'kept restore kept.backup --data new --evidence evidence.pack').action(
    cli.action((file: string, options: RestoreOptions) => putBack(cli.terminal, file, options)),
  )
}

async function write(terminal: Terminal, options: BackupOptions): Promise<ExitCode> {
  const out = resolve(terminal.cwd, options.out)
  refuseExisting([out])
  const { plan } = await readFiles(terminal, options)
  const { database, close } = await openOwn(terminal, options, plan)
  try {
    const summary = await writeBackup(database.pool, out, new Date())
    if (options.json) printJson(terminal, { out, ...summary })
    else {
      terminal.out(`${told(summary)} in ${out}\n`)
      terminal.out('The keys are not in it: keep them apart. A newer evidence pack makes it good after a restore.\n')
    }
    return 0
  } finally {
    await close()
  }
}

async function putBack(terminal: Terminal, file: string, options: RestoreOptions): Promise<ExitCode> {
  const url = terminal.env.KEPT_DATABASE_URL
  const directory = resolve(terminal.cwd, options.data)
  if (!url) refuseJournal(directory)
  const pool = await openSql(url ?? `pglite:${join(directory, 'database')}`, { durable: true })
  try {
    const summary = await restoreBackup(pool, resolve(terminal.cwd, file))
    const pack = options.evidence
    const caught = pack === undefined ? undefined : await catchUp(pool, resolve(terminal.cwd, pack), options.key)
    if (options.json) printJson(terminal, { ...summary, evidence: caught ?? null })
    else terminal.out(`Restored: ${told(summary)}, as of ${summary.at}.\n${caughtText(caught)}`)
    return 0
  } finally {
    await pool.close()
  }
}

/** The journal of another database would be taken for the continuation of this one. */
function refuseJournal(directory: string): void {
  const journal = join(directory, 'evidence.journal')
  if (!existsSync(journal) || statSync(journal).size === 0) return
  throw new Fault({
    code: 'backup.not-empty',
    what: 'There is a database of Kept here already, and a backup never overwrites one.',
    mend: 'Name a new folder with --data, or a new database with KEPT_DATABASE_URL.',
    where: { file: journal },
  })
}

function told({ tables, rows, logs }: BackupSummary): string {
  const entries = logs.reduce((sum, { size }) => sum + size, 0)
  return `${count(rows, 'row')} of ${count(tables, 'table')}, evidence of ${count(entries, 'line')}`
}

function caughtText(caught: CaughtUp | undefined): string {
  if (caught === undefined) {
    return 'Without --evidence what was closed after the backup is open again, with its sealed data: run kept request list.\n'
  }
  const { entries, closed, forgotten, lost } = caught
  return [
    `${count(entries, 'line')} of newer evidence put after those of the backup.`,
    `Destroyed again: what was sealed of ${count(closed, 'request')}, ${count(forgotten, 'pseudonym')}.`,
    ...(lost === 0 ? [] : [`${count(lost, 'request')} came after the backup and must be asked anew.`]),
    '',
  ].join('\n')
}
