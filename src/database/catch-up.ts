import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Fault } from '../language/fault.ts'
import type { SqlPool, SqlSession } from '../sql/sql.ts'
import type { PackHeader } from './evidence/pack.ts'
import { Frontier, leafDigest } from './evidence/tree.ts'
import { verifyPack } from './evidence/verify.ts'
import { appendStatements } from './operations.ts'

export interface CaughtUp {
  /** Entries that the backup did not have. */
  readonly entries: number
  /** Requests of the backup that were closed since: their sealed data are destroyed again. */
  readonly closed: number
  /** People of the backup who were erased since: their pseudonym keys are destroyed again. */
  readonly forgotten: number
  /** Requests that came after the backup: their evidence is there, they themselves are lost. */
  readonly lost: number
}

const LINES_AT_ONCE = 1000
const CLOSED: Readonly<Record<string, string>> = { 'request.denied/1': 'denied', 'request.cancelled/1': 'cancelled' }

/**
 * Brings a restored database up to a newer evidence pack: what was destroyed after the backup was made is destroyed again
 * (guarantee 7 for Kept itself), and the log goes on where it really stood. Faults `backup.pack-broken`,
 * `backup.pack-elsewhere`.
 */
export async function catchUp(pool: SqlPool, pack: string, key: string | undefined): Promise<CaughtUp> {
  const verified = await verifyPack(pack, key === undefined ? {} : { key })
  if (!verified.ok) throw broken(pack)
  return pool.transaction({}, async (session) => {
    const lines = createInterface({ input: createReadStream(pack), crlfDelay: Number.POSITIVE_INFINITY })
    const read = lines[Symbol.asyncIterator]()
    const { controller } = JSON.parse(String((await read.next()).value)) as PackHeader
    const { rows } = await session.query<{ size: string; frontier: Buffer }>(
      'SELECT size, frontier FROM kept.log WHERE controller = $1 FOR UPDATE',
      [controller],
    )
    const own = new Frontier(Number(rows[0]?.size ?? 0), rows[0]?.frontier)
    if (rows.length === 0) throw elsewhere(pack)
    const frontier = new Frontier()
    const ends = new Endings()
    let added = 0
    let batch: string[] = []
    const isSame = () => frontier.size !== own.size || frontier.root().equals(own.root())
    const flush = async () => {
      if (batch.length === 0) return
      const before = frontier.size
      for (const line of batch) frontier.append(leafDigest(line))
      const grown = { size: frontier.size, frontier: frontier.packed() }
      await session.pipeline(appendStatements(controller, before, grown, batch))
      added += batch.length
      batch = []
    }
    for (let next = await read.next(); !next.done; next = await read.next()) {
      const line = next.value
      ends.see(line)
      if (frontier.size < own.size) {
        frontier.append(leafDigest(line))
        if (!isSame()) throw elsewhere(pack)
      } else {
        batch.push(line)
        if (batch.length === LINES_AT_ONCE) await flush()
      }
    }
    await flush()
    if (frontier.size < own.size) throw elsewhere(pack)
    return { entries: added, ...(await ends.apply(session, controller)) }
  })
}

/** What the whole log says of requests that have ended. */
class Endings {
  readonly #received = new Map<string, { readonly kind: string; readonly person: string | undefined }>()
  readonly #ended = new Map<string, string>()

  see(line: string): void {
    const { type, body } = JSON.parse(line) as { type: string; body: Readonly<Record<string, unknown>> }
    const request = String(body.request)
    if (type === 'request.received/1') {
      const person = typeof body.person === 'string' ? body.person : undefined
      this.#received.set(request, { kind: String(body.kind), person })
    }
    const ended = type === 'request.closed/1' ? (body.state === 'open' ? undefined : String(body.state)) : CLOSED[type]
    if (ended !== undefined) this.#ended.set(request, ended)
  }

  async apply(session: SqlSession, controller: string): Promise<Omit<CaughtUp, 'entries'>> {
    const ids = [...this.#ended.keys()]
    const closed = await session.query(
      `UPDATE kept.request AS r SET state = e.state, sealed = NULL, wrapped_key = NULL, revision = r.revision + 1
        FROM unnest($2::text[], $3::text[]) AS e (id, state)
        WHERE r.controller = $1 AND r.id = e.id AND r.sealed IS NOT NULL`,
      [controller, ids, [...this.#ended.values()]],
    )
    const erased = [...this.#received].flatMap(([id, { kind, person }]) =>
      kind === 'erasure' && this.#ended.get(id) === 'done' && person !== undefined ? [person] : [],
    )
    const forgotten = await session.query('DELETE FROM kept.person WHERE controller = $1 AND pseudonym = ANY($2)', [
      controller,
      erased,
    ])
    const { rows } = await session.query<{ id: string }>(
      'SELECT given.id FROM unnest($2::text[]) AS given (id) WHERE NOT EXISTS (SELECT FROM kept.request r WHERE r.controller = $1 AND r.id = given.id)',
      [controller, [...this.#received.keys()]],
    )
    return { closed: closed.rowCount, forgotten: forgotten.rowCount, lost: rows.length }
  }
}

function broken(file: string): Fault {
  return new Fault({
    code: 'backup.pack-broken',
    what: 'The evidence pack is not whole, or the pinned key did not sign it.',
    mend: 'kept evidence verify says what is wrong with it; give another pack, or none.',
    where: { file },
  })
}

function elsewhere(file: string): Fault {
  return new Fault({
    code: 'backup.pack-elsewhere',
    what: 'The evidence pack does not continue the log of the backup: it is older, or of another log.',
    mend: 'Give a pack that was exported after the backup was made, from the same database.',
    where: { file },
  })
}
