import { sha256Hex } from '../base/hash.ts'
import type { AskedOnce } from '../database/answers.ts'
import { refusals } from './faults.ts'
import type { Tenant } from './tenant.ts'
import type { Staff } from './who.ts'

/** An answer that can be kept and given again. */
export interface Plain {
  readonly status: number
  readonly body: string
}

/**
 * Does an act at most once for each idempotency key of this member of staff; without a key simply does it. Faults
 * `api.bad-key`, `api.key-reused`, `api.still-running`, `api.outcome-unknown`.
 */
export async function once(
  tenant: Tenant,
  staff: Staff,
  request: { readonly key: string | null; readonly method: string; readonly path: string; readonly body: Uint8Array },
  act: () => Promise<Plain>,
): Promise<Plain & { readonly again: boolean }> {
  const { key } = request
  if (key === null) return { ...(await act()), again: false }
  if (!/^[A-Za-z0-9_-]{8,128}$/.test(key)) throw refusals.badKey()
  const asked: AskedOnce = {
    staff: staff.id,
    key,
    request: sha256Hex(`${request.method} ${request.path}\n${sha256Hex(request.body)}`),
  }
  const { answers } = tenant.database
  const begun = await answers.begin(asked)
  if (begun.state === 'answered') return { ...begun.answer, again: true }
  if (begun.state === 'other') throw refusals.keyReused()
  if (begun.state === 'running') throw refusals.stillRunning()
  if (begun.state === 'cut-off') throw refusals.outcomeUnknown()
  try {
    const answer = await act()
    await answers.finish(asked, answer)
    return { ...answer, again: false }
  } catch (error) {
    await answers.release(asked)
    throw error
  }
}
