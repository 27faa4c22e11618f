import { connectors } from '../connectors/index.ts'
import { type SharedValues, sharedValues } from '../connectors/postgres/shared-values.ts'
import type { Loss } from '../exchange/exported.ts'
import { candidatesOf, seenEdge, withLive } from '../exchange/fideslang/candidates.ts'
import { type Edge, edgesOf } from '../exchange/fideslang/graph.ts'
import type { FideslangDataset } from '../exchange/fideslang/vocabulary.ts'
import { Fault } from '../language/fault.ts'
import type { LiveSchema } from '../live-schema.ts'
import { resolveSecret } from '../policy/secret.ts'
import { count } from './tell/columns.ts'
import type { Terminal } from './terminal.ts'

/** A dataset held against the store it describes. */
export interface Looked {
  /** With the columns and tables of the store that it did not mention and that the map has to name. */
  readonly dataset: FideslangDataset
  readonly seen: readonly Edge[]
  readonly remarks: readonly Loss[]
}

/**
 * Looks at the live store, read-only: what the dataset does not mention, and references that names and sampled values show.
 * `reference`: `env:NAME` or `file:PATH`. Faults: `store.no-secret`, `store.unknown-kind`, `store.unreachable`.
 */
export async function lookAtStore(terminal: Terminal, dataset: FideslangDataset, reference: string): Promise<Looked> {
  const connection = await resolveSecret(reference, terminal.env)
  const { kind, live } = await describe(dataset.fides_key, connection)
  const candidates = candidatesOf(dataset, live)
  const declared = edgesOf(dataset).edges.map(({ from, found }) => ({ column: found, key: from }))
  // Values are compared where the store can do it; elsewhere a name alone decides nothing.
  const [shown, checked] =
    kind === 'postgres'
      ? [await sharedValues(connection, candidates), await sharedValues(connection, declared)]
      : [candidates.map((pair) => ({ ...pair, sampled: 0, shared: 0 })), []]
  const seen = shown.filter(holds).map(seenEdge)
  const { dataset: whole, unmentioned } = withLive(dataset, live, seen)
  return {
    dataset: whole,
    seen,
    remarks: [
      ...shown.map((pair) => remark(pair, holds(pair) ? 'no dataset says it; asked' : 'by its name only; not taken')),
      ...checked.filter((pair) => pair.shared < pair.sampled).map((pair) => remark(pair, 'as the dataset says')),
      ...unmentioned.map((table) => ({ path: `tables.${table}`, what: 'in the store and not in the dataset' })),
    ],
  }
}

// A few values without a partner are orphans; without most of them it is another reference, or none.
const holds = ({ sampled, shared }: SharedValues): boolean => sampled > 0 && shared / sampled >= 0.9

const remark = ({ column, key, sampled, shared }: SharedValues, why: string): Loss => ({
  path: `tables.${column.table}.${column.column}`,
  what: `refers to ${key.table}.${key.column} (${shared} of ${count(sampled, 'sampled value')}): ${why}`,
})

async function describe(name: string, connection: string): Promise<{ kind: string; live: LiveSchema }> {
  const connector = connectors.find((one) => one.accepts(connection))
  if (connector === undefined)
    throw new Fault({
      code: 'store.unknown-kind',
      what: 'The connection string is of a kind that no connector understands.',
      mend: 'Leave --read out, or name an address of a kind that Kept knows, e.g. postgres://.',
    })
  const map = { store: name, connect: { read: 'env:NONE', application: [] }, zone: 'UTC', role: 'controller' as const }
  const store = await connector.open({ ...map, copies: {}, tables: [], sha256: '' }, [], { read: connection })
  try {
    return { kind: connector.kind, live: await store.describe() }
  } finally {
    await store.close()
  }
}
