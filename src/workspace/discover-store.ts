import { connectors } from '../connectors/index.ts'
import { openSamples } from '../connectors/postgres/samples.ts'
import { type Discovery, discover } from '../discovery/index.ts'
import { Fault } from '../language/fault.ts'

/** Where personal data seems to lie in a live store, read-only; no value is kept. Fault `store.discover-unsupported`. */
export async function discoverStore(name: string, connection: string): Promise<Discovery> {
  const connector = connectors.find((one) => one.accepts(connection))
  if (connector?.kind !== 'postgres')
    throw new Fault({
      code: 'store.discover-unsupported',
      what: 'Discovery reads PostgreSQL, and this connection string is of another kind or of none.',
      mend: 'Name a PostgreSQL store; write maps of other kinds by hand (docs/stores.md).',
    })
  const map = { store: name, connect: { read: 'env:NONE', application: [] }, zone: 'UTC', role: 'controller' as const }
  const store = await connector.open({ ...map, copies: {}, tables: [], sha256: '' }, [], { read: connection })
  try {
    const live = await store.describe()
    const samples = await openSamples(connection)
    try {
      return await discover(name, live, samples)
    } finally {
      await samples.close()
    }
  } finally {
    await store.close()
  }
}
