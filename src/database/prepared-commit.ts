import { SqlFailure } from '../sql/failure.ts'
import type { SqlPool, SqlStatement } from '../sql/sql.ts'

/** Others wait behind a prepared commit: it is taken back when what it waits for takes longer, by the server where this process hangs. */
const waitMs = 100
const serverWaitMs = 1000

/** What became of it: `lost` when the connection broke while it was being committed. */
export type PreparedOutcome = 'committed' | 'not-committed' | 'lost'

/**
 * Sends everything but the commit while the act it attests is itself being committed elsewhere, and commits once that is
 * done. Anything amiss before the commit takes it back: then it has to be done again in the ordinary way.
 */
export async function commitPrepared(
  pool: SqlPool,
  statements: readonly SqlStatement[],
  once: Promise<void>,
): Promise<PreparedOutcome> {
  let sent = false
  try {
    return await pool.session(async (session) => {
      try {
        const begin = { text: `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${serverWaitMs}` }
        await session.pipeline([begin, ...statements])
        await inTime(once)
      } catch {
        await session.query('ROLLBACK')
        return 'not-committed'
      }
      sent = true
      await session.query('COMMIT')
      return 'committed'
    })
  } catch (error) {
    const broken = error instanceof SqlFailure && (error.kind === 'unreachable' || error.kind === 'shutdown')
    return sent && broken ? 'lost' : 'not-committed'
  }
}

async function inTime(promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('late')), waitMs)
  })
  try {
    await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
