import type { Json } from '../ledger.ts'
import type { OpenedRequest, RequestChange, RequestRecord } from '../records.ts'
import type { ChangedRow } from './operations.ts'

/** Longest that data of a person stay here after this process wrote or read them, and most bytes of them as JSON. */
const holdMs = 60_000
const mostBytes = 32 * 1024 * 1024

interface Held {
  readonly record: RequestRecord
  readonly sealed: Json
  readonly bytes: number
  readonly until: number
}

/**
 * What this process itself sealed or opened moments ago, so that it is not read and opened again to be carried out.
 * Handed over once, gone after a minute, when the request is closed, and with the database.
 */
export class HeldRequests {
  readonly #held = new Map<string, Held>()
  #bytes = 0
  #timer: NodeJS.Timeout | undefined

  /** How many requests are held. */
  get size(): number {
    return this.#held.size
  }

  /** Holds a request as it stands with what is sealed with it; not where there is no room. */
  hold(record: RequestRecord, sealed: Json, bytes: number): void {
    this.#drop(record.id)
    if (this.#bytes + bytes > mostBytes) return
    this.#held.set(record.id, { record, sealed, bytes, until: Date.now() + holdMs })
    this.#bytes += bytes
    this.#timer ??= this.#wait(holdMs)
  }

  /** Follows what was written; what another process wrote is not followed, and what was destroyed is not held. */
  follow(change: RequestChange, row: ChangedRow, evidence: RequestRecord['evidence']): void {
    const before = this.#held.get(change.id)
    if (before === undefined) return
    this.#drop(change.id)
    const { record } = before
    if (record.revision !== change.revision || row.destroy === true) return
    const { state = record.state, steps = record.steps, report = record.report } = change
    const { approval = record.approval, closing = record.closing } = change
    const first = record.evidence?.first ?? evidence?.first
    const last = evidence?.last ?? record.evidence?.last
    const after: RequestRecord = {
      ...record,
      state,
      steps,
      ...(approval === undefined ? {} : { approval }),
      ...(closing === undefined ? {} : { closing }),
      ...(report === undefined ? {} : { report }),
      changedAt: row.at,
      revision: record.revision + 1,
      ...(first === undefined || last === undefined ? {} : { evidence: { first, last } }),
    }
    this.hold(after, change.sealed ?? before.sealed, row.sealed?.length ?? before.bytes)
  }

  /** All of these requests, or nothing; they are no longer held afterwards. */
  take(ids: readonly string[]): ReadonlyMap<string, OpenedRequest> | undefined {
    const taken = new Map<string, OpenedRequest>()
    const now = Date.now()
    for (const id of ids) {
      const held = this.#held.get(id)
      if (held === undefined || held.until <= now) return undefined
      taken.set(id, { record: held.record, sealed: held.sealed })
    }
    for (const id of ids) this.#drop(id)
    return taken
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#held.clear()
    this.#bytes = 0
  }

  #drop(id: string): void {
    this.#bytes -= this.#held.get(id)?.bytes ?? 0
    this.#held.delete(id)
  }

  /** The oldest stand first: what is over goes, and the next one's end is waited for. */
  #wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      const now = Date.now()
      for (const [id, { until }] of this.#held) {
        if (until > now) {
          this.#timer = this.#wait(until - now)
          return
        }
        this.#drop(id)
      }
      this.#timer = undefined
    }, milliseconds).unref()
  }
}
