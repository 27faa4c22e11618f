/** Retention and holds as commands: killed in the middle, with a store down, and what they print. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { ROOT } from './checkout.ts'
import { MAP, PEOPLE, POLICY, vendors } from './retention-vendor.ts'

const vendorOf = vendors()

/** The vendor as files, for the command line. */
function folderOf(url: string): { folder: string; env: Record<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), 'kept-retention-'))
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), POLICY)
  writeFileSync(join(folder, 'stores', 'helpdesk.yaml'), MAP)
  return { folder, env: { HELPDESK: url } }
}

/** `told` answers what was printed since it was last asked. */
function terminalOf(cwd: string, env: Record<string, string>) {
  const printed: string[] = []
  const out = (text: string) => {
    printed.push(text)
  }
  return { terminal: { cwd, env, interactive: false, out, err: () => {} }, told: () => printed.splice(0).join('') }
}

test('a sweep killed in the middle is simply done again: nothing half done, nothing else touched', async () => {
  const vendor = await vendorOf('killed', {
    sql: `${PEOPLE} UPDATE tickets SET updated = '2026-10-01';
      INSERT INTO tickets SELECT g, 1, repeat('x', 100), '2020-01-01' FROM generate_series(1000, 200999) g;`,
  })
  const { folder, env } = folderOf(vendor.url)
  const left = async () => (await vendor.numbers('SELECT count(*) FROM tickets'))[0] ?? 0
  try {
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'kept.js'), 'retention', 'sweep'], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
    while ((await left()) === 200_004) await pause(2)
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    const halfway = await left()
    expect(halfway).toBeGreaterThan(4)
    const { terminal, told } = terminalOf(folder, env)
    expect(await runCommand(['retention', 'verify', '--json'], terminal)).toBe(1)
    expect(JSON.parse(told()).terms[0]).toMatchObject({ rule: 'tickets', outcome: 'broken', overdue: halfway - 4 })
    expect(await runCommand(['retention', 'sweep', '--json'], terminal)).toBe(0)
    expect(JSON.parse(told()).counts).toEqual([
      { store: 'helpdesk', rule: 'tickets', table: 'tickets', what: 'erase', rows: halfway - 4 },
    ])
    expect(await vendor.numbers('SELECT id FROM tickets ORDER BY id')).toEqual([101, 102, 103, 104])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a store that cannot be reached leaves its terms unproven, and the command says so', async () => {
  const { folder, env } = folderOf('postgres://nobody@127.0.0.1:1/none')
  try {
    const { terminal, told } = terminalOf(folder, env)
    expect(await runCommand(['retention', 'sweep'], terminal)).toBe(1)
    const out = told()
    expect(out).toContain('missing for tickets: helpdesk: the store cannot be reached')
    expect(out).toMatch(/unproven +retention\.tickets/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('holds are listed and ended by command, without the names of people', async () => {
  const { folder, env } = folderOf('postgres://nobody@127.0.0.1:1/none')
  try {
    const { terminal, told } = terminalOf(folder, env)
    const add =
      'hold add --ground legal-claims --by jo --until 2099-12-31 --category message --identity email=ada@example.org'
    expect(await runCommand([...add.split(' '), '--json'], terminal)).toBe(0)
    const { id } = JSON.parse(told()).hold
    expect(await runCommand(['hold', 'list'], terminal)).toBe(0)
    const listed = told()
    expect(listed).toMatch(new RegExp(`${id} +legal-claims +2099-12-31 +holds +1 identities +message +all`))
    expect(listed).not.toContain('ada')
    expect(await runCommand(['hold', 'end', id, '--by', 'jo'], terminal)).toBe(0)
    expect(await runCommand(['hold', 'end', id, '--by', 'jo'], terminal)).toBe(2)
    told()
    expect(await runCommand(['hold', 'list', '--json'], terminal)).toBe(0)
    expect(JSON.parse(told()).holds).toMatchObject([{ id, active: false, identities: 1 }])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
