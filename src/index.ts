/** The public names of Kept, and nothing else. */
export { Fault, type FaultParts, Faults, type Place } from './language/fault.ts'
