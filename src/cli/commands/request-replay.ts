import type { Command } from 'commander'
import { type Replay, type RowsOfTable, replay } from '../../requests/replay.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import { progressFor } from '../progress.ts'
import type { Cli } from '../run.ts'
import { type ExitCode, printJson } from '../terminal.ts'

interface ReplayOptions extends CommonOptions {
  readonly store: string
}

/** `kept request replay --store NAME`: after a backup was restored, what was erased is erased again. */
export function registerReplay(request: Command, cli: Cli): void {
  const command = request.command('replay').description('Erases again what a restored backup of a store brought back')
  command.requiredOption('--store <name>', 'the store that was restored')
  common(command, 'kept request replay --store helpdesk').action(
    cli.action(async (options: ReplayOptions) => {
      const progress = progressFor(cli.terminal, options)
      return withWorkspace<ExitCode>(cli.terminal, options, { progress }, async ({ engine }) => {
        const done = await replay(engine, options.store)
        if (options.json) printJson(cli.terminal, done)
        else cli.terminal.out(replayText(done))
        return done.left.length + done.failed.length + done.keysGone.length > 0 ? 1 : 0
      })
    }),
  )
}

function replayText({ store, requests, restored, treated, erased, reported, left, keysGone, failed }: Replay): string {
  const lines = [`Store ${store}: ${requests} erasures on record.`]
  lines.push(`Rows of the record that stand there: ${rowsText(restored)}`, `Erased again: ${rowsText(erased)}`)
  if (treated.length > 0) lines.push(`As their erasure left them, so nothing is done again: ${rowsText(treated)}`)
  if (reported.length > 0)
    lines.push(`Under an erased identity, but not in the record, so left alone: ${rowsText(reported)}`)
  if (left.length > 0) lines.push(`In the record, but without a person's own record to erase by: ${rowsText(left)}`)
  if (keysGone.length > 0) lines.push(`Suppression keys destroyed after their term: ${keysGone.join(', ')}`)
  if (failed.length > 0) lines.push(`Refused by the store: ${failed.join(', ')}`)
  return `${lines.join('\n')}\n`
}

function rowsText(rows: readonly RowsOfTable[]): string {
  return rows.length === 0 ? 'none' : rows.map(({ table, rows: count }) => `${table} ${count}`).join(', ')
}
