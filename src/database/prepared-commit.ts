import { SqlFailure } from '../sql/failure.ts'
import type { SqlPool, SqlStatement } from '../sql/sql.ts'

/** Others wait behind a prepared commit: it is taken back when what it waits for takes longer, by the server where this process hangs. */
const waitMs = 100
const serverWaitMs = 1000

/** What became of it: `lost` when the connection broke while it was being committed. */
export type PreparedOutcome = 'committed' | 'not-committed' | 'lost'

/**
 * Sends everything but the commit while the act it attests is itself being committed elsewhere, and commits once that is
 * done. `late` statements take a while to make: the others are on their way meanwhile. Anything amiss before the commit
 * takes it back: then it has to be done again in the ordinary way.
 */
export async function commitPrepared(
  pool: SqlPool,
  statements: readonly SqlStatement[],
  late: () => readonly SqlStatement[],
  once: Promise<void>,
): Promise<PreparedOutcome> {
  let sent = false
  try {
    return await pool.session(async (session) => {
      const begin = { text: `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${serverWaitMs}` }
      const answers = [session.pipeline([begin, ...statements])]
      try {
        await new Promise(setImmediate)
        answers.push(session.pipeline(late()))
        await inTime(Promise.race([once, failureOf(answers)]))
      } catch {
        await Promise.allSettled(answers)
        await session.query('ROLLBACK')
        return 'not-committed'
      }
      sent = true
      // Its answer is not waited for: where a statement before it failed, the server takes a commit for a rollback.
      const [commit, ...others] = await Promise.allSettled([session.pipeline([{ text: 'COMMIT' }]), ...answers])
      if (commit?.status === 'rejected') throw commit.reason
      return others.every(({ status }) => status === 'fulfilled') ? 'committed' : 'not-committed'
    })
  } catch (error) {
    const broken = error instanceof SqlFailure && (error.kind === 'unreachable' || error.kind === 'shutdown')
    return sent && broken ? 'lost' : 'not-committed'
  }
}

/** Fails with the first of them, and never comes true. */
function failureOf(answers: readonly Promise<unknown>[]): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const answer of answers) answer.catch(reject)
  })
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
