import { Faults } from '../language/fault.ts'
import type { ReadFiles } from '../workspace/workspace.ts'

/** The files, where errors in them forbid to go on. Throws `Faults`. */
export function faultless(files: ReadFiles): ReadFiles {
  const errors = files.faults.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Faults(errors)
  return files
}
