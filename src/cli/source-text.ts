import { readFileSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { Fault } from '../language/fault.ts'
import { formatFault } from '../language/fault-text.ts'
import type { Terminal } from './terminal.ts'

/** A fault as people read it, with the line it is about; a file below the folder they stand in is named from there. */
export function faultText(
  terminal: Terminal,
  fault: Fault,
  known: Map<string, string | undefined> = new Map(),
): string {
  const { file } = fault.where
  const source = sourceOf(file, known)
  const near = file === undefined ? '' : relative(terminal.cwd, file)
  if (near === '' || near.startsWith('..') || isAbsolute(near)) return formatFault(fault, source)
  const { code, what, mend, severity, where } = fault
  return formatFault(new Fault({ code, what, mend, severity, where: { ...where, file: near } }), source)
}

/** The text of a policy or map, to show the line of a fault; anything else is not read. */
function sourceOf(file: string | undefined, known: Map<string, string | undefined>): string | undefined {
  if (file === undefined || !/\.ya?ml$/.test(file)) return undefined
  if (!known.has(file)) {
    try {
      known.set(file, readFileSync(file, 'utf8'))
    } catch {
      known.set(file, undefined)
    }
  }
  return known.get(file)
}
