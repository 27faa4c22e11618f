import { randomBytes } from 'node:crypto'
import type { Alteration } from '../alteration.ts'
import { boundary } from '../base/boundary.ts'
import { instant } from '../base/clock.ts'
import { Fault } from '../language/fault.ts'
import type { RequestKind, RequestRecord } from '../records.ts'
import type { Engine } from './engine.ts'
import { received } from './facts.ts'
import { type AskedIdentity, type AskedLock, type Sealed, type StoreRow, toJson } from './sealed.ts'

/** What somebody asks for. `stores`: only these; default all of the policy's. */
export interface Asked {
  /** The request's id, where it was chosen beforehand. */
  readonly id?: string
  /** Instant to answer by; default: the policy's term from now on. */
  readonly dueAt?: string
  readonly kind: RequestKind
  readonly identities: readonly AskedIdentity[]
  readonly stores?: readonly string[]
  readonly accept?: readonly StoreRow[]
  readonly reject?: readonly StoreRow[]
  /** Folder or .zip of an access export. */
  readonly out?: string
  readonly lock?: AskedLock
  /** What a correction, an objection or a withdrawal changes (`alterationOf`). */
  readonly alteration?: Alteration
  /** Who of the staff enters it, as `approve` names them; absent where the person asks themselves. */
  readonly by?: string
}

/**
 * Records requests with the evidence of their receipt, in one commit; the identities are sealed, never stored in clear.
 * Faults `request.no-identity`, `request.store-unknown`, `request.id-ambiguous`, `request.id-unknown`.
 */
export async function receive(engine: Engine, asked: readonly Asked[]): Promise<readonly RequestRecord[]> {
  const now = engine.now()
  const prepared: { stores: readonly string[]; sealed: Sealed; one: Asked; dueAt: string }[] = []
  for (const one of asked) {
    const stores = storesAsked(engine, one.stores)
    const identities = placedIdentities(engine, one.identities, stores)
    const sealed: Sealed = {
      version: 1,
      pseudonym: await engine.records.pseudonym(identities.map(({ kind, value }) => ({ kind, value }))),
      salt: randomBytes(32).toString('base64'),
      identities,
      accept: one.accept ?? [],
      reject: one.reject ?? [],
      found: {},
      ...(one.out === undefined ? {} : { out: one.out }),
      ...(one.lock === undefined ? {} : { lock: one.lock }),
      ...(one.alteration === undefined ? {} : { alteration: one.alteration }),
      ...(one.by === undefined ? {} : { enteredBy: one.by }),
    }
    prepared.push({ stores, sealed, one, dueAt: one.dueAt ?? instant(engine.dueAt(one.kind, now)) })
  }
  boundary('request.before-create')
  const records = await engine.records.createRequests(
    prepared.map(({ stores, sealed, one, dueAt }) => ({
      ...(one.id === undefined ? {} : { id: one.id }),
      kind: one.kind,
      policy: engine.policy,
      dueAt,
      stores,
      sealed: toJson(sealed),
    })),
    (ids) =>
      prepared.map(({ stores, sealed, one, dueAt }, index) =>
        received({
          request: ids[index] ?? '',
          person: sealed.pseudonym,
          kind: one.kind,
          policy: engine.policy,
          due: dueAt,
          stores,
          ...(one.alteration?.is === 'stop' ? { purpose: one.alteration.purpose } : {}),
        }),
      ),
  )
  boundary('request.after-create')
  return records
}

function storesAsked(engine: Engine, wanted: readonly string[] | undefined): readonly string[] {
  const all = [...engine.stores.map((store) => store.map.store), ...engine.unopened.map(({ store }) => store)].sort()
  if (wanted === undefined || wanted.length === 0) return all
  for (const name of wanted) {
    if (all.includes(name)) continue
    throw new Fault({
      code: 'request.store-unknown',
      what: `No store map describes the store "${name}".`,
      mend:
        all.length > 0 ? `The stores are: ${all.join(', ')}.` : 'Write a map in the folder stores beside the policy.',
    })
  }
  return [...new Set(wanted)].sort()
}

/** An id means something in one store only: without a store's name it goes to the one that declares ids. */
function placedIdentities(
  engine: Engine,
  identities: readonly AskedIdentity[],
  stores: readonly string[],
): readonly AskedIdentity[] {
  if (identities.length === 0) {
    throw new Fault({
      code: 'request.no-identity',
      what: 'Nothing says whom the request is about.',
      mend: 'Give at least one --identity KIND=VALUE, e.g. --identity email=…',
    })
  }
  const declaring = engine.stores
    .filter(({ map }) => stores.includes(map.store))
    .filter(({ map }) => map.tables.some((table) => table.person?.keys.some((key) => key.identity === 'id')))
    .map(({ map }) => map.store)
  return identities.map((identity) => {
    if (identity.value.trim() === '') throw emptyIdentity(identity.kind)
    if (identity.store !== undefined) {
      if (!stores.includes(identity.store)) storesAsked(engine, [identity.store])
      return identity
    }
    if (identity.kind !== 'id') return identity
    const [only, second] = declaring
    if (only !== undefined && second === undefined) return { ...identity, store: only }
    throw only === undefined ? idUnknown() : idAmbiguous(declaring)
  })
}

function emptyIdentity(kind: string): Fault {
  return new Fault({
    code: 'request.no-identity',
    what: `The identity "${kind}" has no value.`,
    mend: 'Write it as KIND=VALUE; an empty value would name everybody who has none.',
  })
}

function idUnknown(): Fault {
  return new Fault({
    code: 'request.id-unknown',
    what: 'No store map names a key "id", so an id says nothing.',
    mend: 'Give another identity, or declare `id` among the keys of the person table.',
  })
}

function idAmbiguous(stores: readonly string[]): Fault {
  return new Fault({
    code: 'request.id-ambiguous',
    what: `An id belongs to one store, and ${stores.length} stores declare ids: ${stores.join(', ')}.`,
    mend: `Name the store: --identity ${stores[0]}.id=… or --store ${stores[0]}.`,
  })
}
