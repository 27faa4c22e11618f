/** kept mail on the command line: a letter to itself, a mail that opens a case, and the letter that answers it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { smtpTransport } from '../src/mail/transport.ts'
import { openSql } from '../src/sql/open.ts'
import { type DovecotServer, startDovecot } from './dovecot.ts'
import { type SmtpServer, startOpenSmtpd } from './opensmtpd.ts'
import { freshDatabase, serverRan } from './postgres.ts'

const policy = `
kept: 1
controller: { name: Larkspur Ltd, country: GB, contact: privacy@example.org }
law: [uk-gdpr]
data: { email: { is: pd:EmailAddress } }
purposes: { support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email] } }
recourse: { contact: { is: contact, at: [ask@example.org, "+44 20 0000 0000"] } }
rights: { access: { within: P1M, at: privacy@example.org }, erasure: { within: P1M } }
`
const server = `
mail:
  from: { name: Larkspur Privacy, address: privacy@example.org }
  plus: true
  smtp: { url: env:SMTP }
  imap: { url: file:imap.url }
  dkim: { selector: kept, key: file:dkim.pem }
`
const map = `
store: desk
connect: { read: env:DESK, execute: env:DESK }
tables: { users: { for: support, person: { key: { email: email }, erase: row }, fields: { email: email } } }
`
let dovecot: DovecotServer | undefined
let smtp: SmtpServer | undefined
let folder: string
let desk: string
let own: string

beforeAll(async () => {
  dovecot = await startDovecot()
  if (dovecot !== undefined) smtp = await startOpenSmtpd(dovecot.mail)
  if (dovecot !== undefined) serverRan(dovecot.version)
  if (smtp !== undefined) serverRan(smtp.version)
  desk = await freshDatabase('desk')
  own = await freshDatabase('own')
  const pool = await openSql(desk)
  await pool.query("CREATE TABLE users (email text); INSERT INTO users VALUES ('ada@example.org')")
  await pool.close()
  folder = mkdtempSync(join(tmpdir(), 'kept-mail-'))
  mkdirSync(join(folder, 'stores'))
  const { generateKeyPairSync } = await import('node:crypto')
  const { privateKey } = generateKeyPairSync('ed25519')
  for (const [name, text] of Object.entries({
    'kept.yaml': policy,
    'kept.server.yaml': server,
    'stores/desk.yaml': map,
    'imap.url': dovecot?.url('privacy@example.org') ?? '',
    'dkim.pem': privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }))
    writeFileSync(join(folder, name), text)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await smtp?.stop()
  await dovecot?.stop()
})

async function kept(...words: string[]) {
  const told = { out: '', err: '' }
  const code = await runCommand(words, {
    cwd: folder,
    env: { SMTP: smtp?.url ?? '', DESK: desk, KEPT_DATABASE_URL: own, KEPT_KEYS: join(folder, 'keys') },
    out: (text) => {
      told.out += text
    },
    err: (text) => {
      told.err += text
    },
    interactive: false,
  })
  return { code, ...told }
}
const inbox = async (name: string, least: number): Promise<readonly string[]> => {
  const box = join(dovecot?.mail ?? '', 'example.org', name, 'new')
  for (let tries = 0; tries < 100; tries++) {
    try {
      const files = readdirSync(box)
      if (files.length >= least) return files.map((file) => readFileSync(join(box, file), 'utf8'))
    } catch {}
    await pause(100)
  }
  throw new Error(`no mail in ${name}`)
}

it('says whether mail gets through, and what the DNS must hold', async (context) => {
  if (smtp === undefined) return context.skip('OpenSMTPD or Dovecot cannot run here')
  const { code, out } = await kept('mail', 'check')
  expect(out).toContain('Our addresses: privacy@example.org, ask@example.org')
  expect(out).toMatch(/kept\._domainkey\.example\.org TXT "v=DKIM1; k=ed25519; p=/)
  expect(out).toContain('A letter to privacy@example.org: taken (250 2.0.0)')
  expect(out).toContain('The letter arrived there.')
  expect(code).toBe(0)
})

it('opens a case for a mail, and its letter reaches the person, signed', async (context) => {
  if (smtp === undefined) return context.skip('OpenSMTPD or Dovecot cannot run here')
  const person = smtpTransport({ url: smtp.url })
  const mail =
    'From: Ada <ada@example.org>\r\nTo: ask@example.org\r\nSubject: My data\r\nMessage-ID: <q1@ada.example>\r\n\r\nPlease send me a copy of all my personal data.\r\n'
  await person.send({ from: 'ada@example.org', to: 'privacy@example.org', bytes: Buffer.from(mail) })
  person.close()
  await inbox('privacy', 1)
  const collected = await kept('mail', 'collect', '--json')
  expect(JSON.parse(collected.out)).toMatchObject({ taken: 1, unread: {}, outcomes: { opened: 1 } })
  expect((await kept('mail', 'collect')).out).toBe('0 mails taken.\n')
  const sent = await kept('mail', 'send')
  expect(sent).toMatchObject({ code: 0, err: '' })
  const [letter = ''] = await inbox('ada', 1)
  expect(letter).toContain('Your case: ')
  expect(letter).toMatch(/^DKIM-Signature: v=1; a=ed25519-sha256;/m)
  expect(letter).toMatch(/^Reply-To: privacy\+[0-9a-z]{28}@example\.org/m)
}, 120_000)

it('says that mail is not configured, and how it would be', async () => {
  writeFileSync(join(folder, 'other.yaml'), '{}')
  expect(await kept('mail', 'send', '--config', 'other.yaml')).toMatchObject({ code: 2 })
  expect((await kept('mail', 'send', '--config', 'other.yaml')).err).toContain('mail.not-configured')
})
