import type {
  CaseChannel,
  CaseDetail,
  CaseFile,
  CaseKind,
  CaseRecord,
  CaseState,
  CaseStepRecord,
  CaseToken,
  TokenPurpose,
} from '../cases.ts'
import type { Json } from '../ledger.ts'
import type { Row } from '../sql/sql.ts'
import { fromTimestamp } from './requests.ts'

export const caseColumns = `id, kind, state, channel, language, policy, received_at, changed_at, due_at, revision, detail`
export const fileColumns = 'id, case_id, what, media_type, bytes, expires_at, destroyed_at'

export function toCase(row: Row): CaseRecord {
  return {
    ...(row.detail as CaseDetail),
    id: row.id as string,
    kind: row.kind as CaseKind,
    state: row.state as CaseState,
    channel: row.channel as CaseChannel,
    language: row.language as string,
    policy: row.policy as string,
    receivedAt: fromTimestamp(row.received_at),
    changedAt: fromTimestamp(row.changed_at),
    dueAt: fromTimestamp(row.due_at),
    revision: row.revision as number,
  }
}

export function toStep(row: Row): CaseStepRecord {
  return {
    case: row.case_id as string,
    step: row.step as string,
    at: fromTimestamp(row.at),
    by: row.by as string,
    detail: row.detail as Json,
    evidence: Number(row.evidence),
  }
}

export function toToken(row: Row, bound: Json | undefined): CaseToken {
  return {
    id: row.id as string,
    case: row.case_id as string,
    purpose: row.purpose as TokenPurpose,
    expiresAt: fromTimestamp(row.expires_at),
    used: row.used_at !== null,
    ...(bound === undefined ? {} : { bound }),
  }
}

export function toFile(row: Row): CaseFile {
  return {
    id: row.id as string,
    case: row.case_id as string,
    what: row.what as CaseFile['what'],
    mediaType: row.media_type as string,
    bytes: Number(row.bytes),
    expiresAt: fromTimestamp(row.expires_at),
    ...(row.destroyed_at === null ? {} : { destroyedAt: fromTimestamp(row.destroyed_at) }),
  }
}
