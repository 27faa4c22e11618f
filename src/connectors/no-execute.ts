import { Fault } from '../language/fault.ts'

/** A store was asked to change something, and its map names no connection that may. */
export function noExecute(store: string): Fault {
  return new Fault({
    code: 'store.no-execute',
    what: `store ${store} has no execute connection`,
    mend: 'Name one in the store map: `connect: { read: …, execute: env:NAME }`.',
  })
}
