/**
 * The main job from beginning to end on an invented vendor: nothing but Node is needed. `--exit` ends after it; otherwise
 * the process serves the vendor's pages, and runs `npx kept …` of other terminals, until it is interrupted.
 */
import { parseArgs } from 'node:util'
import { buildAdmin } from '../scripts/build-admin.ts'
import { Fault } from '../src/language/fault.ts'
import { formatFault } from '../src/language/fault-text.ts'
import { journey } from './journey.ts'
import { keepServing } from './serving.ts'
import { layVendor } from './vendor.ts'

const { values } = parseArgs({ options: { exit: { type: 'boolean', default: false }, folder: { type: 'string' } } })

try {
  const vendor = await layVendor(values.folder)
  try {
    const done = await journey(vendor)
    process.exitCode = done ? 0 : 1
    if (done && !values.exit) {
      // Built once for these sources; the first time takes some seconds.
      await buildAdmin()
      await keepServing(vendor)
    }
  } finally {
    await vendor.close()
  }
} catch (error) {
  if (!(error instanceof Fault)) throw error
  process.stderr.write(`${formatFault(error)}\n`)
  process.exitCode = 2
}
