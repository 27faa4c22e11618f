// `npm start`, `npm test` and the other scripts of a checkout begin here, from any Node and before any install:
// go on in a fitting Node, install with that Node what package-lock.json names, then run the task.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder, LaunchFault, stopWith } from '../bin/launch-fault.mjs'
import { isFittingNode, OLDEST_FOR_SOURCES, runInPlace } from '../bin/node.mjs'
import { findNpm } from '../bin/pinned-node.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LOCK_POLL_MILLISECONDS = 200
const VITEST = join('node_modules', 'vitest', 'vitest.mjs')

// Each task is the arguments of node: a file of the checkout, with what always comes before the caller's arguments.
const TASKS = {
  start: ['demo/start.ts'],
  dev: ['--watch', 'demo/start.ts'],
  test: [VITEST, 'run'],
  check: ['scripts/check.ts'],
  build: ['scripts/build.ts'],
  bench: ['bench/run.ts'],
  generate: ['scripts/generate.ts'],
  'new-commitment': ['scripts/new-commitment.ts'],
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/** node_modules is up to date if npm's own record in it names every package of package-lock.json at its version. */
function isInstalled() {
  const record = join(ROOT, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = readPackages(record)
  return Object.entries(readPackages(join(ROOT, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  )
}

function isRunning(processId) {
  try {
    return process.kill(processId, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Runs `work` while no other launcher of this checkout does; the lock of one that died is taken over. */
function alone(work) {
  const lock = join(ROOT, 'node_modules', '.kept-installing')
  mkdirSync(join(ROOT, 'node_modules'), { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    // An empty lock is one whose owner is about to write its id: it counts as running.
    const owner = existsSync(lock) ? readFileSync(lock, 'utf8') : ''
    if (owner !== '' && !isRunning(Number(owner))) rmSync(lock, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_POLL_MILLISECONDS)
  }
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function install() {
  if (isInstalled()) return
  process.stderr.write('kept: installing what package-lock.json names …\n')
  // Not `npm ci`: it refuses a lock file that leaves out another platform's optional binaries, as some mirrors do.
  const args = [findNpm(), 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const ended = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })
  if (ended.status === 0) return
  throw new LaunchFault(
    'npm could not install (its own words stand above).',
    'Check the network and registry settings of npm.',
  )
}

/** The file of a task that is not there is named, rather than left to a stack trace of Node. */
function checkPresent(task, args) {
  const file = args.find((arg) => !arg.startsWith('-'))
  if (existsSync(join(ROOT, file))) return
  throw new LaunchFault(
    `"npm run ${task}" needs ${file}, which this checkout does not hold.`,
    'Get the whole repository again.',
  )
}

function run([task, ...rest]) {
  const args = TASKS[task]
  if (!args) throw new LaunchFault(`There is no task "${task ?? ''}".`, `Tasks: ${Object.keys(TASKS).join(', ')}.`)
  if (!isFittingNode(OLDEST_FOR_SOURCES)) return
  if (!isInstalled()) alone(install)
  checkPresent(task, args)
  process.chdir(ROOT)
  // Node keeps what it compiled and stripped of types there: the next start is faster (Node 22.1 and later).
  process.env.NODE_COMPILE_CACHE ??= join(cacheFolder(), 'compiled')
  runInPlace(process.execPath, [...args, ...rest])
}

try {
  run(process.argv.slice(2))
} catch (fault) {
  stopWith(fault)
}
