/** A letter really travels: out over OpenSMTPD into a mailbox of Dovecot; answers and bounces are collected from one. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { KeptDatabase } from '../src/database/open.ts'
import type { IncomingLetter, Letter } from '../src/letters.ts'
import type { Sender } from '../src/mail/compose.ts'
import { collectMail } from '../src/mail/incoming/imap.ts'
import { sendDue } from '../src/mail/send-due.ts'
import { type MailTransport, smtpTransport } from '../src/mail/transport.ts'
import { newPlace, type Place } from './database-modes.ts'
import { type DovecotServer, startDovecot } from './dovecot.ts'
import { freePort } from './free-port.ts'
import { type SmtpServer, startOpenSmtpd } from './opensmtpd.ts'
import { serverRan } from './postgres.ts'

const sender: Sender = { name: 'Larkspur Privacy', address: 'privacy@example.org', plus: true }
const arrival = { addresses: ['privacy@example.org'], domain: 'example.org' }
const letter = (to: string, more: Partial<Letter> = {}): Letter => ({
  type: 'case',
  to,
  language: 'en',
  subject: 'Your request',
  text: 'We got it.\n\nRead more at https://www.example.org/case.',
  domain: 'example.org',
  ...more,
})

let dovecot: DovecotServer | undefined
let smtp: SmtpServer | undefined
let away: SMTPServer
let place: Place
let database: KeptDatabase
let transport: MailTransport

beforeAll(async () => {
  dovecot = await startDovecot()
  // Somebody else's server, which takes the connection and knows nobody.
  away = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })),
  })
  const port = await freePort()
  await new Promise<void>((resolve) => away.listen(port, '127.0.0.1', resolve))
  if (dovecot !== undefined)
    smtp = await startOpenSmtpd(dovecot.mail, { refused: ['ghost@example.org'], relays: { 'away.example': port } })
  if (dovecot !== undefined) serverRan(dovecot.version)
  if (smtp !== undefined) serverRan(smtp.version)
  place = await newPlace({ name: 'server', shared: true, journal: false })
  database = await place.open()
  transport = smtpTransport({ url: smtp?.url ?? 'smtp://127.0.0.1:9' })
})

afterAll(async () => {
  transport.close()
  await database.close()
  place.remove()
  await smtp?.stop()
  await new Promise<void>((resolve) => away.close(() => resolve()))
  await dovecot?.stop()
})

/** Mails in a mailbox, as files; waited for until there are so many. */
async function inbox(name: string, least: number): Promise<readonly string[]> {
  const folder = join(dovecot?.mail ?? '', 'example.org', name, 'new')
  for (let tries = 0; tries < 100; tries++) {
    const files = (() => {
      try {
        return readdirSync(folder)
      } catch {
        return []
      }
    })()
    if (files.length >= least) return files.map((file) => readFileSync(join(folder, file), 'latin1'))
    await pause(100)
  }
  throw new Error(`no mail in the mailbox ${name}`)
}

async function collect(least: number): Promise<readonly IncomingLetter[]> {
  await inbox('privacy', least)
  const letters: IncomingLetter[] = []
  await collectMail({ url: dovecot?.url('privacy@example.org') ?? '' }, arrival, async (one) => {
    letters.push(one)
  })
  return letters
}

it('sends what is due, once, and destroys its text; what the server refuses is told as a code', async (context) => {
  if (smtp === undefined) return context.skip('OpenSMTPD or Dovecot cannot run here')
  const [ada, ghost] = await database.letters.post([
    letter('ada@example.org', { about: 'case1', replyToken: 'r4token' }),
    letter('ghost@example.org'),
  ])
  expect(await sendDue(database.letters, transport, sender)).toEqual({ accepted: 1, failed: 1, retried: 0 })
  expect(await sendDue(database.letters, transport, sender)).toEqual({ accepted: 0, failed: 0, retried: 0 })
  expect(await database.letters.letterOf(ada?.messageId ?? '')).toMatchObject({
    state: 'accepted',
    reply: { code: 250 },
  })
  expect(await database.letters.letterOf(ghost?.messageId ?? '')).toMatchObject({
    state: 'failed',
    reply: { code: 550 },
  })
  const [mail = ''] = await inbox('ada', 1)
  expect(mail).toContain(`Message-ID: ${ada?.messageId}`)
  expect(mail).toContain('Reply-To: privacy+r4token@example.org')
  expect(mail).toContain(`Return-Path: <privacy+b-${ada?.id}@example.org>`)
  expect(mail).toContain('Auto-Submitted: auto-replied')
})

it('collects the answer to it once, from the address that names the case', async (context) => {
  if (smtp === undefined) return context.skip('OpenSMTPD or Dovecot cannot run here')
  const [mail = ''] = await inbox('ada', 1)
  const id = /Message-ID: (<.*>)/.exec(mail)?.[1] ?? ''
  const person = smtpTransport({ url: smtp.url })
  const answer = `From: Ada <Ada@example.org>\r\nTo: privacy+r4token@example.org\r\nSubject: Re: Your request\r\nMessage-ID: <1@ada.example>\r\nIn-Reply-To: ${id}\r\n\r\nThank you.\r\n`
  await person.send({ from: 'ada@example.org', to: 'privacy+r4token@example.org', bytes: Buffer.from(answer) })
  person.close()
  const [got, ...more] = await collect(1)
  expect(more).toEqual([])
  expect(got).toMatchObject({
    messageId: '<1@ada.example>',
    from: 'ada@example.org',
    to: ['privacy+r4token@example.org'],
    references: [id],
    text: 'Thank you.\n',
    automatic: false,
  })
  expect(await collect(0)).toEqual([])
})

it('knows a bounce of another server for the letter it is about', async (context) => {
  if (smtp === undefined) return context.skip('OpenSMTPD or Dovecot cannot run here')
  const [posted] = await database.letters.post([letter('gone@away.example')])
  expect(await sendDue(database.letters, transport, sender)).toMatchObject({ accepted: 1 })
  const [report] = await collect(1)
  expect(report).toMatchObject({ bounceOf: posted?.messageId, automatic: true })
  expect(await database.letters.bounced(report?.bounceOf ?? '')).toMatchObject({ id: posted?.id, state: 'bounced' })
})
