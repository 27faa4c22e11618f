import { Fault } from '../language/fault.ts'

export interface FailedCase {
  readonly case: string
  readonly why: string
}

/** Does something to one case of many: a fault of one (its data lost, somebody else was first) does not stop the others. */
export async function eachAlone(
  { id }: { readonly id: string },
  failed: FailedCase[],
  run: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await run()
    return true
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    failed.push({ case: id, why: error.code })
    return false
  }
}
