import type { Fact } from '../ledger.ts'
import type { RequestChange, RequestRecord } from '../records.ts'
import type { Case } from './case.ts'
import type { Engine } from './engine.ts'
import { reportOf, withoutKeys } from './report.ts'
import { type Sealed, toJson } from './sealed.ts'

/** What becomes of a request in one commit. */
export interface Turn {
  readonly one: Case
  readonly record: Partial<Pick<RequestRecord, 'state' | 'steps' | 'approval' | 'closing'>>
  readonly sealed?: Sealed
  /** Destroys what is sealed: the request is closed. */
  readonly destroy?: boolean
}

/** The request as it stands after the turn. */
export function turned({ one, record, sealed }: Turn): Case {
  return {
    record: { ...one.record, ...record, revision: one.record.revision + 1 },
    sealed: sealed ?? one.sealed,
  }
}

/** The change that records the turn. The report is kept once the request's data are destroyed: until then it is told from them. */
export function changeOf(engine: Engine, turn: Turn): RequestChange {
  const { one, record, sealed, destroy } = turn
  return {
    id: one.record.id,
    revision: one.record.revision,
    ...record,
    ...(destroy
      ? { sealed: null, report: withoutKeys(reportOf(engine, turned(turn))) }
      : sealed
        ? { sealed: toJson(sealed) }
        : {}),
  }
}

/** Records the turns with the facts that attest them, in one commit. */
export async function record(engine: Engine, turns: readonly Turn[], facts: readonly Fact[]): Promise<Case[]> {
  if (turns.length === 0) return []
  await engine.records.change(
    turns.map((turn) => changeOf(engine, turn)),
    facts,
  )
  return turns.map(turned)
}
