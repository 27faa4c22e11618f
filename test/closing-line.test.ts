import { spawn } from 'node:child_process'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Runs the files as a suite of their own with this project's reporter; returns status and lines of output. */
function runSuite(files: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const folder = mkdtempSync(join(inject('runFolder'), 'suite-'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const reporter = JSON.stringify(join(ROOT, 'test', 'closing-line.ts'))
  const config = `export default { test: { reporters: ['default', ${reporter}] } }`
  for (const [name, text] of Object.entries({ ...files, 'vitest.config.mjs': config })) {
    writeFileSync(join(folder, name), `${text}\n`)
  }
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [vitest, 'run'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.on('close', (code) => resolve({ code, lines: output.trimEnd().split('\n') }))
  })
}

const IMPORT = "import { describe, expect, it, beforeAll } from 'vitest'\n"

it('ends a good run with its numbers alone on a line', async () => {
  const { code, lines } = await runSuite({ 'good.test.mjs': `${IMPORT}it('a', () => {})\nit('b', () => {})` })
  expect(code).toBe(0)
  expect(lines.at(-1)).toBe('2 passed, 0 failed')
})

it('names each skipped test with its reason, and asks for one that is missing', async () => {
  const source = `${IMPORT}it('a', () => {})\nit('b', (context) => context.skip('no such server'))\nit.skip('c', () => {})`
  const { code, lines } = await runSuite({ 'skip.test.mjs': source })
  expect(code).toBe(0)
  expect(lines).toContain('skipped: skip.test.mjs > b: no such server')
  expect(lines).toContain('skipped: skip.test.mjs > c: no reason given: use context.skip(reason)')
  expect(lines.at(-1)).toBe('1 passed, 0 failed, 2 skipped')
})

it('counts a failed test, a file that does not load and a broken hook as failures', async () => {
  const { code, lines } = await runSuite({
    'failed.test.mjs': `${IMPORT}it('a', () => expect(1).toBe(2))`,
    'unloadable.test.mjs': "import './absent.mjs'",
    'hook.test.mjs': `${IMPORT}describe('d', () => { beforeAll(() => { throw new Error('no') }); it('a', () => {}) })`,
    'good.test.mjs': `${IMPORT}it('a', () => {})`,
  })
  expect(code).toBe(1)
  expect(lines).toContain('skipped: hook.test.mjs > d > a: not run, a hook before it failed')
  expect(lines.at(-1)).toBe('1 passed, 3 failed, 1 skipped')
})
