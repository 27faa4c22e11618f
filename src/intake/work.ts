import type { CaseRecord } from '../cases.ts'
import { Fault } from '../language/fault.ts'
import { advance } from './advance.ts'
import type { Intake } from './intake.ts'
import { type DueSoon, dueSoon } from './late.ts'
import { type Swept, sweep } from './sweep.ts'

export interface Worked {
  /** Cases that went on. */
  readonly advanced: readonly string[]
  /** Cases that could not, by the code of the fault: a store was down, or somebody else was first. */
  readonly waiting: readonly { readonly case: string; readonly why: string }[]
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
  const waiting: { case: string; why: string }[] = []
  for (let before: string | undefined; ; ) {
    const page = await intake.cases.list({ states: moving, limit: 200, ...(before === undefined ? {} : { before }) })
    for (const record of page.filter(mayMove)) {
      try {
        const then = await advance(intake, record.id)
        if (then.revision !== record.revision) advanced.push(record.id)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        waiting.push({ case: record.id, why: error.code })
      }
    }
    before = page.at(-1)?.id
    if (page.length < 200) break
  }
  return { advanced, waiting, due: await dueSoon(intake), swept: await sweep(intake) }
}
