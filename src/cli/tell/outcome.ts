import { requestOf } from '../../requests/case.ts'
import { documentOf, type RequestDocument } from '../../requests/report.ts'
import { readSealed } from '../../requests/sealed.ts'
import type { CommonOptions, Workspace } from '../../workspace/workspace.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'
import { requestText } from './request-text.ts'

/** Tells where a request stands, for people or machines, and answers the exit code that this means. */
export async function tellOutcome(
  terminal: Terminal,
  { engine, database, unopened, maps }: Workspace,
  id: string,
  options: CommonOptions,
  out?: string,
): Promise<ExitCode> {
  const record = await requestOf(engine, id)
  const json = await database.unseal(id)
  const told = await documentOf(engine, record, json === undefined ? undefined : readSealed(json))
  const notAsked = maps.map(({ store }) => store).filter((name) => !record.steps.some(({ store }) => store === name))
  const document = { ...told, notAsked }
  const copied = out !== undefined && document.stores.some((store) => store.state === 'proven')
  if (options.json) printJson(terminal, copied ? { ...document, out } : document)
  else {
    for (const [store, fault] of unopened)
      terminal.err(`kept: store ${store}: ${stopped(fault.what)} Mend: ${stopped(fault.mend)}\n`)
    terminal.out(requestText(document, places(options)))
    if (notAsked.length > 0) terminal.out(`\nOther stores, which this request did not ask: ${notAsked.join(', ')}\n`)
    if (copied) terminal.out(`\nThe copy lies in ${out}\n`)
  }
  return exitCodeOf(document)
}

/** 1 where something holds the request open, a store was not reached, or an obstacle forbids it; else 0. */
export function exitCodeOf({ state, stores }: RequestDocument): ExitCode {
  if (state === 'open') return 1
  if (state === 'done' || state === 'denied' || state === 'cancelled') return 0
  return stores.some((store) => store.unreachable.length > 0 || store.obstacles.length > 0) ? 1 : 0
}

/** A sentence with its full stop. */
const stopped = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`)

/** The options a following command needs to find the same files. */
function places({ policy, data }: CommonOptions): string {
  const given = [
    policy === 'kept.yaml' ? '' : ` --policy ${quoted(policy)}`,
    data === '.kept' ? '' : ` --data ${quoted(data)}`,
  ]
  return given.join('')
}

function quoted(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
