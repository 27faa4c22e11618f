// Kept needs a newer Node than many machines have: an older one starts here, fetches a pinned one, and goes on there.
// Plain JavaScript without dependencies: this file is read by the old Node, before anything is installed.
import { spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { cacheFolder, LaunchFault, stopWith } from './launch-fault.mjs'
import { pinnedNode } from './pinned-node.mjs'

/** Oldest Node for the built package: commander 15 and pg-boss 12 need 22.12. */
export const OLDEST_FOR_PACKAGE = [22, 12]
/** Oldest Node for the TypeScript sources: 22.18 strips types without a flag. */
export const OLDEST_FOR_SOURCES = [22, 18]

/**
 * Whether a Node is at least `[major, minor]`; 23, an odd line past its end, never is: our packages leave it out.
 * @param {readonly number[]} oldest
 */
export function isNodeAtLeast(oldest, version = process.versions.node) {
  const [major = 0, minor = 0] = oldest
  const [runningMajor = 0, runningMinor = 0] = version.split('.').map(Number)
  if (runningMajor === 23) return false
  return runningMajor > major || (runningMajor === major && runningMinor >= minor)
}

/** Runs a program in our place: same streams, signals passed on, and we end as it ends. */
export function runInPlace(file, args) {
  // A terminal sends SIGINT and SIGQUIT to the whole group: passing them on there would deliver them twice.
  const passedOn = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT']
  const path = dirname(file) + delimiter + (process.env.PATH ?? '')
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, PATH: path } })
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (passedOn.includes(signal)) child.kill(signal)
    })
  }
  child.on('error', (cause) => {
    stopWith(
      new LaunchFault(
        `${file} could not be started (${cause.code}).`,
        `Remove ${cacheFolder()} and run this again.`,
        cause,
      ),
    )
  })
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

/**
 * Goes on in a fitting Node: true where this one is at least `oldest`; else the same script with the same arguments
 * runs in the pinned Node, and the caller has nothing left to do.
 */
export function isFittingNode(oldest) {
  if (isNodeAtLeast(oldest)) return true
  runInPlace(pinnedNode(), process.argv.slice(1))
  return false
}
