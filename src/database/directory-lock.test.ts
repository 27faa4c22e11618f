import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDirectory } from './directory-lock.ts'

const module = new URL('./directory-lock.ts', import.meta.url).href

describe('lockDirectory', () => {
  let directory: string
  const lock = () => join(directory, 'lock')
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kept-lock-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('is exclusive, tells the holder, and leaves nothing behind', () => {
    const release = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(expect.objectContaining({ code: 'database.in-use' }))
    expect(() => lockDirectory(directory)).toThrow(String(process.pid))
    release()
    lockDirectory(directory)()
    expect(readdirSync(directory)).toEqual([])
  })

  it('takes over from a killed process', () => {
    const script = `const { lockDirectory } = await import(${JSON.stringify(module)}); lockDirectory(${JSON.stringify(directory)}); process.kill(process.pid, 'SIGKILL')`
    spawnSync(process.execPath, ['--input-type=module', '-e', script])
    expect(existsSync(lock())).toBe(true)
    lockDirectory(directory)()
    expect(readdirSync(directory)).toEqual([])
  })

  it('takes a reused pid for a dead holder, and a holder on another machine for a living one', () => {
    const holder = { pid: process.pid, started: 'another boot 1', host: hostname(), nonce: '0123456789abcdef' }
    writeFileSync(lock(), JSON.stringify(holder))
    lockDirectory(directory)()
    writeFileSync(lock(), JSON.stringify({ ...holder, host: 'elsewhere.example' }))
    expect(() => lockDirectory(directory)).toThrow('elsewhere.example')
    expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ host: 'elsewhere.example' })
  })

  it('lets one of many take over a dead lock at the same moment', async () => {
    const holder = { pid: 999_999_999, started: 'x', host: hostname(), nonce: '0123456789abcdef' }
    writeFileSync(lock(), JSON.stringify(holder))
    const at = Date.now() + 1500
    const script = `const { lockDirectory } = await import(${JSON.stringify(module)});
      while (Date.now() < ${at}) {}
      try { lockDirectory(${JSON.stringify(directory)}); console.log('mine'); setTimeout(() => {}, 1500) } catch (error) { console.log(error.code) }`
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script])
        let said = ''
        child.stdout.on('data', (text: Buffer) => {
          said += text.toString()
        })
        await new Promise((resolve) => child.once('close', resolve))
        return said.trim()
      }),
    )
    expect(outcomes.toSorted()).toEqual(['database.in-use', 'database.in-use', 'database.in-use', 'mine'])
  })
})
