import { boundary } from '../base/boundary.ts'
import {
  type ErasureBatch,
  type ErasureFailure,
  ErasureRefusal,
  type ErasureResult,
  type ErasureWork,
  type Store,
} from '../connector.ts'
import { Fault } from '../language/fault.ts'

/** What became of a chunk of people in one store. Everybody given is in exactly one of the three. */
export interface BatchOutcome {
  readonly results: readonly ErasureResult[]
  readonly apart: readonly {
    readonly work: ErasureWork
    readonly code: ErasureFailure['code']
    readonly table?: string
  }[]
  /** The store gave up; the work not yet done, and why. */
  readonly stopped?: { readonly code: string; readonly work: readonly ErasureWork[] }
}

/** Failures that a later try may not meet. */
export const PASSING: ReadonlySet<ErasureFailure['code']> = new Set(['locked', 'timeout', 'conflict'])

/** Each halving meets the same lock again: the whole search shall not wait a full lock time-out at every level. */
const HALVING_LOCK_WAIT_MS = 500

/**
 * Erases the people of a chunk in one transaction; when the store refuses because of a person, halves the chunk until
 * that person stands alone and is set apart. The others are erased. At most log2(people) transactions a person set apart;
 * whose marker stands there already is told by one question. `committing` is told of the whole chunk only.
 */
export async function eraseInHalves(store: Store, batch: ErasureBatch): Promise<BatchOutcome> {
  const results: ErasureResult[] = []
  const apart: BatchOutcome['apart'][number][] = []
  const open: (readonly ErasureWork[])[] = [batch.work]
  const { committing: _whole, ...part } = batch
  let wait = {}
  let asked = false
  for (let work = open.pop(); work !== undefined; work = open.pop()) {
    if (work.length === 0) continue
    try {
      if (store.commitsWhenAllowed !== true) await batch.allowed
      boundary('execute.before-store')
      results.push(...(await store.erase({ ...(work === batch.work ? batch : part), ...wait, work })))
      boundary('execute.after-store')
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'locked') wait = { lockTimeoutMs: HALVING_LOCK_WAIT_MS }
      const [first] = work
      if (failure.scope === 'store') {
        return { results, apart, stopped: { code: failure.code, work: [...work, ...open.flat()] } }
      }
      if (work.length === 1 && first) {
        const place = failure.table === undefined ? {} : { table: failure.table }
        apart.push({ work: first, code: failure.code as ErasureFailure['code'], ...place })
      } else if (failure.code === 'conflict' && !asked) {
        asked = true
        results.push(...(await store.done(work.map(stepOf), batch.suppression)))
        const done = new Set(results.map(stepOf))
        open.push(work.filter(({ step }) => !done.has(step)))
      } else open.push(work.slice(Math.ceil(work.length / 2)), work.slice(0, Math.ceil(work.length / 2)))
    }
  }
  return { results, apart }
}

const stepOf = ({ step }: { readonly step: string }) => step

function failureOf(error: unknown): {
  readonly scope: 'person' | 'store'
  readonly code: string
  readonly table?: string
} {
  if (error instanceof ErasureRefusal) return error.failure
  if (error instanceof Fault) return { scope: 'store', code: error.code }
  throw error
}
