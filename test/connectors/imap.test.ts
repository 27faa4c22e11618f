/** Mail on a real server: a person's own mailbox is emptied, they leave other people's, everybody else's mail stays. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { type DovecotServer, startDovecot } from '../dovecot.ts'

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
  mailboxes: { for: mail, person: { key: { email: address }, erase: part }, fields: { address: none } }
  folders: { for: mail, people: { owner: { key: address, to: mailboxes.address, erase: row } }, fields: { folder: message, address: email } }
  messages:
    for: mail
    people:
      owner: { key: address, to: mailboxes.address, erase: row, owns: true }
      sender: { key: from, by: email, erase: part }
      recipient: { key: to, by: email, erase: part }
    fields:
      message: { is: message, codec: mime, erase: redact }
      from-name: { is: name, of: sender }
      address: email
      from: email
      to: email
      cc: email
      bcc: email
      sender: email
      reply-to: email
      delivered-to: email
      subject: message
      folder: none
      uid: none
      date: none
      message-id: none
`
const accounts = ['marta.k@example.org', 'bob@example.org']
const fromHer =
  'From: "Marta K" <marta.k@example.org>\r\nTo: bob@example.org\r\nSubject: order\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nYours, Marta K\r\n'
const lunch =
  'From: ann@example.org\r\nTo: bob@example.org\r\nSubject: lunch\r\n\r\nAt one? marta.kk@example.org comes.\r\n'

let server: DovecotServer | undefined
beforeAll(async () => {
  server = await startDovecot()
})
afterAll(async () => server?.stop())

async function withMail<T>(account: string, use: (client: ImapFlow) => Promise<T>): Promise<T> {
  const url = new URL(server?.url(account) ?? '')
  const client = new ImapFlow({
    host: url.hostname,
    port: Number(url.port),
    secure: false,
    auth: { user: account, pass: 'secret' },
    logger: false,
  })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.logout()
  }
}

const sources = (account: string) =>
  withMail(account, async (client) => {
    const read: string[] = []
    for (const { path } of await client.list()) {
      const lock = await client.getMailboxLock(path)
      for await (const one of client.fetch('1:*', { source: true, flags: true })) {
        read.push(`${path} ${[...(one.flags ?? [])].filter((flag) => flag !== '\\Recent')} ${one.source?.toString()}`)
      }
      lock.release()
    }
    return read
  })

it('erases a person from the mailboxes of a server through an administrator, and proves it', async (context) => {
  if (server === undefined) return context.skip('Dovecot is not here and could not be installed')
  const mail = server
  await withMail('marta.k@example.org', async (client) => {
    await client.mailboxCreate('Trips with Bob')
    await client.append('INBOX', lunch)
    await client.append('Trips with Bob', fromHer)
  })
  await withMail('bob@example.org', async (client) => {
    await client.append('INBOX', fromHer, ['\\Seen', '\\Flagged'])
    await client.append('INBOX', lunch)
    await client.append('INBOX', 'From: ann@example.org\r\nTo: bob@example.org\r\n\r\nAsk marta.k@example.org\r\n')
  })
  const folder = mkdtempSync(join(tmpdir(), 'kept-imap-'))
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), policy)
  writeFileSync(join(folder, 'stores', 'mail.yaml'), map)
  const run = async (...command: string[]) => {
    const said: string[] = []
    const out = (text: string) => void said.push(text)
    const terminal = { cwd: folder, env: { MAIL: mail.adminUrl(accounts) }, interactive: false, out, err: out }
    return { code: await runCommand(command, terminal), said: said.join('') }
  }
  const checked = await run('check')
  expect(checked.code, checked.said).toBe(0)
  const done = await run(
    'request',
    'erasure',
    '--identity',
    'email=marta.k@example.org',
    '--approve-by',
    'officer',
    '--json',
  )
  expect(done.code, done.said).toBe(0)
  expect(JSON.parse(done.said).state).toBe('done')
  expect(await sources('marta.k@example.org')).toEqual([])
  const bobs = await sources('bob@example.org')
  expect(bobs).toHaveLength(3)
  expect(bobs.join()).not.toMatch(/marta\.k@|Marta K/)
  expect(bobs).toContain(`INBOX  ${lunch}`)
  expect(
    bobs.some((text) => /^INBOX \\(Seen,\\Flagged|Flagged,\\Seen) From: .*erased@erased\.invalid/.test(text)),
  ).toBe(true)
  rmSync(folder, { recursive: true, force: true })
}, 120_000)
