import { Fault } from '../language/fault.ts'
import type { Json } from '../ledger.ts'
import type { RequestRecord } from '../records.ts'
import type { Engine } from './engine.ts'
import { readSealed, type Sealed } from './sealed.ts'

/** A request that still has its data: its record and what was sealed with it. */
export interface Case {
  readonly record: RequestRecord
  readonly sealed: Sealed
}

/** The request of that id. Fault `request.unknown`. */
export async function requestOf(engine: Engine, id: string): Promise<RequestRecord> {
  const record = await engine.records.request(id)
  if (record) return record
  throw new Fault({
    code: 'request.unknown',
    what: 'There is no request of this id.',
    mend: 'Run `kept request list` to see the requests; --data names the folder of Kept’s own database.',
  })
}

/** A request with its sealed data. Faults `request.unknown`, `request.closed`. */
export async function caseOf(engine: Engine, id: string): Promise<Case> {
  const [record, sealed] = await Promise.all([requestOf(engine, id), engine.records.unseal(id)])
  if (sealed === undefined) throw closed(record)
  return { record, sealed: readSealed(sealed) }
}

/** Several requests with their sealed data, in two queries where the records can. */
export async function casesOf(engine: Engine, ids: readonly string[]): Promise<Case[]> {
  const { records } = engine
  if (ids.length === 1 || !records.requestsById || !records.unsealAll) {
    const cases: Case[] = []
    for (const id of ids) cases.push(await caseOf(engine, id))
    return cases
  }
  const [found, sealed] = await Promise.all([records.requestsById(ids), records.unsealAll(ids)])
  const byId = new Map(found.map((record) => [record.id, record]))
  return ids.map((id) => {
    const record = byId.get(id)
    const data: Json | undefined = sealed.get(id)
    if (!record)
      throw new Fault({
        code: 'request.unknown',
        what: 'There is no request of this id.',
        mend: 'Run `kept request list`.',
      })
    if (data === undefined) throw closed(record)
    return { record, sealed: readSealed(data) }
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
