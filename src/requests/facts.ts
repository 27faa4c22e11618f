import type { ErasureResult, StorePreview } from '../connector.ts'
import { evidenceName, fact } from '../language/facts.ts'
import type { Fact } from '../ledger.ts'
import type { RequestKind, RequestState } from '../records.ts'
import type { Residual, ResidualClass, Shown } from './sealed.ts'

type Part = Pick<StorePreview | ErasureResult, 'tables' | 'shared' | 'kept'>

/** Counts of a preview or a result as evidence says them: places of the map, never keys or values. */
function countsOf(part: Part) {
  return {
    tables: part.tables.map(({ table, role, action, rows }) => ({
      table: evidenceName(table),
      role: evidenceName(role),
      action,
      rows,
    })),
    shared: part.shared.map(({ table, role, why, rows }) => ({
      table: evidenceName(table),
      role: evidenceName(role),
      action: why,
      rows,
    })),
    kept: part.kept.map(({ table, field, rows, exception, until }) => ({
      table: evidenceName(table),
      field: evidenceName(field),
      rows,
      exception: evidenceName(exception),
      ...(until === undefined ? {} : { until }),
    })),
  }
}

export interface Received {
  readonly request: string
  readonly kind: RequestKind
  readonly person: string
  readonly policy: string
  readonly due: string
  readonly stores: readonly string[]
  /** The purpose whose use is to stop. */
  readonly purpose?: string
}

export function received({ stores, kind, purpose, ...rest }: Received): Fact {
  const named = stores.map(evidenceName)
  if (kind === 'access' || kind === 'erasure') return fact('request.received/1', { ...rest, kind, stores: named })
  const about = purpose === undefined ? {} : { purpose: evidenceName(purpose) }
  return fact('request.received/2', { ...rest, kind, stores: named, ...about })
}

export function previewed(request: string, shown: Shown): Fact {
  return fact('request.previewed/1', {
    request,
    hash: shown.hash,
    stores: shown.previews.map((preview) => ({
      store: evidenceName(preview.store),
      ...countsOf(preview),
      obstacles: preview.obstacles.map(({ code, table }) => ({ code, table: evidenceName(table) })),
    })),
    unreachable: shown.unreachable.map(({ store }) => evidenceName(store)),
    candidates: shown.candidates.length,
  })
}

export function approved(request: string, by: string, hash: string): Fact {
  return fact('request.approved/1', { request, by, hash })
}

export function denied(request: string, by: string, ground: string): Fact {
  return fact('request.denied/1', { request, by, ground })
}

export function cancelled(request: string): Fact {
  return fact('request.cancelled/1', { request })
}

export function executed(request: string, store: string, round: number, result: ErasureResult): Fact {
  return fact('request.executed/1', {
    request,
    store: evidenceName(store),
    attempt: round,
    ...countsOf(result),
    removed: result.removed.map(({ table, field, cells }) => ({
      table: evidenceName(table),
      field: evidenceName(field),
      cells,
    })),
    foreignRows: foreignRowsOf(result),
  })
}

export function failed(request: string, store: string, code: string): Fact {
  return fact('request.failed/1', { request, store: evidenceName(store), fault: code })
}

/** Other people's rows that were touched: against the map (none, unless a guard failed), and by triggers and cascades it allows. */
export function foreignRowsOf({
  foreignRows = 0,
  reached = [],
}: Pick<ErasureResult, 'foreignRows' | 'reached'>): number {
  return reached.reduce((sum, { rows }) => sum + rows, foreignRows)
}

export interface ProofCounts {
  readonly cells: number
  readonly bytes: number
  readonly residual: readonly Residual[]
  readonly foreignRows: number
}

export function proven(request: string, store: string, { residual, ...counts }: ProofCounts): Fact {
  return fact('request.proven/1', { request, store: evidenceName(store), ...counts, residual: countByClass(residual) })
}

/** How many residuals there are of each class. */
export function countByClass(residual: readonly Residual[]): Record<ResidualClass, number> {
  const counts = { missed: 0, kept: 0, unmapped: 0, 'other-person': 0, ambiguous: 0 }
  for (const { class: name } of residual) counts[name] += 1
  return counts
}

export function taskOpened(request: string, store: string, due: string): Fact {
  return fact('task.opened/1', { request, store: evidenceName(store), due })
}

export interface Answered {
  readonly outcome: 'done' | 'failed'
  readonly by: string
  readonly note?: string
}

export function taskAnswered(request: string, store: string, answer: Answered): Fact {
  return fact('task.answered/1', { request, store: evidenceName(store), ...answer })
}

export function closed(request: string, state: Extract<RequestState, 'done' | 'open'>, why?: string): Fact {
  return fact('request.closed/1', { request, state, ...(why === undefined ? {} : { why }) })
}

export interface ExportedTable {
  readonly store: string
  readonly table: string
  readonly rows: number
}

export function exported(
  request: string,
  tables: readonly ExportedTable[],
  files: number,
  manifestSha256: string,
): Fact {
  const stores = [...new Set(tables.map(({ store }) => store))]
  return fact('request.exported/1', {
    request,
    stores: stores.map((store) => ({
      store: evidenceName(store),
      tables: tables
        .filter((table) => table.store === store)
        .map(({ table, rows }) => ({ table: evidenceName(table), rows })),
    })),
    files,
    sha256: manifestSha256,
  })
}

type RowsByTable = readonly { readonly table: string; readonly rows: number }[]

export function replayed(store: string, requests: number, tables: RowsByTable, reported: RowsByTable): Fact {
  const named = (rows: RowsByTable) => rows.map(({ table, rows }) => ({ table: evidenceName(table), rows }))
  return fact('request.replayed/1', {
    store: evidenceName(store),
    requests,
    tables: named(tables),
    reported: named(reported),
  })
}
