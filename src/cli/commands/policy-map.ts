import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { drawFlows } from '../../data-map/draw.ts'
import { type FlowFilter, flowsOf } from '../../data-map/flows.ts'
import { wordsOf } from '../../data-map/words.ts'
import { readFaultless } from '../../workspace/workspace.ts'
import type { Cli } from '../run.ts'
import { columns } from '../tell/columns.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { refuseExisting } from '../written-file.ts'

interface MapOptions extends FlowFilter {
  readonly policy: string
  readonly out?: string
  readonly json?: boolean
}

/** `kept policy map`: which data goes where, as a list or drawn. */
export function registerPolicyMap(policy: Command, cli: Cli): void {
  policy
    .command('map')
    .description('Tells which data is used for what, where it lies, who receives it, and in which country')
    .option('--category <name>', 'only this category of data')
    .option('--purpose <name>', 'only this purpose')
    .option('--store <name>', 'only this store')
    .option('--country <code>', 'only this country, e.g. DE')
    .option('--policy <file>', 'the policy; its store maps lie in stores/ beside it', 'kept.yaml')
    .option('--out <file.svg>', 'draw it into a file; an existing one is never written over')
    .option('--json', 'print one JSON document for machines')
    .addHelpText('after', '\nExample:\n  $ kept policy map --out data-map.svg')
    .action(cli.action((options: MapOptions) => mapPolicy(cli.terminal, options)))
}

async function mapPolicy(terminal: Terminal, options: MapOptions): Promise<ExitCode> {
  const out = options.out === undefined ? undefined : resolve(terminal.cwd, options.out)
  if (out !== undefined) refuseExisting([out])
  const { plan, maps } = await readFaultless(terminal, { policy: options.policy, data: '.kept' })
  const { category, purpose, store, country } = options
  const flows = flowsOf(plan, maps, { category, purpose, store, country })
  const words = wordsOf(plan)
  if (out !== undefined) {
    await writeFile(out, drawFlows(flows, `Data of ${plan.controller.name}`, words), { flag: 'wx' })
  }
  if (options.json === true) printJson(terminal, { flows })
  else if (out !== undefined) terminal.out(`Written: ${out}\n`)
  else if (flows.length === 0) terminal.out('No declared flow is like that.\n')
  else {
    const shown = flows.map((flow) => [
      words('category', flow.category),
      flow.purpose === undefined ? '—' : words('purpose', flow.purpose),
      flow.store ?? flow.recipient ?? '',
      flow.country === undefined ? '' : words('country', flow.country),
    ])
    terminal.out(`${columns([['data', 'for', 'in or to', 'country'], ...shown]).join('\n')}\n`)
  }
  return 0
}
