import { Fault } from '../language/fault.ts'
import type { Checkpoint, Entry, Fact, Ledger } from '../ledger.ts'
import type { SqlPool } from '../sql/sql.ts'
import type { CommitQueue } from './commit-queue.ts'
import { type Signer, signNote } from './evidence/note.ts'
import { Frontier, leafHash } from './evidence/tree.ts'
import { evidenceOf } from './record-rows.ts'

const readRows = 2000

/** The evidence log in Kept's own tables. */
export class DatabaseLog implements Ledger {
  readonly #pool: SqlPool
  readonly #queue: CommitQueue
  readonly #controller: string
  readonly #signer: () => Signer

  constructor(pool: SqlPool, queue: CommitQueue, controller: string, signer: () => Signer) {
    this.#pool = pool
    this.#queue = queue
    this.#controller = controller
    this.#signer = signer
  }

  append(facts: readonly Fact[]): Promise<readonly Entry[]> {
    if (facts.length === 0) return Promise.resolve([])
    return this.#queue.commit(facts, (entries) => {
      const rows = [...evidenceOf(entries)].map(([id, range]) => ({ id, ...range }))
      return rows.length === 0 ? [] : [{ kind: 'evidence', rows }]
    })
  }

  /** Entries from `from` (0) to before `to` (the size at the first read), in order, in bounded memory. */
  async *entries(from = 0, to?: number): AsyncGenerator<Entry> {
    for await (const [index, line] of this.lines(from, to)) yield toEntry(index, line)
  }

  /** As `entries`, each as the canonical line that stands in the tree. */
  async *lines(from = 0, to?: number): AsyncGenerator<readonly [number, string]> {
    const end = Math.min(to ?? Number.POSITIVE_INFINITY, (await this.#head()).size)
    for (let at = from; at < end; at += readRows) {
      const { rows } = await this.#pool.query<{ index: string; line: string }>(
        'SELECT index, line FROM kept.entry WHERE controller = $1 AND index >= $2 AND index < $3 ORDER BY index',
        [this.#controller, at, Math.min(at + readRows, end)],
      )
      let expected = at
      for (const { index, line } of rows) {
        if (Number(index) !== expected) throw gap(expected)
        expected++
        yield [Number(index), line]
      }
      if (expected !== Math.min(at + readRows, end)) throw gap(expected)
    }
  }

  async checkpoint(): Promise<Checkpoint> {
    const head = await this.#head()
    const root = head.root()
    const signer = this.#signer()
    return {
      size: head.size,
      root: root.toString('hex'),
      note: signNote({ origin: signer.name, size: head.size, root }, signer),
    }
  }

  async #head(): Promise<Frontier> {
    const { rows } = await this.#pool.query<{ size: string; frontier: Buffer }>(
      'SELECT size, frontier FROM kept.log WHERE controller = $1',
      [this.#controller],
    )
    return new Frontier(Number(rows[0]?.size ?? 0), rows[0]?.frontier)
  }
}

export function toEntry(index: number, line: string): Entry {
  const { at, body, controller, type } = JSON.parse(line) as Omit<Entry, 'leaf'>
  return { index, at, controller, type, body, leaf: leafHash(line).toString('hex') }
}

function gap(index: number): Fault {
  return new Fault({
    code: 'evidence.gap',
    what: `Entry ${index} is missing from the evidence log in the database.`,
    mend: 'Somebody removed it past Kept. Compare with an exported pack, and keep the database as it is.',
  })
}
