/** A person's files: theirs go with the folder that is named after them, other people's are rewritten. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'

vi.setConfig({ testTimeout: 120_000 })

const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data: { email: { is: pd:EmailAddress }, note: { is: pd:Communication } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, note] } }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`
const map = `
store: uploads
connect: { read: env:UPLOADS, execute: env:UPLOADS }
tables:
  files:
    for: support
    people: { customer: { key: customer, by: email, erase: row, owns: true } }
    fields: { content: { is: note, erase: redact }, customer: email, path: email, name: none, modified: none }
`
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-files-'))
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), policy)
  writeFileSync(join(folder, 'stores', 'uploads.yaml'), map)
  const put = (path: string, text: string) => {
    mkdirSync(join(folder, 'up', path, '..'), { recursive: true })
    writeFileSync(join(folder, 'up', path), text)
  }
  put('ada@example.org/2025/photo.txt', 'a photo')
  put('bob@example.org/note.txt', 'ask ada@example.org or adah@example.org')
  put('bob@example.org/other.txt', 'nothing of hers')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function erase() {
  const said: string[] = []
  const out = (text: string) => void said.push(text)
  const env = { UPLOADS: `files:${join(folder, 'up')}/{customer}` }
  const command = ['request', 'erasure', '--identity', 'email=ada@example.org', '--approve-by', 'officer', '--json']
  const code = await runCommand(command, { cwd: folder, env, interactive: false, out, err: out })
  return { code, result: JSON.parse(said.join('')) }
}

it('her folder goes with her files, and only she leaves the notes of others', async () => {
  const { code, result } = await erase()
  expect([code, result.state]).toEqual([0, 'done'])
  expect(existsSync(join(folder, 'up', 'ada@example.org'))).toBe(false)
  const read = (path: string) => readFileSync(join(folder, 'up', path), 'utf8')
  expect(read('bob@example.org/note.txt')).toBe('ask [erased] or adah@example.org')
  expect(read('bob@example.org/other.txt')).toBe('nothing of hers')
})

it('a folder that bears her address is found by the proof, though nothing is in it', async () => {
  mkdirSync(join(folder, 'up', 'archive', 'ada@example.org'), { recursive: true })
  const { code, result } = await erase()
  expect(code).toBe(1)
  expect(result.proof.residual).toMatchObject([{ table: 'files', column: 'path', encoding: 'raw' }])
})
