import { existsSync } from 'node:fs'
import { Fault } from '../language/fault.ts'

/** A draft is never written over what somebody may have decided. Fault `exchange.file-exists`. */
export function refuseExisting(paths: readonly string[]): void {
  const there = paths.find((path) => existsSync(path))
  if (there === undefined) return
  throw new Fault({
    code: 'exchange.file-exists',
    where: { file: there },
    what: 'This file is there already, and a draft is not written over it.',
    mend: 'Name another place by --out, or move the file away.',
  })
}
