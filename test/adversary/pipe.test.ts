/** A reader that stops reading (`kept … | head -1`) crashes nothing. */
import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname

test('a closed pipe is no crash', async () => {
  const child = spawn(process.execPath, [MAIN, 'check', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const code = await new Promise((done) => child.on('close', done))
  expect(err).toBe('')
  expect(code).toBe(0)
})
