import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, it } from 'vitest'
import { findNpm } from '../bin/pinned-node.mjs'
import { build } from '../scripts/build.ts'
import { copyOfCheckout, ROOT } from './checkout.ts'

const run = promisify(execFile)

/** A folder of somebody who installed the package. */
let home: string
let installed: string

beforeAll(async () => {
  const checkout = copyOfCheckout()
  build(checkout)
  await run(process.execPath, [findNpm(), 'pack', '--ignore-scripts', '--silent'], { cwd: checkout })
  const archive = readdirSync(checkout).find((name) => name.endsWith('.tgz')) ?? ''
  home = join(checkout, 'home')
  installed = join(home, 'node_modules', 'kept')
  mkdirSync(installed, { recursive: true })
  await run('tar', ['-xzf', join(checkout, archive), '-C', installed, '--strip-components=1'])
  symlinkSync(join(ROOT, 'node_modules'), join(installed, 'node_modules'))
})

it('ships the command, what it is compiled to, and nothing else', () => {
  const shipped = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter(
    (file) => !file.startsWith('node_modules'),
  )
  const strange = shipped.filter((file) => /\.test\.|(^|[^d])\.ts$/.test(file) && !file.endsWith('.d.ts'))
  expect(strange).toEqual([])
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'node_modules', 'package.json'])
})

it('can be imported by its name', async () => {
  const code = "import { Fault } from 'kept'; console.log(Fault.name)"
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: home })
  expect(stdout).toBe('Fault\n')
})

it('runs its command from what was compiled', async (context) => {
  if (!existsSync(join(ROOT, 'src', 'cli', 'main.ts'))) context.skip('this checkout holds no command line')
  const { stdout } = await run(process.execPath, [join(installed, 'bin', 'kept.js'), '--help'], { cwd: home })
  expect(stdout).toContain('kept')
})
