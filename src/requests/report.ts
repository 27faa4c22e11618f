import type { ErasureResult, KeptRow, Obstacle, PreviewRow, SharedRow, StorePreview } from '../connector.ts'
import type { Json } from '../ledger.ts'
import { versionAt } from '../policy/version-in-force.ts'
import type { RequestKind, RequestRecord, RequestState, StoreStep } from '../records.ts'
import type { Case } from './case.ts'
import type { Engine } from './engine.ts'
import { type Proof, type Residual, type Sealed, toJson } from './sealed.ts'

export interface StoreReport {
  readonly store: string
  readonly state: StoreStep['state']
  readonly tables: readonly PreviewRow[]
  readonly shared: readonly SharedRow[]
  readonly kept: readonly KeptRow[]
  readonly removed: ErasureResult['removed']
  readonly obstacles: readonly Obstacle[]
  /** Mapped tables that were not visited, and the code that says why. */
  readonly unreachable: readonly { readonly table: string; readonly why: string }[]
  /** Why the part failed and in which table of the map, where the store says one: nothing of the person was changed there. */
  readonly failed?: { readonly why: string; readonly table?: string }
  /** Rows that triggers and cascades allowed by the map wrote beyond the person's own, by table. */
  readonly reached: NonNullable<ErasureResult['reached']>
}

/** What is known of a request besides its record: the part of `--json` that is kept with it. */
export interface Report {
  readonly stores: readonly StoreReport[]
  readonly candidates: readonly {
    readonly hint: string
    readonly store: string
    readonly table: string
    /** Null once the request's data are destroyed. */
    readonly key: string | null
  }[]
  readonly proof: (Omit<Proof, 'residual'> & { readonly residual: readonly Residual[] }) | null
}

/** The document that `--json` prints for a request. */
export interface RequestDocument extends Report {
  readonly id: string
  readonly kind: RequestKind
  readonly state: RequestState
  readonly dueAt: string
  readonly approval: { readonly by: string; readonly at: string; readonly hash: string } | null
  readonly closing: { readonly by?: string; readonly ground?: string } | null
  readonly evidence: { readonly first: number | null; readonly last: number | null; readonly root: string | null }
  /** The version of the policy it was received under; `date` and `number` are null where none was published. */
  readonly policyVersion: { readonly number: number | null; readonly date: string | null; readonly sha256: string }
}

/** What an erasure did in one store, over all its rounds; kept with the step. */
export interface StepResult extends Omit<ErasureResult, 'step' | 'erased'> {
  /** How many rounds are recorded. */
  readonly round: number
}

export function resultOf(step: StoreStep): StepResult | undefined {
  return step.result === undefined ? undefined : (step.result as unknown as StepResult)
}

/** Builds the report with keys and candidates, as an approver sees it. */
export function reportOf(engine: Engine, { record, sealed }: Case): Report {
  return {
    stores: record.steps.map((step) => storeReport(engine, step, sealed)),
    candidates: (sealed.shown?.candidates ?? []).map(({ hint, store, table, key }) => ({ hint, store, table, key })),
    proof: sealed.proof ?? null,
  }
}

function storeReport(engine: Engine, step: StoreStep, { shown }: Sealed): StoreReport {
  const preview = shown?.previews.find((one) => one.store === step.store)
  const result = resultOf(step)
  const part: Pick<StorePreview, 'tables' | 'shared' | 'kept'> = result ??
    preview ?? { tables: [], shared: [], kept: [] }
  const missed = shown?.unreachable.find((one) => one.store === step.store)
  const why = step.fault ?? missed?.code ?? 'store.unreachable'
  const notVisited = step.state === 'unreachable' || (step.state === 'failed' && result === undefined)
  return {
    store: step.store,
    state: step.state,
    tables: part.tables,
    shared: part.shared,
    kept: part.kept,
    removed: result?.removed ?? [],
    obstacles: result ? [] : (preview?.obstacles ?? []),
    reached: result?.reached ?? [],
    ...(step.state === 'failed' ? { failed: { why, ...(step.table === undefined ? {} : { table: step.table }) } } : {}),
    unreachable: notVisited ? tablesOf(engine, step.store).map((table) => ({ table, why })) : [],
  }
}

function tablesOf(engine: Engine, store: string): readonly string[] {
  const open = engine.stores.find(({ map }) => map.store === store)
  return open?.map.tables.map(({ table }) => table) ?? engine.unopened.find((one) => one.store === store)?.tables ?? []
}

/** The report as it may outlive the request's data: without keys of rows. */
export function withoutKeys(report: Report): Json {
  return toJson({
    ...report,
    candidates: report.candidates.map((candidate) => ({ ...candidate, key: null })),
    proof: report.proof && {
      ...report.proof,
      residual: report.proof.residual.map((residual) => ({ ...residual, key: null })),
    },
  })
}

/** The whole document of a request, with keys while its data are there. */
export async function documentOf(
  engine: Engine,
  record: RequestRecord,
  sealed: Sealed | undefined,
): Promise<RequestDocument> {
  const kept = record.report as unknown as Report | undefined
  const report = sealed ? reportOf(engine, { record, sealed }) : (kept ?? { stores: [], candidates: [], proof: null })
  const { evidence } = record
  const { root } = await engine.records.checkpoint()
  return {
    id: record.id,
    kind: record.kind,
    state: record.state,
    stores: report.stores,
    candidates: report.candidates,
    proof: report.proof,
    evidence: { first: evidence?.first ?? null, last: evidence?.last ?? null, root },
    dueAt: record.dueAt,
    approval: record.approval ?? null,
    closing: record.closing ?? null,
    policyVersion: await versionOf(engine, record),
  }
}

/** A version counts where it was in force when the request came, and the request bears its hash. */
async function versionOf(
  engine: Engine,
  { policy, createdAt }: RequestRecord,
): Promise<RequestDocument['policyVersion']> {
  const version = versionAt(await engine.records.versions(), createdAt)
  const same = version?.policy === policy ? version : undefined
  return { number: same?.number ?? null, date: same?.date ?? null, sha256: policy }
}
