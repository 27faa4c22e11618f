/** What a mail server may say to us, and we to one: encryption, sign-in, refusals, waits; and mail handed over directly. */
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { KeptDatabase } from '../src/database/open.ts'
import type { IncomingLetter, Letter } from '../src/letters.ts'
import type { Sender } from '../src/mail/compose.ts'
import { listenForMail, type MailListener } from '../src/mail/incoming/listener.ts'
import { nextTry, sendDue } from '../src/mail/send-due.ts'
import { type MailTransport, smtpTransport } from '../src/mail/transport.ts'
import { newPlace, type Place } from './database-modes.ts'
import { freePort } from './free-port.ts'
import { ownCertificate } from './mail-certificate.ts'

const sender: Sender = { name: 'Larkspur', address: 'privacy@example.org' }
const letter: Letter = {
  type: 'case',
  to: 'ada@example.org',
  language: 'en',
  subject: 'x',
  text: 'y',
  domain: 'example.org',
}
const message = { from: 'privacy@example.org', to: 'ada@example.org', bytes: Buffer.from('Subject: x\r\n\r\ny\r\n') }

let certificate: { readonly certificate: string; readonly key: string } | undefined
let place: Place
let database: KeptDatabase
let now = new Date('2026-11-22T12:00:00Z')
const opened: (() => Promise<void> | void)[] = []

beforeAll(async () => {
  certificate = await ownCertificate()
  place = await newPlace({ name: 'server', shared: true, journal: false })
  database = await place.open({ clock: { now: () => now } })
})
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})
afterAll(async () => {
  await database.close()
  place.remove()
})

async function serve(options: SMTPServerOptions, host = '127.0.0.1'): Promise<number> {
  const server = new SMTPServer({ authOptional: true, closeTimeout: 100, disableReverseLookup: true, ...options })
  server.on('error', () => undefined)
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  opened.push(() => new Promise((resolve) => server.close(() => resolve())))
  return port
}
function transportTo(url: string, more: { readonly authority?: string; readonly plain?: boolean } = {}): MailTransport {
  const transport = smtpTransport({ url, ...more })
  opened.push(() => transport.close())
  return transport
}
const replies = (stage: 'onMailFrom' | 'onRcptTo', responseCode: number): SMTPServerOptions => ({
  disabledCommands: ['STARTTLS'],
  [stage]: (_address: unknown, _session: unknown, done: (error: Error) => void) =>
    done(Object.assign(new Error('4.2.2 ada@example.org is over quota'), { responseCode })),
})

it('signs in over TLS to a server whose certificate holds, and to no other', async (context) => {
  if (certificate === undefined) return context.skip('openssl is not here')
  let encrypted = false
  const port = await serve(
    {
      cert: certificate.certificate,
      key: certificate.key,
      onAuth: ({ username, password }, { secure }, done) => {
        encrypted = secure
        if (username === 'kept' && password === 'sec ret') done(null, { user: 'kept' })
        else done(Object.assign(new Error('no'), { responseCode: 535 }))
      },
    },
    '127.0.0.2',
  )
  const authority = certificate.certificate
  await transportTo(`smtp://kept:sec%20ret@127.0.0.2:${port}`, { authority }).check()
  expect(encrypted).toBe(true)
  const wrong = transportTo(`smtp://kept:wrong@127.0.0.2:${port}`, { authority })
  await expect(wrong.check()).rejects.toMatchObject({ code: 'mail.sign-in' })
  expect(await wrong.send(message)).toMatchObject({ is: 'down', fault: { code: 'mail.sign-in' } })
  await expect(transportTo(`smtp://127.0.0.2:${port}`).check()).rejects.toMatchObject({ code: 'mail.not-encrypted' })
})

it('sends nothing to another machine that offers no encryption, unless it is told to', async () => {
  let got = 0
  const onData: NonNullable<SMTPServerOptions['onData']> = (stream, _session, done) => {
    got++
    stream.resume().on('end', () => done())
  }
  const port = await serve({ disabledCommands: ['STARTTLS'], onData }, '127.0.0.2')
  expect(await transportTo(`smtp://127.0.0.2:${port}`).send(message)).toMatchObject({
    is: 'down',
    fault: { code: 'mail.not-encrypted' },
  })
  expect(got).toBe(0)
  expect(await transportTo(`smtp://127.0.0.2:${port}`, { plain: true }).send(message)).toMatchObject({ is: 'accepted' })
  expect(got).toBe(1)
})

it('keeps the codes of a refusal, never its words', async () => {
  const refusing = transportTo(`smtp://127.0.0.1:${await serve(replies('onRcptTo', 550))}`)
  const refused = await refusing.send(message)
  expect(refused).toEqual({ is: 'refused', reply: { code: 550, status: '4.2.2' } })
  expect(JSON.stringify(refused)).not.toContain('ada@')
})

it('waits longer and longer for what passes, and gives up after five days', async () => {
  const transport = transportTo(`smtp://127.0.0.1:${await serve(replies('onRcptTo', 452))}`)
  const [posted] = await database.letters.post([letter])
  const waits: number[] = []
  for (let tries = 0; tries < 40; tries++) {
    const sent = await sendDue(database.letters, transport, sender, () => now)
    if (sent.failed === 1) break
    expect(sent).toEqual({ accepted: 0, failed: 0, retried: 1 })
    expect(await sendDue(database.letters, transport, sender, () => now)).toMatchObject({ retried: 0 })
    const record = await database.letters.letterOf(posted?.messageId ?? '')
    waits.push((Date.parse(record?.dueAt ?? '') - now.getTime()) / 60_000)
    now = new Date(record?.dueAt ?? '')
  }
  expect(waits.slice(0, 7)).toEqual([1, 5, 15, 60, 180, 360, 360])
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(5 * 24 * 60)
  expect(await database.letters.letterOf(posted?.messageId ?? '')).toMatchObject({
    state: 'failed',
    reply: { code: 452 },
  })
  expect(nextTry(1, '2026-11-01T00:00:00Z', now)).toBeUndefined()
})

it('loses no letter where the sender is not taken, or no server is there', async () => {
  await database.letters.post([letter, letter, letter, letter, letter])
  const sent = await sendDue(
    database.letters,
    transportTo(`smtp://127.0.0.1:${await serve(replies('onMailFrom', 553))}`),
    sender,
    () => now,
  )
  expect(sent).toMatchObject({ accepted: 0, failed: 0, down: { code: 'mail.unreachable' } })
  now = new Date(now.getTime() + 3_600_000)
  const nobody = transportTo(`smtp://127.0.0.1:${await freePort()}`)
  expect(await sendDue(database.letters, nobody, sender, () => now)).toMatchObject({
    failed: 0,
    down: { code: 'mail.unreachable' },
  })
})

it('hands a letter to one of two who send at once', async () => {
  now = new Date(now.getTime() + 86_400_000)
  const seen: string[] = []
  const port = await serve({
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = ''
      stream.on('data', (piece: Buffer) => {
        text += piece
      })
      stream.on('end', () => {
        seen.push(/Message-ID: (\S+)/.exec(text)?.[1] ?? '')
        done()
      })
    },
  })
  const other = await place.open({ clock: { now: () => now } })
  opened.push(() => other.close())
  await database.letters.post(Array.from({ length: 40 }, () => letter))
  const by = [database, other].map((one) =>
    sendDue(one.letters, transportTo(`smtp://127.0.0.1:${port}`), sender, () => now),
  )
  const [one, two] = await Promise.all(by)
  expect((one?.accepted ?? 0) + (two?.accepted ?? 0)).toBe(seen.length)
  expect(seen.length).toBeGreaterThanOrEqual(40)
  expect(new Set(seen).size).toBe(seen.length)
})

const arrival = { addresses: ['privacy@example.org'], domain: 'example.org' }
async function listen(
  take: (letter: IncomingLetter) => Promise<void>,
  more: Partial<Parameters<typeof listenForMail>[0]> = {},
): Promise<MailListener> {
  const listener = await listenForMail({ port: 0, ...more }, arrival, take)
  opened.push(() => listener.close())
  return listener
}

it.each(['smtp', 'lmtp'] as const)('takes mail over %s for its own addresses only', async (protocol) => {
  const taken: IncomingLetter[] = []
  const { port } = await listen(async (one) => void taken.push(one), { protocol })
  const { createTransport } = await import('nodemailer')
  const client = createTransport({ host: '127.0.0.1', port, lmtp: protocol === 'lmtp', ignoreTLS: true })
  const raw = 'From: Ada <ada@people.example>\r\nSubject: hi\r\n\r\nHello.\r\n'
  const send = (to: string, from = 'ada@people.example') => client.sendMail({ envelope: { from, to: [to] }, raw })
  await send('Privacy+r4@Example.org')
  await expect(send('eve@elsewhere.example')).rejects.toMatchObject({ responseCode: 550 })
  await send('privacy@example.org', '')
  client.close()
  expect(taken).toMatchObject([
    { from: 'ada@people.example', to: ['privacy+r4@example.org'], automatic: false },
    { to: ['privacy@example.org'], automatic: true },
  ])
})

it('lets the other side keep a mail that could not be stored', async () => {
  const { port } = await listen(async () => {
    throw new Error('the database is away: ada@people.example')
  })
  const sent = await transportTo(`smtp://127.0.0.1:${port}`).send({ ...message, to: 'privacy@example.org' })
  expect(sent).toEqual({ is: 'passing', reply: { code: 451, status: '4.3.0' } })
})

it('takes no mail over the network without encryption', async () => {
  await expect(listen(async () => undefined, { host: '0.0.0.0' })).rejects.toMatchObject({ code: 'mail.listen-open' })
})
