import { Fault } from '../language/fault.ts'

/** The code under which a store's failure is recorded; what is no fault of a store is thrown on. */
export function storeFaultCode(error: unknown): string {
  if (error instanceof Fault) return error.code
  throw error
}
