// What the launcher says when it cannot go on, and the folder it works in. Read by old Nodes: plain JavaScript.
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What stops the launcher, in words, with what to do about it. */
export class LaunchFault extends Error {
  constructor(what, mend, cause) {
    super(what, { cause })
    this.mend = mend
  }
}

/** Prints a fault as every command of Kept does and ends with status 2 (our own fault). */
export function stopWith(fault) {
  if (!(fault instanceof LaunchFault)) throw fault
  process.stderr.write(`kept: ${fault.message}\n  ${fault.mend}\n`)
  process.exit(2)
}

/** Folder for what can be fetched or computed again: KEPT_CACHE, else the user's cache folder. */
export function cacheFolder() {
  if (process.env.KEPT_CACHE) return process.env.KEPT_CACHE
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'kept')
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return join(process.env.LOCALAPPDATA, 'kept', 'cache')
  return join(homedir(), '.cache', 'kept')
}
