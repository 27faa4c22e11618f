/** Copies that are locked: opened with the right secret by other programs, and nothing of them written in clear. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { havePrograms } from './debian.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const run = promisify(execFile)
const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data: { email: { is: pd:EmailAddress }, note: { is: pd:Communication } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, note] } }
rights: { access: { within: P1M } }
`
const map = `
store: uploads
connect: { read: env:UPLOADS }
tables:
  files:
    for: support
    people: { customer: { key: customer, by: email, erase: row } }
    fields: { content: { is: note, erase: redact }, customer: email, path: email, name: none, modified: none }
`
const secret = 'correct horse battery'
const said: string[] = []
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-lock-'))
  mkdirSync(join(folder, 'stores'))
  mkdirSync(join(folder, 'up', 'ada@example.org'), { recursive: true })
  writeFileSync(join(folder, 'kept.yaml'), policy)
  writeFileSync(join(folder, 'stores', 'uploads.yaml'), map)
  writeFileSync(join(folder, 'up', 'ada@example.org', 'letter.txt'), 'a plain word to find: xylophone')
  said.length = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function kept(...command: string[]): Promise<number> {
  const out = (text: string) => void said.push(text)
  const env = { UPLOADS: `files:${join(folder, 'up')}/{customer}`, COPY: secret, SHORT: 'swordfish' }
  return await runCommand(command, { cwd: folder, env, interactive: false, out, err: out })
}
const ask = (...more: string[]) => kept('request', 'access', '--identity', 'email=ada@example.org', ...more)

const holdsClear = (file: string) =>
  ['xylophone', 'ada@example.org', 'files.json', 'index.html'].filter((word) =>
    readFileSync(join(folder, file)).includes(word),
  )

it('a passphrase locks the copy and the names in it; another program opens it, and only with the passphrase', async (context) => {
  if (!(await havePrograms(['/usr/bin/7z'], ['p7zip-full'])))
    return context.skip('7z is not here and could not be installed')
  expect(await ask('--out', 'copy.zip', '--passphrase', 'env:COPY'), said.join('')).toBe(0)
  expect(holdsClear('copy.zip')).toEqual([])
  const unpack = (password: string, file: string) =>
    run('/usr/bin/7z', ['x', '-y', `-p${password}`, `-o${folder}/opened`, file])
  await expect(unpack('wrong horse battery', join(folder, 'copy.zip'))).rejects.toThrow()
  await unpack(secret, join(folder, 'copy.zip'))
  await unpack('', join(folder, 'opened', 'copy.zip'))
  expect(readFileSync(join(folder, 'opened', 'data', 'uploads', 'files.json'), 'utf8')).toContain('xylophone')
  return undefined
})

it('a copy for an age key is opened by age', async (context) => {
  if (!(await havePrograms(['/usr/bin/age', '/usr/bin/age-keygen'], ['age'])))
    return context.skip('age is not here and could not be installed')
  await run('/usr/bin/age-keygen', ['-o', join(folder, 'key')])
  const recipient = /age1\w+/.exec(readFileSync(join(folder, 'key'), 'utf8'))?.[0] ?? ''
  expect(await ask('--out', 'copy.zip.age', '--recipient', recipient), said.join('')).toBe(0)
  expect(holdsClear('copy.zip.age')).toEqual([])
  await run('/usr/bin/age', [
    '-d',
    '-i',
    join(folder, 'key'),
    '-o',
    join(folder, 'copy.zip'),
    join(folder, 'copy.zip.age'),
  ])
  expect(readFileSync(join(folder, 'copy.zip')).subarray(0, 2).toString()).toBe('PK')
  expect(holdsClear('copy.zip')).toContain('index.html')
  return undefined
})

it('a locked copy is never written another way: not with a weak or missing secret, nor when the request goes on later', async () => {
  for (const [more, code] of [
    [['--out', 'copy.zip', '--passphrase', 'env:SHORT'], 'export.passphrase-short'],
    [['--out', 'copy.zip', '--passphrase', 'env:NOTHING'], 'export.no-passphrase'],
    [['--out', 'copy.zip', '--passphrase', secret], 'export.no-passphrase'],
    [['--out', 'copy', '--passphrase', 'env:COPY'], 'export.name'],
    [['--out', 'copy.zip', '--recipient', 'age1qqqq'], 'export.name'],
    [['--out', 'copy.zip.age', '--recipient', 'age1qqqq'], 'export.recipient-unknown'],
    [['--out', 'copy.zip', '--passphrase', 'env:COPY', '--recipient', 'age1qqqq'], 'export.two-locks'],
  ] as const) {
    said.length = 0
    expect(await ask(...more), code).toBe(2)
    expect(said.join('')).toContain(code)
    expect(said.join('')).not.toContain(secret)
  }
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([])
  said.length = 0
  expect(await ask('--preview', '--passphrase', 'env:COPY', '--json')).toBe(0)
  const { id } = JSON.parse(said.join(''))
  expect(await kept('request', 'resume', id, '--out', 'later.zip'), said.join('')).toBe(0)
  expect(holdsClear('later.zip')).toEqual([])
  expect(existsSync(join(folder, `kept-export-${id}`))).toBe(false)
})
