import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { cacheFolder } from '../bin/launch-fault.mjs'
import { isNodeAtLeast, OLDEST_FOR_SOURCES } from '../bin/node.mjs'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LAUNCHER = ['launch-fault', 'node', 'pinned-node'].map(
  (name) => new URL(`../bin/${name}.mjs`, import.meta.url).href,
)
const FETCH_MILLISECONDS = 300_000

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; `meanwhile` is called with its first output. */
function runToEnd(
  file: string,
  args: readonly string[],
  env: Record<string, string> = {},
  meanwhile: (kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    let [stdout, stderr] = ['', '']
    child.stdout.once('data', () => meanwhile((signal) => child.kill(signal)))
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

/** Runs `code` as a module in a new Node; `launcher` holds what the files of the launcher export. */
function inNode(code: string, env: Record<string, string> = {}, meanwhile?: Parameters<typeof runToEnd>[3]) {
  const imports = LAUNCHER.map((url) => `...await import(${JSON.stringify(url)})`)
  const module = `const launcher = { ${imports.join(', ')} }\n${code}`
  return runToEnd(process.execPath, ['--input-type=module', '-e', module], env, meanwhile)
}

function newFolder(): string {
  return mkdtempSync(join(inject('runFolder'), 'launcher-'))
}

const FETCH = 'try { console.log(launcher.pinnedNode()) } catch (fault) { launcher.stopWith(fault) }'

it.each([
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['23.11.0', false],
  ['24.0.0', true],
])('Node %s fits the sources: %s', (version, fits) => {
  expect(isNodeAtLeast(OLDEST_FOR_SOURCES, version)).toBe(fits)
})

it('looks for its cache where the user says, then where the system does', async () => {
  const kept = await inNode('console.log(launcher.cacheFolder())', { KEPT_CACHE: '/somewhere/else' })
  expect(kept.stdout).toBe('/somewhere/else\n')
  const system = await inNode('console.log(launcher.cacheFolder())', { KEPT_CACHE: '', XDG_CACHE_HOME: '/cached' })
  expect(system.stdout).toBe(`${join('/cached', 'kept')}\n`)
})

describe('a program that runs in our place', () => {
  const inPlace = (script: string) =>
    `launcher.runInPlace(process.execPath, ['-e', ${JSON.stringify(script)}, 'one two'])`

  it('gets our arguments and gives its status', async () => {
    const ended = await inNode(inPlace('console.log(process.argv[1]); process.exit(7)'))
    expect(ended).toMatchObject({ code: 7, stdout: 'one two\n' })
  })

  it('finds its own Node first in PATH', async () => {
    const ended = await inNode(inPlace('console.log(process.env.PATH)'), { PATH: '/usr/bin' })
    expect(ended.stdout.split(delimiter)[0]).toBe(join(process.execPath, '..'))
  })

  it('gets our signals, and answers for both', async () => {
    const script = "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up')"
    expect(await inNode(inPlace(script), {}, (kill) => kill('SIGTERM'))).toMatchObject({ code: 5 })
  })

  it('takes us with it when a signal ends it', async () => {
    const script = "setInterval(() => {}, 1000); console.log('up')"
    expect(await inNode(inPlace(script), {}, (kill) => kill('SIGINT'))).toMatchObject({ signal: 'SIGINT' })
  })
})

describe('fetching the pinned Node', () => {
  it(
    'works for two at once, and is not done again',
    async () => {
      const cache = newFolder()
      const both = await Promise.all([inNode(FETCH, { KEPT_CACHE: cache }), inNode(FETCH, { KEPT_CACHE: cache })])
      expect(
        both.map((one) => one.code),
        both.map((one) => one.stderr).join(''),
      ).toEqual([0, 0])
      expect(both[0]?.stdout).toBe(both[1]?.stdout)
      expect(readdirSync(join(cache, 'node'))).toHaveLength(1)
      const { stdout } = await run(both[0]?.stdout.trim() ?? '', ['--version'])
      expect(isNodeAtLeast(OLDEST_FOR_SOURCES, stdout.trim().slice(1))).toBe(true)
      const again = await inNode(FETCH, { KEPT_CACHE: cache, npm_config_registry: 'http://127.0.0.1:9/' })
      expect(again).toMatchObject({ code: 0, stderr: '' })
    },
    FETCH_MILLISECONDS,
  )

  it('refuses an archive that is not the pinned one', async () => {
    const registry = await startForgedRegistry()
    const ended = await inNode(FETCH, {
      KEPT_CACHE: newFolder(),
      npm_config_registry: registry,
      npm_config_cache: newFolder(),
    })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('is not the one that was pinned')
    expect(ended.stdout).toBe('')
  })

  it('says what to do when nothing can be fetched, and leaves nothing behind', async () => {
    const cache = newFolder()
    const ended = await inNode(FETCH, {
      KEPT_CACHE: cache,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: newFolder(),
      npm_config_fetch_retries: '0',
    })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(
      'Check the network, proxy and registry settings of npm, or install Node 24 yourself.',
    )
    expect(readdirSync(join(cache, 'node'))).toEqual([])
  })

  it('says what to do when the cache cannot be written', async () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, '')
    const ended = await inNode(FETCH, { KEPT_CACHE: file })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('Set KEPT_CACHE to a folder that can.')
  })
})

/** A registry that answers every name with an archive of its own making, correct by its own digests. */
async function startForgedRegistry(): Promise<string> {
  const folder = newFolder()
  mkdirSync(join(folder, 'package', 'bin'), { recursive: true })
  writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify({ name: 'forged', version: '24.21.0' }))
  writeFileSync(join(folder, 'package', 'bin', 'node'), '#!/bin/sh\necho forged\n', { mode: 0o755 })
  const archive = (await run('tar', ['-cz', '-C', folder, 'package'], { encoding: 'buffer' })).stdout
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) return response.end(archive)
    const name = decodeURIComponent(request.url?.slice(1) ?? '')
    const tarball = `${address}${name}/forged.tgz`
    const versions = ['24.21.0', '24.18.1', '22.23.2'].map((version) => [
      version,
      { name, version, dist: { tarball, integrity } },
    ])
    response.setHeader('content-type', 'application/json')
    return response.end(JSON.stringify({ name, 'dist-tags': {}, versions: Object.fromEntries(versions) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const bound = server.address()
  const address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/`
  return address
}

/** A Node in PATH that is too old for the sources, as the machine of a newcomer has it. */
async function findOldNode(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, 'node')
    if (!existsSync(file)) continue
    const { stdout } = await run(file, ['--version'])
    if (!isNodeAtLeast(OLDEST_FOR_SOURCES, stdout.trim().slice(1))) return file
  }
  return undefined
}

it(
  'goes on in the pinned Node from an old one, with arguments and status',
  async (context) => {
    const old = await findOldNode()
    if (!old) return context.skip('there is no Node older than 22.18 in PATH')
    const ended = await runToEnd(old, [join(ROOT, 'scripts', 'launch.mjs'), 'no such task'], {
      KEPT_CACHE: cacheFolder(),
    })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('There is no task "no such task".')
    const help = await runToEnd(old, [join(ROOT, 'scripts', 'launch.mjs'), 'generate'])
    expect(help, help.stderr).toMatchObject({ code: 0 })
  },
  FETCH_MILLISECONDS,
)
