import type { CaseRecord } from '../cases.ts'
import { advance } from './advance.ts'
import { eachAlone, type FailedCase } from './each-alone.ts'
import type { Intake } from './intake.ts'
import { type DueSoon, dueSoon } from './late.ts'
import { type Swept, sweep } from './sweep.ts'

export interface Worked {
  /** Cases that went on. */
  readonly advanced: readonly string[]
  /** Cases that could not, by the code of the fault: a store was down, or somebody else was first. */
  readonly waiting: readonly FailedCase[]
  readonly due: DueSoon
  readonly swept: Swept
}

const moving = ['identity', 'search', 'decision', 'carried-out', 'proven'] as const

/** True where a machine may have something to do: only these cases are worth a job. */
export function mayMove({ state, lookUp, tasks }: CaseRecord): boolean {
  if (state === 'identity') return lookUp === true
  if (state === 'decision') return !tasks.includes('carry-out')
  return state === 'search' || state === 'carried-out' || state === 'proven'
}

/** Everything that waits for no person: cases go on, dates are looked after, what is over is destroyed. Once is one round. */
export async function workCases(intake: Intake): Promise<Worked> {
  const advanced: string[] = []
  const waiting: FailedCase[] = []
  for (let before: string | undefined; ; ) {
    const page = await intake.cases.list({ states: moving, limit: 200, ...(before === undefined ? {} : { before }) })
    for (const record of page.filter(mayMove)) {
      await eachAlone(record, waiting, async () => {
        const then = await advance(intake, record.id)
        if (then.revision !== record.revision) advanced.push(record.id)
      })
    }
    before = page.at(-1)?.id
    if (page.length < 200) break
  }
  const due = await dueSoon(intake)
  const swept = await sweep(intake)
  return { advanced, waiting: [...waiting, ...due.failed, ...swept.failed], due, swept }
}
