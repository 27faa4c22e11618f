/** A person's mail on disk: their own mailbox goes, they leave other people's, and everybody else's stays as it was. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'

// Whole journeys through the command line.
vi.setConfig({ testTimeout: 120_000 })

const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data: { email: { is: pd:EmailAddress }, name: { is: pd:Name }, message: { is: pd:Communication } }
purposes: { mail: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, name, message] } }
rights: { access: { within: P1M }, erasure: { within: P1M } }
`
const map = `
store: mail
connect: { read: env:MAIL, execute: env:MAIL }
tables:
  mailboxes:
    for: mail
    person: { key: { email: address }, erase: row }
    fields: { mailbox: email, address: email, domain: none, user: none }
  messages:
    for: mail
    people:
      owner: { key: address, to: mailboxes.address, erase: row, owns: true }
      sender: { key: from, by: email, erase: part }
      recipient: { key: to, by: email, erase: part }
      copied: { key: cc, by: email, erase: part }
    fields:
      message: { is: message, codec: mime, erase: redact }
      mailbox: email
      address: email
      from: email
      to: email
      cc: email
      bcc: email
      sender: email
      reply-to: email
      delivered-to: email
      subject: message
      from-name: { is: name, of: sender }
      domain: none
      user: none
      folder: none
      file: none
      date: none
      message-id: none
  files:
    for: mail
    people: { owner: { key: address, to: mailboxes.address, erase: row, owns: true } }
    fields: { content: { is: message, erase: redact }, mailbox: email, address: email, path: none, domain: none, user: none }
`
const subject = 'marta.k@example.org'
const toBob = [
  'From: =?utf-8?q?Marta_Zieli=C5=84ska?= <marta.k@example.org>',
  'To: bob@example.org',
  'Subject: The order',
  'Date: Tue, 3 Mar 2026 10:00:00 +0100',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('Dear Bob, write to me at marta.k@example.org. Ask Ann too.').toString('base64'),
  '--b',
  'Content-Type: application/gzip',
  'Content-Transfer-Encoding: base64',
  '',
  gzipSync('log of marta.k@example.org').toString('base64'),
  '--b--',
  '',
].join('\r\n')
const aboutHer =
  'From: ann@example.org\r\nTo: bob@example.org\r\nSubject: a tip\r\n\r\nAsk marta.k@example.org, she knows.\r\n'
const others =
  'From: ann@example.org\r\nTo: bob@example.org\r\nSubject: lunch\r\n\r\nAt one? marta.kk@example.org comes too.\r\n'

let folder: string
let mail: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-maildir-'))
  mail = join(folder, 'mail')
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), policy)
  writeFileSync(join(folder, 'stores', 'mail.yaml'), map)
  for (const user of ['marta.k', 'marta.kk', 'bob', 'ann']) {
    for (const part of ['cur', 'new', 'tmp', '.Sent/cur', '.Sent/new', '.Sent/tmp'])
      mkdirSync(join(mail, 'example.org', user, part), { recursive: true })
  }
  const put = (place: string, text: string) => writeFileSync(join(mail, 'example.org', place), text)
  put('marta.k/.Sent/cur/100.M1.host:2,S', toBob)
  put('marta.k/dovecot.sieve', 'redirect "marta@elsewhere.example";')
  put(`bob/cur/200.M1.host,S=${toBob.length}:2,S`, toBob)
  put('bob/new/201.M1.host', aboutHer)
  put('bob/cur/202.M1.host:2,', others)
  put('bob/dovecot.index.cache', 'subject of marta.k@example.org')
  put('ann/.Sent/cur/300.M1.host:2,S', others)
  put('marta.kk/cur/400.M1.host:2,S', others)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function run(...command: string[]) {
  const said: string[] = []
  const terminal = {
    cwd: folder,
    env: { MAIL: `maildir:${mail}/%d/%n` },
    interactive: false,
    out: (text: string) => void said.push(text),
    err: (text: string) => void said.push(text),
  }
  return { code: await runCommand(command, terminal), said: said.join('') }
}

function files(below = mail): Record<string, string> {
  return Object.fromEntries(
    readdirSync(below, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(mail.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  )
}

it('erases a person from the mail of a whole server and proves it', async () => {
  const before = files()
  const checked = await run('check')
  expect(checked.code, checked.said).toBe(0)
  const done = await run('request', 'erasure', '--identity', `email=${subject}`, '--approve-by', 'officer', '--json')
  expect(done.code, done.said).toBe(0)
  const result = JSON.parse(done.said)
  expect(result.state).toBe('done')
  const tables = result.stores[0].tables.map(
    ({ table, role, action, rows }: Record<string, unknown>) => `${table} ${role} ${action} ${rows}`,
  )
  expect(tables).toEqual(
    expect.arrayContaining([
      'messages owner row 1',
      'messages sender part 1',
      'messages mention mention 1',
      'files owner row 1',
      'mailboxes person row 1',
    ]),
  )
  const after = files()
  expect(Object.keys(after).some((path) => path.includes('/marta.k/'))).toBe(false)
  expect(after['example.org/bob/dovecot.index.cache']).toBeUndefined()
  for (const [path, hash] of Object.entries(before)) {
    if (/\/marta\.kk\/|\/ann\/|202\./.test(path)) expect(after[path], path).toBe(hash)
  }
  const rest = readdirSync(join(mail, 'example.org', 'bob', 'cur')).filter((name) => name.startsWith('200'))
  const text = readFileSync(join(mail, 'example.org', 'bob', 'cur', rest[0] ?? ''), 'latin1')
  expect(text).not.toMatch(/marta|Zieli/i)
  expect(Buffer.from(/base64\r\n\r\n(\S+)/.exec(text)?.[1] ?? '', 'base64').toString()).toBe(
    'Dear Bob, write to me at [erased]. Ask Ann too.',
  )
  expect(rest[0]).toContain(`S=${Buffer.byteLength(text, 'latin1')}`)
})

it('a mail that the map leaves out is found by the proof', async () => {
  writeFileSync(join(mail, 'example.org', 'ann', 'new', '301.M1.host'), aboutHer)
  writeFileSync(join(folder, 'stores', 'mail.yaml'), map.replace('{ is: message, codec: mime, erase: redact }', 'none'))
  const done = await run('request', 'erasure', '--identity', `email=${subject}`, '--approve-by', 'officer', '--json')
  expect(done.code, done.said).toBe(1)
  const residual = JSON.parse(done.said).proof.residual.map(
    (one: Record<string, unknown>) => `${one.class} ${one.table}`,
  )
  expect(residual).toContain('unmapped messages')
})

it('copies a person all their mail, other people left out of what they only share', async () => {
  const done = await run('request', 'access', '--identity', `email=${subject}`, '--out', 'copy')
  expect(done.code, done.said).toBe(0)
  const messages = readFileSync(join(folder, 'copy', 'data', 'mail', 'messages.json'), 'utf8')
  expect(JSON.parse(messages)).toHaveLength(3)
  expect(messages).toContain('log of marta.k@example.org')
  expect(messages).not.toContain('lunch')
})
