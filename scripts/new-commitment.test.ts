import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { copyOfCheckout } from '../test/checkout.ts'

const run = promisify(execFile)
async function program(folder: string, args: string[]): Promise<{ code: number; output: string }> {
  try {
    const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
    return { code: 0, output: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, output: stdout + stderr }
  }
}

const newCommitment = (folder: string, key: string) => program(folder, [join('scripts', 'new-commitment.ts'), key])
const typeErrors = (folder: string) =>
  program(folder, [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', '.'])
const tests = (folder: string, ...files: string[]) =>
  program(folder, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...files])

it('makes a new kind that compiles, and fails until it is filled', async () => {
  const folder = copyOfCheckout()
  expect(await newCommitment(folder, 'sponsoring')).toMatchObject({ code: 0 })
  expect(readFileSync(join(folder, 'src/commitments/index.ts'), 'utf8')).toContain('  sponsoring,\n] as const')
  const { output } = await typeErrors(folder)
  expect(output.split('\n').filter((line) => line.includes('src/commitments/sponsoring'))).toEqual([])
  const run = await tests(folder, 'src/commitments/sponsoring', 'test/commitments.test.ts')
  expect(run.code).toBe(1)
  expect(run.output).toContain('sponsoring has no prose.ts and gives no reason for it')
  expect(run.output).toContain('Plant a breach of sponsoring on a real system')
}, 60_000)

it('leaves a kind that is there alone', async () => {
  const folder = copyOfCheckout()
  const before = readFileSync(join(folder, 'src/commitments/index.ts'), 'utf8')
  const files = readdirSync(join(folder, 'src/commitments/recourse'))
  expect(await newCommitment(folder, 'recourse')).toMatchObject({ code: 2 })
  expect(readdirSync(join(folder, 'src/commitments/recourse'))).toEqual(files)
  expect(readFileSync(join(folder, 'src/commitments/index.ts'), 'utf8')).toBe(before)
  expect(await newCommitment(folder, 'Not a Name')).toMatchObject({ code: 2 })
}, 60_000)
