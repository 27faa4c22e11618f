import { boundary } from '../../base/boundary.ts'
import {
  type ErasureBatch,
  type ErasureFailure,
  ErasureRefusal,
  type ErasureResult,
  type ErasureWork,
} from '../../connector.ts'
import { hashBytes, hashOf } from '../place-hash.ts'
import { Counts } from './counts.ts'
import type { Judgement } from './judge.ts'
import type { Layout } from './layout.ts'
import { type ItemSource, SourceFailure } from './source.ts'
import { Redactors, treat } from './treat.ts'
import { benchFor, visit } from './visit.ts'

/** Items that changed while they were treated are looked at anew this often. */
const mostRounds = 3

/**
 * Carries out an erasure item by item. There is no transaction: what is interrupted is done again from what is left, and
 * comes to the same end. An item that keeps changing under it fails the person, who is set apart and tried again.
 */
export async function eraseBatch(source: ItemSource, layout: Layout, batch: ErasureBatch): Promise<ErasureResult[]> {
  const { work } = batch
  try {
    const results = work.map((one) => new Outcome(one))
    for (let round = 0; ; round++) {
      const changed = await eraseOnce(source, layout, batch, results)
      if (!changed) break
      if (round === mostRounds) throw new ErasureRefusal({ scope: 'person', code: 'locked' })
    }
    boundary('execute.in-store')
    return results.map((one) => one.read())
  } catch (error) {
    if (error instanceof SourceFailure) throw new ErasureRefusal(failureOf(error), error)
    throw error
  }
}

/** True when an item was changed by somebody else meanwhile. */
async function eraseOnce(
  source: ItemSource,
  layout: Layout,
  { work, now, suppression }: ErasureBatch,
  results: readonly Outcome[],
): Promise<boolean> {
  const bench = await benchFor(source, layout, work, now)
  const redactors = new Redactors(work)
  let missed = false
  for await (const judged of visit(source, bench)) {
    const hashed = hashOf(suppression.key, judged.table.name, judged.item.key)
    const only = work[0]?.only
    if (only !== undefined && only.get(judged.table.name)?.has(hashed.toString('hex')) !== true) continue
    const done = await act(source, judged, work, redactors, bench.standings)
    if (done === 'missed') missed = true
    else for (const person of judged.people) results[person]?.add(judged, done, hashed)
  }
  return missed
}

type Done = { readonly changed: boolean; readonly removed: readonly string[] }

async function act(
  source: ItemSource,
  judged: Judgement,
  work: readonly ErasureWork[],
  redactors: Redactors,
  standings: Parameters<typeof treat>[2],
): Promise<Done | 'missed'> {
  const { table, item, action } = judged
  if (action === 'link') return { changed: false, removed: [] }
  if (action === 'row') return { changed: await source.remove(table.name, item.key), removed: [] }
  const { cells, removed } = await treat(judged, work, standings, redactors)
  if (Object.keys(cells).length === 0) return { changed: false, removed: [] }
  return (await source.change(table.name, item, cells)) ? { changed: true, removed } : 'missed'
}

/** What became of one person, counted once for each item however often it was looked at. */
class Outcome {
  readonly #step: string
  readonly #counts = new Counts()
  readonly #seen = new Set<string>()
  readonly #removed = new Map<string, { table: string; field: string; cells: number }>()
  readonly #hashes = new Map<string, Buffer[]>()

  constructor({ step }: ErasureWork) {
    this.#step = step
  }

  add(judged: Judgement, { changed, removed }: Done, hashed: Buffer): void {
    const table = judged.table.name
    const place = `${table}\n${hashed.toString('hex')}`
    if (!this.#seen.has(place)) this.#counts.add(judged)
    this.#seen.add(place)
    if (!changed) return
    this.#hashes.set(table, [...(this.#hashes.get(table) ?? []), hashed])
    for (const field of removed) {
      const known = this.#removed.get(`${table}\n${field}`)
      if (known === undefined) this.#removed.set(`${table}\n${field}`, { table, field, cells: 1 })
      else known.cells++
    }
  }

  read(): ErasureResult {
    return {
      step: this.#step,
      ...this.#counts.read(),
      removed: [...this.#removed.values()],
      erased: [...this.#hashes].map(([table, hashes]) => ({ table, hashBytes, hashes: Buffer.concat(hashes) })),
    }
  }
}

function failureOf({ kind }: SourceFailure): ErasureFailure {
  switch (kind) {
    case 'locked':
    case 'timeout':
      return { scope: 'person', code: kind }
    case 'refused':
      return { scope: 'person', code: 'constraint' }
    default:
      return { scope: 'store', code: kind }
  }
}
