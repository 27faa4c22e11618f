import { once } from 'node:events'
import { listen } from '../src/cli/listen.ts'
import { Fault } from '../src/language/fault.ts'
import { jsonLog } from '../src/server/log.ts'
import { readConfiguration } from '../src/server/read-configuration.ts'
import { type RunningServer, startServer } from '../src/server/serve.ts'
import { fillDesk } from './desk.ts'
import type { Vendor } from './vendor.ts'

// Another program has the first one more often than all of these.
const PORTS = Array.from({ length: 20 }, (_, at) => 8080 + at)

/** The vendor's server, with requests on its desk, on the first port that is free. Who starts it closes it. */
export async function openServer(vendor: Vendor, ports: readonly number[] = PORTS): Promise<RunningServer> {
  await fillDesk(vendor)
  const database = { directory: vendor.data, opened: vendor.database }
  const surroundings = { cwd: vendor.folder, env: process.env, err: () => {}, database }
  for (const port of ports) {
    const common = { policy: 'kept.yaml', data: vendor.data, port }
    const configuration = await readConfiguration(vendor.folder, undefined, process.env, common)
    try {
      // Nobody reads a log here: what goes wrong is told by the pages.
      return await startServer({ surroundings, configuration, log: jsonLog(() => {}) })
    } catch (error) {
      const isTaken = error instanceof Fault && error.code === 'server.port-taken'
      if (!isTaken || port === ports.at(-1)) throw error
    }
  }
  throw new Error('no port was named')
}

/** Serves the vendor's pages and runs commands of other terminals here, until the process is interrupted. */
export async function keepServing(vendor: Vendor): Promise<void> {
  const server = await openServer(vendor)
  const end = await listen(vendor.data, vendor.database)
  const { publicAddress: address, firstLink } = server
  process.stdout.write(
    [
      '',
      `Privacy centre: ${address}/`,
      `Administration: ${address}/admin`,
      ...(firstLink === undefined ? [] : [`  sign in the first time by this link, once: ${firstLink}`]),
      `API:            ${address}/reference`,
      'Commands in another terminal go through this process. Ctrl+C ends it.',
      '',
    ].join('\n'),
  )
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await end()
  await server.close()
}
