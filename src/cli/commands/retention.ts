import type { Command } from 'commander'
import type { Retention } from '../../retention/retention.ts'
import { previewRetention, proveRetention, sweepRetention, type TermState } from '../../retention/sweep.ts'
import { type CommonOptions, type Workspace, withWorkspace } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { previewText, sweepText, termsText } from '../tell/retention.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

/** `kept retention preview|sweep|verify`: what is past its term, ending it, and counting what still stands. */
export function registerRetention(program: Command, cli: Cli): void {
  const retention = program.command('retention').description('Ends data whose published term is over, and proves it')
  const preview = retention.command('preview').description('Counts what a sweep would do now; changes nothing')
  common(preview, 'kept retention preview').action(
    cli.action((options: CommonOptions) =>
      withRetention(cli.terminal, options, async (work) => {
        const result = await previewRetention(work)
        if (options.json) printJson(cli.terminal, result)
        else cli.terminal.out(previewText(result))
        return result.gaps.length > 0 ? 1 : 0
      }),
    ),
  )
  const sweep = retention.command('sweep').description('Ends what is over, in short batches, and looks again')
  common(sweep, 'kept retention sweep').action(
    cli.action((options: CommonOptions) =>
      withRetention(cli.terminal, options, async (work) => {
        const result = await sweepRetention(work)
        if (options.json) printJson(cli.terminal, result)
        else cli.terminal.out(sweepText(result))
        return exitOf(result.terms)
      }),
    ),
  )
  const verify = retention.command('verify').description('Counts what is past its term and still stands, as evidence')
  common(verify, 'kept retention verify').action(
    cli.action((options: CommonOptions) =>
      withRetention(cli.terminal, options, async (work) => {
        const terms = await proveRetention(work)
        if (options.json) printJson(cli.terminal, { terms })
        else cli.terminal.out(termsText(terms))
        return exitOf(terms)
      }),
    ),
  )
  retention.addHelpText('after', '\nExample:\n  $ kept retention preview')
}

function exitOf(terms: readonly TermState[]): ExitCode {
  return terms.every(({ outcome, gaps, undated }) => outcome !== 'broken' && gaps.length + undated === 0) ? 0 : 1
}

function withRetention(
  terminal: Terminal,
  options: CommonOptions,
  use: (retention: Retention) => Promise<ExitCode>,
): Promise<ExitCode> {
  const shown = options.progress === true || terminal.interactive
  return withWorkspace(terminal, options, {}, ({ plan, maps, engine, database }: Workspace) =>
    use({
      plan,
      maps,
      stores: engine.stores,
      records: database,
      staff: engine.staff,
      now: engine.now,
      ...(shown
        ? { progress: ({ store, table, rows }) => terminal.err(`kept: swept ${store}.${table}: ${rows}\n`) }
        : {}),
    }),
  )
}
