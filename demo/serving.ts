import { once } from 'node:events'
import { listen } from '../src/cli/listen.ts'
import { jsonLog } from '../src/server/log.ts'
import { readConfiguration } from '../src/server/read-configuration.ts'
import { type RunningServer, startServer } from '../src/server/serve.ts'
import { fillDesk } from './desk.ts'
import type { Vendor } from './vendor.ts'

// Another program has this one more often than all of these.
const PORTS = { first: 8080, last: 8099 }

/** The vendor's server, with requests on its desk, on the first free port. Who starts it closes it. */
export async function openServer(vendor: Vendor, port: number = PORTS.first): Promise<RunningServer> {
  if (port === PORTS.first) await fillDesk(vendor)
  const database = { directory: vendor.data, opened: vendor.database }
  const surroundings = { cwd: vendor.folder, env: process.env, err: () => {}, database }
  const common = { policy: 'kept.yaml', data: vendor.data, port }
  const configuration = await readConfiguration(vendor.folder, undefined, process.env, common)
  try {
    // Nobody reads a log here: what goes wrong is told by the pages.
    return await startServer({ surroundings, configuration, log: jsonLog(() => {}) })
  } catch (error) {
    const isTaken = (error as { readonly code?: unknown }).code === 'server.port-taken'
    if (!isTaken || port === PORTS.last) throw error
    return await openServer(vendor, port + 1)
  }
}

/** Serves the vendor's pages and runs commands of other terminals here, until the process is interrupted. */
export async function keepServing(vendor: Vendor): Promise<void> {
  const server = await openServer(vendor)
  const end = await listen(vendor.data, vendor.database)
  const { publicAddress: address, firstLink } = server
  process.stdout.write(
    [
      '',
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
