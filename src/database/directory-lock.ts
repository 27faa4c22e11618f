import { join } from 'node:path'
import { Held, lockFile } from '../base/lock-file.ts'
import { Fault } from '../language/fault.ts'

/**
 * Takes a directory for this process. A lock whose process is dead is reaped; a living one's raises Fault
 * `database.in-use` with its pid. Returns the function that gives the directory back.
 */
export function lockDirectory(directory: string): () => void {
  try {
    return lockFile(join(directory, 'lock'))
  } catch (error) {
    if (!(error instanceof Held)) throw error
    throw new Fault({
      code: 'database.in-use',
      what: `The data directory is in use by ${error.holder}.`,
      mend: `End that process, or let it do the work; if it is on a machine that no longer exists, remove ${error.path}.`,
      where: { file: error.path },
    })
  }
}
