import { once } from 'node:events'
import { type Command, InvalidArgumentError } from 'commander'
import { Fault } from '../../language/fault.ts'
import { jsonLog } from '../../server/log.ts'
import { type Configuration, readConfiguration } from '../../server/read-configuration.ts'
import type { CommonOptions } from '../../workspace/workspace.ts'
import { listen } from '../listen.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

interface ServeOptions extends CommonOptions {
  readonly config?: string
  readonly port?: number
}

/** `kept serve`: the HTTP API and its work, until the process is ended. */
export function registerServe(program: Command, cli: Cli): void {
  const serve = program.command('serve').description('Serves the HTTP API and does its work, until it is ended')
  serve.option('--port <number>', 'where to listen; 0 takes any free port', readPort)
  withConfig(serve)
  common(serve, 'kept serve --port 8080').action(
    cli.action((options: ServeOptions) => serveUntilEnd(cli.terminal, options)),
  )
  const worker = program
    .command('worker')
    .description('Does the work of servers on one PostgreSQL database, until it is ended')
  withConfig(worker)
  common(worker, 'KEPT_DATABASE_URL=postgres://… KEPT_KEYS=/etc/kept/keys kept worker').action(
    cli.action((options: ServeOptions) => workUntilEnd(cli.terminal, options)),
  )
}

function withConfig(command: Command): void {
  command.option('--config <file>', 'the configuration; default: kept.server.yaml, where there is one')
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new InvalidArgumentError('A port is a number from 0 to 65535.')
}

function configurationOf(terminal: Terminal, options: ServeOptions): Promise<Configuration> {
  return readConfiguration(terminal.cwd, options.config, terminal.env, options)
}

async function serveUntilEnd(terminal: Terminal, options: ServeOptions): Promise<ExitCode> {
  const configuration = await configurationOf(terminal, options)
  const log = jsonLog((line) => terminal.err(line))
  // Loaded by those who serve: no other command waits for it.
  const { startServer } = await import('../../server/serve.ts')
  const server = await startServer({ surroundings: terminal, configuration, log })
  const [database] = server.foundation.databases
  // Commands of other terminals go through this process, which holds the embedded database.
  const end = database?.embedded ? await listen(configuration.data, database) : async () => {}
  const ended = untilEnded(terminal)
  try {
    const { address } = server
    const tenants = server.foundation.tenants.all.map(({ slug }) => slug)
    const { firstLink } = server
    const first = firstLink === undefined ? {} : { firstLink }
    if (options.json) printJson(terminal, { address, tenants, process: process.pid, ...first })
    else
      terminal.out(`Kept listens at ${address}\nThe API is described at ${address}/reference\n${toldFirst(firstLink)}`)
    await ended
    return 0
  } finally {
    await end()
    await server.close()
    log({ level: 'info', event: 'ended' })
  }
}

function toldFirst(link: string | undefined): string {
  if (link === undefined) return ''
  return `Nobody is administrator yet. Whoever opens this link becomes it (three days, once):\n${link}\n`
}

async function workUntilEnd(terminal: Terminal, options: ServeOptions): Promise<ExitCode> {
  if (!terminal.env.KEPT_DATABASE_URL) throw needsDatabase()
  const configuration = await configurationOf(terminal, options)
  const log = jsonLog((line) => terminal.err(line))
  const { layFoundation } = await import('../../server/serve.ts')
  const { startWorker } = await import('../../server/jobs/worker.ts')
  const { openPost } = await import('../../server/post.ts')
  const { caseChore, openCaseDesk } = await import('../../server/case-desk.ts')
  const foundation = await layFoundation({ surroundings: terminal, configuration, log })
  try {
    const { together } = configuration.jobs
    const post = await openPost(configuration, foundation.tenants, terminal.env, log)
    const chores = [caseChore(await openCaseDesk(configuration, terminal.env)), ...post.chores]
    const ended = untilEnded(terminal)
    const worker = await startWorker({ ...foundation, together, log, chores, measured: foundation.metrics.job })
    if (options.json) printJson(terminal, { working: true, process: process.pid })
    else terminal.out('This worker takes jobs.\n')
    await ended
    await worker.stop()
    return 0
  } finally {
    await foundation.close()
    log({ level: 'info', event: 'ended' })
  }
}

/** A signal ends it in order: what runs is finished, or goes on elsewhere. */
async function untilEnded({ interrupted }: Terminal): Promise<void> {
  const signals = [once(process, 'SIGINT'), once(process, 'SIGTERM')]
  if (interrupted) signals.push(once(interrupted, 'abort'))
  await Promise.race(signals)
}

function needsDatabase(): Fault {
  return new Fault({
    code: 'server.worker-needs-database',
    what: 'A worker shares a PostgreSQL server with others, and none is named.',
    mend: 'Set KEPT_DATABASE_URL and KEPT_KEYS; with the embedded database kept serve does the work itself.',
  })
}
