import { Fault } from '../language/fault.ts'
import type { OpenedRequest, RequestRecord } from '../records.ts'
import type { Engine } from './engine.ts'
import { readSealed, type Sealed } from './sealed.ts'

/** A request that still has its data: its record and what was sealed with it. */
export interface Case {
  readonly record: RequestRecord
  readonly sealed: Sealed
  /** Set where it was not read anew: comes true when this is how the request stands, else fails with `records.stale`. */
  readonly current?: Promise<void>
}

/** The request of that id. Fault `request.unknown`. */
export async function requestOf(engine: Engine, id: string): Promise<RequestRecord> {
  const record = await engine.records.request(id)
  if (record) return record
  throw unknown()
}

/** A request with its sealed data. Faults `request.unknown`, `request.closed`. */
export async function caseOf(engine: Engine, id: string): Promise<Case> {
  const [one] = await casesOf(engine, [id])
  if (one === undefined) throw unknown()
  return one
}

/** Several requests with their sealed data, in one query where the records can. Faults as of `caseOf`. */
export async function casesOf(engine: Engine, ids: readonly string[]): Promise<Case[]> {
  const { records } = engine
  const opened = records.openAll ? await records.openAll(ids) : await openOneByOne(engine, ids)
  return ids.map((id) => {
    const one = opened.get(id)
    if (one === undefined) throw unknown()
    if (one.sealed === undefined) throw closed(one.record)
    return { record: one.record, sealed: readSealed(one.sealed) }
  })
}

/** As `casesOf`, but what this process itself wrote moments ago is not read again; `current` of each tells whether it still stands. */
export async function casesAtHand(engine: Engine, ids: readonly string[]): Promise<Case[]> {
  const held = engine.records.held?.(ids)
  if (held === undefined) return casesOf(engine, ids)
  const { requests, current } = held
  return ids.flatMap((id) => {
    const one = requests.get(id)
    return one?.sealed === undefined ? [] : [{ record: one.record, sealed: readSealed(one.sealed), current }]
  })
}

async function openOneByOne(engine: Engine, ids: readonly string[]): Promise<Map<string, OpenedRequest>> {
  const opened = new Map<string, OpenedRequest>()
  for (const id of ids) {
    const [record, sealed] = await Promise.all([requestOf(engine, id), engine.records.unseal(id)])
    opened.set(id, sealed === undefined ? { record } : { record, sealed })
  }
  return opened
}

function unknown(): Fault {
  return new Fault({
    code: 'request.unknown',
    what: 'There is no request of this id.',
    mend: 'Run `kept request list` to see the requests; --data names the folder of Kept’s own database.',
  })
}

function closed(record: RequestRecord): Fault {
  return new Fault({
    code: 'request.closed',
    what: `The request is ${record.state}; its data are destroyed.`,
    mend: 'Make a new request.',
  })
}

/** Refuses an act that the request's state does not allow. Fault `request.state`. */
export function mustBe(record: RequestRecord, act: string, states: readonly RequestRecord['state'][]): void {
  if (states.includes(record.state)) return
  throw new Fault({
    code: 'request.state',
    what: `A request that is ${record.state} cannot be ${act}.`,
    mend: `It can be ${act} while it is ${states.join(' or ')}. \`kept request show\` tells where it stands.`,
  })
}
