import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CaseDetail, NewCase, NewCaseStep } from '../src/cases.ts'
import type { KeptDatabase } from '../src/database/open.ts'
import { fact } from '../src/language/facts.ts'
import type { Letter } from '../src/letters.ts'
import { policy } from './database-acts.ts'
import { modes, newPlace, type Place } from './database-modes.ts'

const detail: CaseDetail = {
  clock: { law: 'eu-gdpr', source: 'GDPR art. 12(3)', verified: true },
  laws: ['eu-gdpr'],
  tasks: [],
  requests: [],
}

const newCase = (id: string, more: Partial<NewCase> = {}): NewCase => ({
  id,
  kind: 'access',
  state: 'received',
  channel: 'form',
  language: 'en',
  policy,
  receivedAt: '2026-11-22T10:00:00.000Z',
  dueAt: '2026-12-22T10:00:00.000Z',
  detail,
  sealed: { contact: 'ada@people.example' },
  contact: 'ada@people.example',
  ...more,
})

const opening = (id: string): NewCaseStep => ({
  case: id,
  step: 'opened',
  by: 'person',
  fact: fact('case.opened/1', {
    case: id,
    kind: 'access',
    channel: 'form',
    policy,
    due: '2026-12-22',
    laws: ['eu-gdpr'],
  }),
})

const step = (id: string, name: string): NewCaseStep => ({
  case: id,
  step: name,
  by: 'kept',
  fact: fact('case.step/1', { case: id, step: name }),
})

const letter = (about: string, once?: string): Letter => ({
  type: 'identity',
  to: 'ada@people.example',
  language: 'en',
  subject: 'Your request',
  text: 'Hello Ada\n',
  about,
  domain: 'larkspur.example',
  attachments: [{ name: 'a.txt', mediaType: 'text/plain', bytes: new Uint8Array([1, 2, 255]) }],
  ...(once === undefined ? {} : { once }),
})

const [one, two] = ['7k2m9q4x8v3b', '8k2m9q4x8v3c']

describe.each(modes)('cases in the $name database', (mode) => {
  let place: Place
  let database: KeptDatabase
  let now = new Date('2026-11-22T10:00:00Z')
  const clock = { now: () => now }

  let opened = 0

  beforeAll(async () => {
    place = await newPlace(mode)
  })
  beforeEach(async () => {
    now = new Date('2026-11-22T10:00:00Z')
    opened += 1
    database = await place.open({ clock, controller: `Larkspur ${opened}` })
  })
  afterEach(() => database.close())
  afterAll(() => place.remove())

  it('opens, changes once for each revision, and destroys what is sealed', async () => {
    const { cases } = database
    await cases.commit({ opened: [newCase(one)], steps: [opening(one)] })
    expect(await cases.opened(one)).toEqual({ contact: 'ada@people.example' })
    const change = {
      id: one,
      revision: 1,
      state: 'identity' as const,
      detail: { ...detail, tasks: ['decide' as const] },
    }
    await cases.commit({ changed: [change], steps: [step(one, 'identity-asked')] })
    const stale = cases.commit({ changed: [change], steps: [step(one, 'identity-asked')] })
    await expect(stale).rejects.toMatchObject({ code: 'records.stale' })
    expect(await cases.case(one)).toMatchObject({ state: 'identity', revision: 2, tasks: ['decide'] })
    const message = { case: one, from: 'person' as const, subject: 'Hi', text: 'please' }
    await cases.commit({ messages: [message], steps: [] })
    expect((await cases.messages(one))[0]?.content).toEqual({ subject: 'Hi', text: 'please' })
    await cases.commit({ changed: [{ id: one, revision: 2, sealed: null }], steps: [step(one, 'destroyed')] })
    expect(await cases.opened(one)).toBeUndefined()
    expect((await cases.messages(one))[0]?.content).toBeUndefined()
    expect(await cases.openOf('ada@people.example')).toEqual([])
    expect((await cases.steps(one)).map(({ step }) => step)).toEqual(['opened', 'identity-asked', 'destroyed'])
    for (const { evidence } of await cases.steps(one)) {
      for await (const entry of database.entries(evidence, evidence + 1)) expect(entry.body.case).toBe(one)
    }
  })

  it('lists with filters, page by page, and finds the open cases of a contact and of an origin', async () => {
    const { cases } = database
    await cases.commit({ opened: [newCase(one, { origin: '192.0.2.1' })], steps: [opening(one)] })
    const later = {
      receivedAt: '2026-11-22T11:00:00.000Z',
      kind: 'erasure' as const,
      dueAt: '2026-12-01T00:00:00.000Z',
    }
    await cases.commit({ opened: [newCase(two, { ...later, subject: 'x' })], steps: [opening(two)] })
    expect((await cases.list({ limit: 1 })).map(({ id }) => id)).toEqual([two])
    expect((await cases.list({ limit: 1, before: two })).map(({ id }) => id)).toEqual([one])
    expect((await cases.list({ kinds: ['access'] })).map(({ id }) => id)).toEqual([one])
    expect((await cases.list({ dueBefore: '2026-12-02T00:00:00.000Z' })).map(({ id }) => id)).toEqual([two])
    expect(await cases.list({ tasks: true })).toEqual([])
    expect(await cases.openOf('ada@people.example')).toHaveLength(2)
    expect(await cases.openOf('ada@people.example', { subject: 'x' })).toHaveLength(1)
    expect(await cases.openedFrom('192.0.2.1', '2026-11-22T00:00:00.000Z')).toBe(1)
    expect(await cases.openedFrom('192.0.2.2', '2026-11-22T00:00:00.000Z')).toBe(0)
  })

  it('takes a message once, a token once, and a code only as often as it may be tried', async () => {
    const { cases } = database
    await cases.commit({ opened: [newCase(one), newCase(two)], steps: [opening(one), opening(two)] })
    const message = { case: one, from: 'person' as const, subject: 'Hi', text: 'please', once: '<m1@people.example>' }
    await cases.commit({ messages: [message], steps: [] })
    await expect(cases.commit({ messages: [message], steps: [] })).rejects.toMatchObject({ code: 'records.stale' })
    expect(await cases.caseOfMessage('<m1@people.example>')).toBe(one)
    const expiresAt = '2026-11-22T12:00:00.000Z'
    const link = { case: one, purpose: 'link' as const, secret: 'long secret', expiresAt, bound: { kind: 'email' } }
    const code = { case: one, purpose: 'code' as const, secret: '123456', expiresAt, tries: 3 }
    const other = { case: two, purpose: 'code' as const, secret: '123456', expiresAt, tries: 3 }
    await cases.commit({ tokens: [link, code, other], steps: [] })
    expect(await cases.token('code', 'long secret')).toBeUndefined()
    const found = await cases.token('link', 'long secret')
    expect(found).toMatchObject({ case: one, used: false, bound: { kind: 'email' } })
    const used = [found?.id ?? '']
    await cases.commit({ used, steps: [] })
    await expect(cases.commit({ used, steps: [] })).rejects.toMatchObject({ code: 'records.stale' })
    const guesses = await Promise.all(
      ['1', '2', '3', '123456', '123456'].map((guess) => cases.tryToken(one, 'code', guess)),
    )
    expect(guesses.filter((guess) => guess !== undefined).length).toBeLessThanOrEqual(1)
    expect(await cases.tryToken(one, 'code', '123456')).toBeUndefined()
    expect(await cases.tryToken(two, 'code', '123456')).toMatchObject({ case: two })
    now = new Date('2026-11-22T12:00:01Z')
    const late = (await cases.tryToken(two, 'code', '123456')) ?? (await cases.token('code', '123456'))
    expect(late).toBeUndefined()
    const reply = cases.replyToken(one)
    expect(cases.caseOfReply(reply)).toBe(one)
    expect(cases.caseOfReply(`${two}${reply.slice(12)}`)).toBeUndefined()
    await cases.tidy('2026-11-23T00:00:00.000Z')
    expect(await cases.token('link', 'long secret')).toBeUndefined()
  })

  it('keeps files encrypted until their end', async () => {
    const { cases } = database
    await cases.commit({ opened: [newCase(one)], steps: [opening(one)] })
    const content = new Uint8Array([0, 1, 2, 254])
    const file = { id: two, case: one, what: 'document' as const, mediaType: 'image/png', bytes: 4, content }
    await cases.commit({ files: [{ ...file, expiresAt: '2026-11-29T00:00:00.000Z' }], steps: [] })
    expect(Buffer.from((await cases.fileContent(two)) ?? []).equals(content)).toBe(true)
    expect(await cases.expiredFiles('2026-11-28T00:00:00.000Z', 10)).toEqual([])
    const [expired] = await cases.expiredFiles('2026-11-30T00:00:00.000Z', 10)
    await cases.commit({ destroyed: [expired?.id ?? ''], steps: [step(one, 'document-destroyed')] })
    expect(await cases.fileContent(two)).toBeUndefined()
    expect(await cases.file(two)).toMatchObject({ destroyedAt: now.toISOString() })
    expect(await cases.expiredFiles('2026-11-30T00:00:00.000Z', 10)).toEqual([])
  })

  it('hands a letter to one sender at a time, tries again, and destroys it once accepted', async () => {
    const { cases, letters } = database
    await cases.commit({ opened: [newCase(one)], steps: [opening(one)], letters: [letter(one, 'a'), letter(one, 'a')] })
    const both = (await Promise.all([letters.due(5), letters.due(5)])).flat()
    expect(both).toHaveLength(1)
    const [due] = both
    expect(due?.letter).toMatchObject({ to: 'ada@people.example', subject: 'Your request', about: one })
    expect(Buffer.from(due?.letter.attachments?.[0]?.bytes ?? []).equals(new Uint8Array([1, 2, 255]))).toBe(true)
    const id = due?.record.id ?? ''
    expect(due?.record.messageId).toBe(`<${id}@larkspur.example>`)
    await letters.retry(id, '2026-11-22T10:30:00.000Z', { code: 451, status: '4.7.1' })
    expect(await letters.due(5)).toEqual([])
    now = new Date('2026-11-22T10:31:00Z')
    expect((await letters.due(5))[0]?.record).toMatchObject({ attempts: 2, messageId: due?.record.messageId })
    // The sender died: the lease ends.
    now = new Date('2026-11-22T10:42:00Z')
    expect(await letters.due(5)).toHaveLength(1)
    await letters.accepted(id, { code: 250, status: '2.0.0' })
    now = new Date('2026-11-23T00:00:00Z')
    expect(await letters.due(5)).toEqual([])
    expect(await letters.bounced('<nobody@x.example>')).toBeUndefined()
    expect(await letters.bounced(due?.record.messageId ?? '')).toMatchObject({ state: 'bounced', about: one })
    expect(await letters.counts(one)).toEqual({ waiting: 0, accepted: 0, bounced: 1, failed: 0 })
    const types: string[] = []
    for await (const { type } of database.entries()) if (type.startsWith('letter.')) types.push(type)
    expect(types).toEqual(['letter.accepted/1', 'letter.bounced/1'])
    await expect(letters.retry(id, '2026-11-24T00:00:00.000Z')).rejects.toMatchObject({ code: 'records.stale' })
    const [posted] = await letters.post([letter('version-2', 'version-2 ada')])
    expect(await letters.post([letter('version-2', 'version-2 ada')])).toEqual([])
    await letters.failed(posted?.id ?? '', { code: 550 })
    expect(await letters.ofCase('version-2')).toMatchObject([{ state: 'failed', reply: { code: 550 } }])
  })

  it('leaves no personal word in clear in any table or file', async () => {
    await database.cases.commit({
      opened: [newCase(one, { subject: 'email ada@people.example', origin: '192.0.2.77' })],
      steps: [opening(one)],
      messages: [{ case: one, from: 'person', subject: 'From Ada', text: 'ada@people.example' }],
      letters: [letter(one)],
    })
    const tables = ['case', 'case_step', 'case_message', 'case_token', 'case_file', 'letter', 'entry']
    const { openSql } = await import('../src/sql/open.ts')
    await database.close()
    const pool = await openSql(place.url ?? `pglite:${place.directory}/database`)
    try {
      for (const table of tables) {
        const { rows } = await pool.query(`SELECT t::text AS line FROM kept.${table} AS t`)
        for (const { line } of rows) expect(String(line)).not.toMatch(/ada@people|192\.0\.2\.77|Hello/)
      }
    } finally {
      await pool.close()
    }
    const { existsSync, readFileSync } = await import('node:fs')
    const journal = `${place.directory}/evidence.journal`
    if (mode.journal) expect(existsSync(journal)).toBe(true)
    if (existsSync(journal))
      expect(readFileSync(journal, 'utf8')).not.toMatch(/ada@people|192\.0\.2\.77|Hello|"sealed"/)
  })
})
