import type { RequestKind, RequestRecord, RequestState, StoreStep } from '../records.ts'
import type { Row } from '../sql/sql.ts'

export const requestColumns = `id, kind, state, controller, policy, created_at, changed_at, due_at, revision, steps, approval,
  closing, report, evidence_first, evidence_last`

/** The server's text of an instant as RFC 3339. */
export function fromTimestamp(text: unknown): string {
  return new Date(String(text)).toISOString()
}

/** A row of `kept.request` as the record it stands for. */
export function toRequest(row: Row): RequestRecord {
  const optional = (key: 'approval' | 'closing' | 'report') => (row[key] === null ? {} : { [key]: row[key] })
  return {
    id: row.id as string,
    kind: row.kind as RequestKind,
    state: row.state as RequestState,
    controller: row.controller as string,
    policy: row.policy as string,
    createdAt: fromTimestamp(row.created_at),
    changedAt: fromTimestamp(row.changed_at),
    dueAt: fromTimestamp(row.due_at),
    revision: row.revision as number,
    steps: row.steps as StoreStep[],
    ...optional('approval'),
    ...optional('closing'),
    ...optional('report'),
    ...(row.evidence_first === null
      ? {}
      : { evidence: { first: Number(row.evidence_first), last: Number(row.evidence_last) } }),
  }
}
