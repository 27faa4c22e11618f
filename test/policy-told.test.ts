/** A version that was promised by mail waits until real mail servers took the letters; one that refuses them keeps it back. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sha256Hex } from '../src/base/hash.ts'
import type { KeptDatabase } from '../src/database/open.ts'
import { sendDue } from '../src/mail/send-due.ts'
import { smtpTransport } from '../src/mail/transport.ts'
import { comparePolicies } from '../src/notice/difference/compare-policies.ts'
import { activateVersion } from '../src/notice/versions/activate.ts'
import { builtNotice } from '../src/notice/versions/built-notice.ts'
import type { NoticeEvidence } from '../src/notice/versions/evidence.ts'
import { mailPromise } from '../src/notice/versions/mail-promise.ts'
import { publishVersion } from '../src/notice/versions/publish.ts'
import { recordTelling, type TellInput, tellByMail } from '../src/notice/versions/tell.ts'
import { readPolicyBytes } from '../src/policy/policy.ts'
import { openSql } from '../src/sql/open.ts'
import { type Connected, connect, readFaultless } from '../src/workspace/workspace.ts'
import { newPlace, type Place } from './database-modes.ts'
import { type DovecotServer, startDovecot } from './dovecot.ts'
import { freePort } from './free-port.ts'
import { type SmtpServer, startOpenSmtpd } from './opensmtpd.ts'
import { freshDatabase } from './postgres.ts'

const policyText = (keep: string, channels = '[email]') => `
kept: 1
controller: { name: Foxglove Ltd }
data: { email: { is: pd:EmailAddress }, ip: { is: pd:IPAddress } }
purposes: { news: { is: dpv:DirectMarketing, basis: dpv:Consent, uses: [email] } }
retention: { logs: { data: [ip], keep: ${keep}, from: visit } }
changes: { notice: { is: notice, lead: P30D, channels: ${channels}, what: material } }
`
const map = `
store: shop
connect: { read: env:SHOP }
tables:
  customers: { person: { key: { email: mail } , erase: row }, fields: { mail: email } }
  staff: { person: { key: { email: address }, erase: row }, fields: { address: email } }
`
const page = 'https://www.example.org/privacy/'
const sender = { name: 'Foxglove', address: 'privacy@example.org' }

let now = new Date('2026-01-10T10:00:00Z')
let place: Place
let database: KeptDatabase
let folder: string
let stores: Connected
let dovecot: DovecotServer | undefined
let smtp: SmtpServer | undefined
let shop: string

beforeAll(async () => {
  dovecot = await startDovecot()
  if (dovecot !== undefined) smtp = await startOpenSmtpd(dovecot.mail, { refused: ['gone@example.org'] })
  place = await newPlace({ name: 'server', shared: true, journal: false })
  database = await place.open({ controller: 'Foxglove Ltd', clock: { now: () => now } })
  shop = await freshDatabase('shop')
  await runSql(
    shop,
    `CREATE TABLE customers (mail text); CREATE TABLE staff (address text);
     INSERT INTO customers VALUES ('ada@example.org'), ('ADA@example.org'), ('bob@example.org'), (NULL);
     INSERT INTO staff VALUES ('bob@example.org'), ('cat@example.org');`,
  )
  folder = mkdtempSync(join(tmpdir(), 'kept-told-'))
  mkdirSync(join(folder, 'stores'))
  writeFileSync(join(folder, 'kept.yaml'), policyText('P30D'))
  writeFileSync(join(folder, 'stores/shop.yaml'), map)
  const surroundings = { cwd: folder, env: { SHOP: shop }, err: () => undefined }
  stores = await connect(surroundings, await readFaultless(surroundings, { policy: 'kept.yaml', data: '.kept' }))
})
afterAll(async () => {
  for (const store of stores.stores) await store.close()
  await database.close()
  place.remove()
  rmSync(folder, { recursive: true, force: true })
  await smtp?.stop()
  await dovecot?.stop()
})

async function runSql(url: string, text: string): Promise<void> {
  const pool = await openSql(url)
  await pool.query(text)
  await pool.close()
}

/** A page that shows the first file of the version; fetching one back is tested elsewhere. */
const shownPage: NoticeEvidence = { by: 'page', place: page, look: async ([file]) => sha256Hex(file?.text ?? '') }
const activate = () => activateVersion({ versions: database, evidence: [shownPage], now })
async function publish(text: string, date: string) {
  writeFileSync(join(folder, 'kept.yaml'), text)
  const read = await readFaultless(
    { cwd: folder, env: {}, err: () => undefined },
    { policy: 'kept.yaml', data: '.kept' },
  )
  const { policy, plan } = read
  const published = await publishVersion({
    policy,
    policyText: text,
    plan,
    versions: database,
    build: builtNotice,
    now,
    date,
  })
  return published.version
}
async function tell(input: TellInput, url: string, unreached = 0) {
  const transport = smtpTransport({ url })
  await tellByMail(input)
  await sendDue(database.letters, transport, sender, () => now)
  transport.close()
  const telling = await tellByMail(input)
  return { telling, shown: await recordTelling(input, telling, unreached) }
}
const day = (text: string) => {
  now = new Date(`${text}T10:00:00Z`)
}

it('keeps a version back until its letters were taken by a mail server', async (context) => {
  if (smtp === undefined || dovecot === undefined) return context.skip('OpenSMTPD or Dovecot cannot run here')
  const first = await publish(policyText('P30D'), '2026-01-10')
  expect((await activate()).version.number).toBe(first.number)

  day('2026-02-01')
  const version = await publish(policyText('P90D'), '2026-02-01')
  await expect(activate()).rejects.toMatchObject({ code: 'notice.not-told' })
  const input: TellInput = {
    versions: database,
    letters: database.letters,
    version,
    controller: 'Foxglove Ltd',
    sources: stores.stores,
    page,
    language: 'en',
    domain: 'example.org',
  }

  // The breach: a server that refuses every letter for good, and one that takes none now.
  const refusing = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode: 554 })),
  })
  const port = await freePort()
  await expect(tell(input, `smtp://127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'notice.letters-wait' })
  await expect(activate()).rejects.toMatchObject({ code: 'notice.not-told' })
  await new Promise<void>((resolve) => refusing.listen(port, '127.0.0.1', resolve))
  now = new Date(now.getTime() + 3_600_000)
  await expect(tell(input, `smtp://127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'notice.nobody-told' })
  await new Promise<void>((resolve) => refusing.close(() => resolve()))
  day('2026-04-01')
  await expect(activate()).rejects.toMatchObject({ code: 'notice.not-told' })
})

it('counts the time from the letters, one to each person, and names nobody in the evidence', async (context) => {
  if (smtp === undefined || dovecot === undefined) return context.skip('OpenSMTPD or Dovecot cannot run here')
  const version = await publish(policyText('P100D'), '2026-04-02')
  await runSql(shop, "INSERT INTO customers VALUES ('gone@example.org')")
  const input: TellInput = {
    versions: database,
    letters: database.letters,
    version,
    controller: 'Foxglove Ltd',
    sources: stores.stores,
    page,
    language: 'de',
    domain: 'example.org',
  }
  await expect(activate()).rejects.toMatchObject({ code: 'notice.not-told' })
  day('2026-04-20')
  await expect(tell(input, smtp.url)).rejects.toMatchObject({ code: 'notice.unreached' })
  const { telling, shown } = await tell(input, smtp.url, 1)
  expect(telling.letters).toEqual({ waiting: 0, accepted: 3, bounced: 0, failed: 1 })
  expect(telling.stores).toEqual([{ store: 'shop', addresses: 5 }])

  const box = (name: string) => join(dovecot?.mail ?? '', 'example.org', name, 'new')
  for (let tries = 0; tries < 50; tries++) {
    try {
      if (readdirSync(box('cat')).length === 1 && readdirSync(box('ada')).length === 1) break
    } catch {}
    await pause(100)
  }
  expect(readdirSync(box('bob'))).toHaveLength(1)
  const [file = ''] = readdirSync(box('ada'))
  const mail = readFileSync(join(box('ada'), file), 'utf8')
  expect(mail).toContain('Auto-Submitted: auto-generated')
  expect(mail).toContain(page)

  const lines: string[] = []
  for await (const entry of database.entries()) lines.push(JSON.stringify(entry))
  expect(lines.join('\n')).not.toMatch(/@example\.org/)
  expect(lines.some((line) => line.includes('"policy.told/1"') && line.includes(shown.sha256))).toBe(true)

  day('2026-05-19')
  await expect(activate()).rejects.toMatchObject({ code: 'notice.too-soon' })
  day('2026-05-20')
  expect((await activate()).version).toMatchObject({ number: version.number, activated: { at: now.toISOString() } })
})

it('needs no letter where the policy in force promises a page as well, or nothing for such a change', () => {
  const read = (text: string) => readPolicyBytes('kept.yaml', new TextEncoder().encode(text)).policy
  const after = read(policyText('P100D'))
  const promiseOf = (before: ReturnType<typeof read>) => mailPromise(comparePolicies(before, after), before)
  expect(promiseOf(read(policyText('P30D')))).toBe('changes.notice')
  expect(promiseOf(read(policyText('P30D', '[email, site]')))).toBeUndefined()
  expect(promiseOf(read(policyText('P200D')))).toBeUndefined()
})

it('refuses to tell by a store that cannot name its people', async () => {
  const version = (await database.versions()).at(-1)
  const sources = [{ map: { store: 'films' } }]
  const input = {
    versions: database,
    letters: database.letters,
    controller: 'x',
    sources,
    page,
    language: 'en' as const,
  }
  if (version === undefined) throw new Error('no version')
  await expect(tellByMail({ ...input, version })).rejects.toMatchObject({ code: 'notice.no-addresses' })
})
