/** Versions of the policy: recorded once, never changed, in force only when people could read them, on both databases. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exportPack } from '../src/database/evidence/pack.ts'
import { verifyPack } from '../src/database/evidence/verify.ts'
import type { KeptDatabase } from '../src/database/open.ts'
import { activateVersion } from '../src/notice/versions/activate.ts'
import { builtNotice } from '../src/notice/versions/built-notice.ts'
import { pageEvidence } from '../src/notice/versions/page.ts'
import { publishVersion } from '../src/notice/versions/publish.ts'
import { storedVersions } from '../src/notice/versions/stored.ts'
import { versionPages } from '../src/notice/versions/version-pages.ts'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicyBytes } from '../src/policy/policy.ts'
import { versionAt, versionInForce } from '../src/policy/version-in-force.ts'
import { openSql } from '../src/sql/open.ts'
import { modes, newPlace, type Place } from './database-modes.ts'

const policyText = (keep = 'P30D', more = '') => `
kept: 1
controller: { name: Foxglove Ltd }
data:
  email: { is: pd:EmailAddress, words: e-mail addresses }
  ip: { is: pd:IPAddress, words: IP addresses }
purposes:
  news: { is: dpv:DirectMarketing, basis: dpv:Consent, uses: [email] }
retention:
  logs: { data: [ip], keep: ${keep}, from: visit }
${more}`

describe.each(modes)('versions, $name', (mode) => {
  let place: Place
  let database: KeptDatabase
  let now = new Date('2026-11-22T10:00:00Z')
  const clock = { now: () => now }
  const dayIs = (day: string) => {
    now = new Date(`${day}T10:00:00Z`)
  }

  beforeEach(async () => {
    dayIs('2026-11-22')
    place = await newPlace(mode)
    database = await place.open({ clock })
  })
  afterEach(async () => {
    await database.close()
    place.remove()
  })

  const publish = (text: string, date?: string, versions: KeptDatabase = database) => {
    const { policy } = readPolicyBytes('kept.yaml', new TextEncoder().encode(text))
    const plan = compilePlan(policy, [])
    const given = date === undefined ? {} : { date }
    return publishVersion({ policy, policyText: text, plan, versions, build: builtNotice, now, ...given })
  }

  let pages: ReadonlyMap<string, string> = new Map()
  let server: Server
  beforeAll(async () => {
    server = createServer((request, response) => {
      const text = pages.get(String(request.url).slice(1))
      response.writeHead(text === undefined ? 404 : 200).end(text)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const goOnline = async () => {
    pages = new Map((await versionPages('Foxglove Ltd', database)).map(({ path, text }) => [path, text]))
  }
  const pageAt = (path: string) => pageEvidence(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`)
  const activate = (date?: string, ...paths: string[]) =>
    activateVersion({ versions: database, evidence: paths.map(pageAt), now, ...(date === undefined ? {} : { date }) })

  it('are recorded once, with the hashes of policy and notice in the evidence', async () => {
    const first = await publish(policyText())
    expect(first).toMatchObject({ isNew: true, version: { number: 1, date: '2026-11-22', effective: '2026-11-22' } })
    const { policy, notice, meaning, evidence } = first.version
    const [entry] = await database.versionEntries()
    expect(entry).toMatchObject({
      index: evidence,
      type: 'policy.published/1',
      body: { version: 1, date: '2026-11-22', policy, notice, meaning, wider: 0 },
    })
    expect(await publish(policyText())).toMatchObject({ isNew: false, version: { number: 1 } })
    expect(await publish(`# a comment\n${policyText()}`)).toMatchObject({ isNew: false, version: { number: 1 } })
    expect(await database.versions()).toHaveLength(1)
    expect((await database.versionContent(1))?.policyText).toBe(policyText())
  })

  it('are refused when the content changed and the date did not, or the date is past', async () => {
    await publish(policyText())
    await expect(publish(policyText('P90D'))).rejects.toMatchObject({ code: 'notice.date-unchanged' })
    // Other words are another notice: they need their date too.
    const otherWords = policyText().replace('words: IP addresses', 'words: where you come from')
    await expect(publish(otherWords)).rejects.toMatchObject({ code: 'notice.date-unchanged' })
    await expect(publish(policyText('P90D'), '2026-11-21')).rejects.toMatchObject({ code: 'notice.date-past' })
    await expect(publish(policyText('P90D'), '2026-13-01')).rejects.toMatchObject({ code: 'notice.bad-date' })
    const dated = policyText('P90D', 'changes: { version: { is: version, date: 2026-12-01 } }\n')
    await expect(publish(dated, '2026-12-02')).rejects.toMatchObject({ code: 'notice.date-differs' })
    expect(await publish(dated)).toMatchObject({ isNew: true, version: { number: 2, date: '2026-12-01' } })
    await expect(publish(policyText('P10D'), '2026-11-30')).rejects.toMatchObject({ code: 'notice.date-past' })
    expect(await database.versions()).toHaveLength(2)
  })

  it('are refused when the notice reads otherwise and the policy is the same, as with another translation', async () => {
    await publish(policyText())
    const { policy } = readPolicyBytes('kept.yaml', new TextEncoder().encode(policyText()))
    const plan = compilePlan(policy, [])
    const build: typeof builtNotice = (input) =>
      builtNotice(input).map((file) => ({ ...file, text: file.text.replaceAll('Ihre Daten', 'deine Daten') }))
    const again = publishVersion({ policy, policyText: policyText(), plan, versions: database, build, now })
    await expect(again).rejects.toMatchObject({ code: 'notice.date-unchanged' })
  })

  it('take effect only when people could read them', async () => {
    await expect(activate()).rejects.toMatchObject({ code: 'notice.nothing-waits' })
    await publish(policyText())
    await expect(activate()).rejects.toMatchObject({ code: 'notice.not-shown' })
    await expect(activate('2026-11-22', 'nowhere')).rejects.toMatchObject({ code: 'notice.page-unreachable' })
    await goOnline()
    await expect(activate('2026-11-22', 'index.html')).rejects.toMatchObject({ code: 'notice.page-differs' })
    expect(versionInForce(await database.versions())).toBeUndefined()
    const activated = await activate('2026-11-22', '2026-11-22/notice.en.html')
    expect(activated).toMatchObject({ isNew: true, version: { date: '2026-11-22' } })
    expect(versionInForce(await database.versions())?.number).toBe(1)
    expect(await activate()).toMatchObject({ isNew: false })
    const [, inForce] = await database.versionEntries()
    expect(inForce).toMatchObject({ type: 'policy.activated/1', body: { version: 1, shown: expect.any(Number) } })
  })

  it('wait as long as the change wants, and the one before stays in force', async () => {
    await publish(policyText())
    await goOnline()
    await activate(undefined, '2026-11-22/notice.de.html')
    dayIs('2026-11-23')
    const wider = await publish(policyText('P90D'))
    expect(wider.version).toMatchObject({ number: 2, date: '2026-11-23', effective: '2026-12-23' })
    expect(wider.version.differences).toMatchObject([
      { class: 'wider', what: 'retention of IP addresses widened from 30 days to 90 days' },
    ])
    await goOnline()
    dayIs('2026-12-01')
    await expect(activate('2026-11-23', '2026-11-23/notice.en.html')).rejects.toMatchObject({
      code: 'notice.too-soon',
      what: expect.stringContaining('2026-12-31'),
    })
    expect(versionInForce(await database.versions())?.number).toBe(1)
    dayIs('2026-12-30')
    await expect(activate('2026-11-23')).rejects.toMatchObject({ code: 'notice.too-soon' })
    dayIs('2026-12-31')
    expect(await activate('2026-11-23')).toMatchObject({ isNew: true })
    const versions = await database.versions()
    expect(versionAt(versions, '2026-12-30T23:59:59.000Z')?.number).toBe(1)
    expect(versionAt(versions, '2026-12-31T12:00:00.000Z')?.number).toBe(2)
    await expect(activate('2026-11-22')).rejects.toMatchObject({ code: 'notice.not-newer' })
    // Narrower again: nobody has to be told before.
    const narrower = await publish(policyText('P7D'))
    expect(narrower.version.effective).toBe('2026-12-31')
    await goOnline()
    expect(await activate(undefined, '2026-12-31/notice.en.html')).toMatchObject({
      isNew: true,
      version: { number: 3 },
    })
  })

  it('wait as the policy in force promises, and ask for consent anew', async () => {
    const promise = 'changes: { told: { is: notice, lead: P60D, channels: [site], what: material } }\n'
    await publish(policyText('P30D', promise))
    await goOnline()
    await activate(undefined, '2026-11-22/notice.en.html')
    dayIs('2026-11-24')
    const next = policyText('P30D', promise.replace('P60D', 'P1D')).replace('uses: [email]', 'uses: [email, ip]')
    expect((await publish(next)).version).toMatchObject({ effective: '2027-01-23', asks: ['news'] })
    const early = policyText(
      'P90D',
      `${promise.trimEnd().slice(0, -1)}, v: { is: version, date: 2026-11-26, effective: 2026-12-01 } }\n`,
    )
    await expect(publish(early)).rejects.toMatchObject({ code: 'notice.effective-too-soon' })
  })

  it('tell what changed in the versions that took effect, and say the same again whatever happened since', async () => {
    await publish(policyText())
    await goOnline()
    await activate(undefined, '2026-11-22/notice.en.html')
    await publish(policyText('P10D'), '2026-11-23')
    const third = await publish(policyText('P20D'), '2026-11-24')
    const notice = async (number: number) =>
      (await database.versionContent(number))?.files.find(({ path }) => path === 'notice.en.md')?.text ?? ''
    expect(await notice(2)).toContain('narrowed from 30 days to 10 days')
    expect(await notice(3)).toContain('narrowed from 30 days to 20 days')
    // The second one waits still: nothing changed by it.
    expect(await notice(3)).not.toContain('10 days')
    dayIs('2026-11-25')
    await goOnline()
    await activate('2026-11-23', '2026-11-23/notice.en.html')
    expect(await publish(policyText('P20D'), '2026-11-24')).toEqual({ isNew: false, version: third.version })
    // Twenty days are more than the ten in force by now.
    await expect(activate('2026-11-24', '2026-11-24/notice.en.html')).rejects.toMatchObject({ code: 'notice.too-soon' })
    dayIs('2026-12-25')
    await activate('2026-11-24')
    expect(await publish(policyText('P20D'), '2026-11-24')).toMatchObject({ isNew: false, version: { number: 3 } })
  })

  it('cannot be changed, and one that was changed past Kept is found', async () => {
    await publish(policyText())
    await goOnline()
    await activate(undefined, '2026-11-22/notice.en.html')
    await publish(policyText('P90D'), '2026-11-23')
    expect(await storedVersions(database)).toMatchObject({ missing: [] })
    await database.close()
    const sql = await openSql(place.url ?? `pglite:${join(place.directory, 'database')}`)
    const tamper = async (statement: string) => {
      await expect(sql.query(statement)).rejects.toThrow()
      await sql.query('ALTER TABLE kept.version DISABLE TRIGGER immutable')
      await sql.query(statement)
      await sql.query('ALTER TABLE kept.version ENABLE TRIGGER immutable')
    }
    await tamper("UPDATE kept.version SET policy_text = replace(policy_text, 'P30D', 'P300D') WHERE number = 1")
    await tamper('DELETE FROM kept.version WHERE number = 2')
    await sql.close()
    database = await place.open({ clock })
    expect(await storedVersions(database)).toMatchObject({
      stored: [{ version: { number: 1 }, problem: 'its policy has another hash' }],
      missing: ['2026-11-23'],
    })
    await expect(versionPages('Foxglove Ltd', database)).rejects.toMatchObject({ code: 'notice.tampered' })
    await expect(publish(policyText('P7D'), '2026-11-24')).rejects.toMatchObject({ code: 'notice.tampered' })
  })

  // On a server only: what is stored and compared is the same, and each start of the other database takes seconds.
  if (mode.shared)
    it.each([
      [
        'policy and hash together',
        "policy_text = policy_text || ' ', policy = encode(sha256((policy_text || ' ')::bytea), 'hex')",
        'policy',
      ],
      ['the date', "date = '2026-11-20'", 'date'],
      ['the day of effect', "effective = '2026-11-21'", 'effective'],
      ['a page', "files = replace(files::text, 'Foxglove', 'Foxtrot')::json", 'notice'],
    ])('tell a change of %s', async (_name, change, word) => {
      await publish(policyText())
      const sql = await openSql(place.url ?? '')
      await sql.query('ALTER TABLE kept.version DISABLE TRIGGER immutable')
      await sql.query(`UPDATE kept.version SET ${change}`)
      await sql.close()
      const { stored } = await storedVersions(database)
      expect(stored[0]?.problem).toContain(word)
    })

  it('are published once by two at once: the same is one version, of two different ones the second is told', async () => {
    const other = mode.shared ? await place.open({ clock }) : database
    try {
      const same = await Promise.all([publish(policyText()), publish(policyText(), undefined, other)])
      expect(same.map(({ version }) => version.number)).toEqual([1, 1])
      expect(same.filter(({ isNew }) => isNew)).toHaveLength(1)
      const race = await Promise.allSettled([
        publish(policyText('P90D'), '2026-11-23'),
        publish(policyText('P60D'), '2026-11-24', other),
      ])
      const lost = race.filter((one) => one.status === 'rejected')
      expect(lost.map(({ reason }) => (reason as { code: string }).code)).toEqual(['notice.published-meanwhile'])
      expect(await database.versions()).toHaveLength(2)
      expect(await database.versionEntries()).toHaveLength(2)
    } finally {
      if (other !== database) await other.close()
    }
  })

  it('go online whole: every version, an index and a feed; and the evidence pack is whole with them', async () => {
    await publish(policyText().replace('Foxglove Ltd', '"Fox & <Glove> Ltd"'))
    await publish(policyText('P90D'), '2026-11-23')
    const files = await versionPages('Fox & <Glove>\u0001 Ltd', database)
    const paths = files.map(({ path }) => path)
    expect(paths).toContain('2026-11-22/notice.en.html')
    expect(paths).toContain('2026-11-23/notice.de.md')
    const feed = files.find(({ path }) => path === 'feed.atom')?.text ?? ''
    expect(feed).toContain('<feed xmlns="http://www.w3.org/2005/Atom">')
    expect(feed).toContain('Fox &amp; &lt;Glove&gt; Ltd')
    expect(feed.match(/<entry>/g)).toHaveLength(2)
    expect(
      feed.match(/<id>urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}<\/id>/g),
    ).toHaveLength(3)
    for (const element of ['id', 'title', 'updated', 'author']) expect(feed).toContain(`<${element}>`)
    expect(feed).toContain('wider: retention of IP addresses widened from 30 days to 90 days')
    const index = files.find(({ path }) => path === 'index.html')?.text
    expect(index).not.toContain('<Glove>')
    expect(index).toContain('prefers-color-scheme: dark')
    const pack = join(place.directory, 'pack')
    await exportPack(database, pack)
    expect(await verifyPack(pack, { key: database.keys.verifier })).toMatchObject({ ok: true, problems: [] })
  })
})
