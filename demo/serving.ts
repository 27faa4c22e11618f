import { once } from 'node:events'
import { listen } from '../src/cli/listen.ts'
import type { Vendor } from './vendor.ts'

/** Keeps the databases open and runs commands of other terminals here, until the process is interrupted. */
export async function keepServing(vendor: Vendor): Promise<void> {
  const end = await listen(vendor.data, vendor.database)
  process.stdout.write(
    '\nThis process now holds the databases; commands in another terminal go through it. Ctrl+C ends it.\n',
  )
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await end()
}
