/** Dates, denials, fees, mail and bounds of cases, each with its breach. */
import { describe, expect, it } from 'vitest'
import type { CaseKind } from '../src/cases.ts'
import { advance } from '../src/intake/advance.ts'
import { answer, carriedOut, close, complain, confirmKind, deny, grant } from '../src/intake/decide.ts'
import { tellFee } from '../src/intake/fee.ts'
import { proveByLink } from '../src/intake/identity.ts'
import { dueSoon, extend } from '../src/intake/late.ts'
import { openCase } from '../src/intake/open.ts'
import { agreeToFee, caseForPerson, withdrawAsPerson, writeAsPerson } from '../src/intake/page.ts'
import { receiveLetter } from '../src/intake/receive-letter.ts'
import { workCases } from '../src/intake/work.ts'
import type { IncomingLetter } from '../src/letters.ts'
import { readStatus } from '../src/status/read-status.ts'
import { type House, secretIn, withHouse } from './case-house.ts'

const law = (names: string) => (text: string) => text.replace('law: [eu-gdpr, uk-gdpr]', `law: [${names}]`)

/** Opens a case and shows its identity. */
async function proven({ intake, letters }: House, kind: CaseKind, contact = 'person1@example.org'): Promise<string> {
  const { id } = await openCase(intake, { kind, channel: 'form', contact })
  const letter = (await letters()).find(({ type, about }) => type === 'identity' && about === id)
  await proveByLink(intake, secretIn(letter))
  return id
}

describe('dates', () => {
  it('the staff is told a week before, the person two days before, and a missed date breaks the right', async () => {
    await withHouse('case_late', {}, async (house) => {
      const { intake, at, letters, database, facts } = house
      const id = await proven(house, 'minor-removal')
      await advance(intake, id)
      await letters()
      expect(await dueSoon(intake)).toEqual({ told: [], late: [], missed: [], failed: [] })
      at('2026-11-26T09:00:00Z')
      expect(await dueSoon(intake)).toEqual({ told: [id], late: [], missed: [], failed: [] })
      expect((await letters()).map(({ to, type }) => [to, type])).toEqual([['privacy@larkspur.example', 'task']])
      expect(await dueSoon(intake)).toEqual({ told: [], late: [], missed: [], failed: [] })
      at('2026-12-01T09:00:00Z')
      expect(await dueSoon(intake)).toEqual({ told: [], late: [id], missed: [], failed: [] })
      const [late] = await letters()
      expect(late).toMatchObject({ to: 'person1@example.org', subject: 'Our answer will be late' })
      expect(late?.text).toContain('Information Commissioner')
      expect(await database.findings()).toEqual([])
      at('2026-12-03T09:00:00Z')
      expect(await dueSoon(intake)).toEqual({ told: [], late: [], missed: [id], failed: [] })
      const [finding, none] = await database.findings()
      expect(none).toBeUndefined()
      expect(finding).toMatchObject({ probe: 'case.deadline', subject: 'rights.erasure', outcome: 'broken' })
      const size = (await database.checkpoint()).size
      await dueSoon(intake)
      expect((await database.checkpoint()).size).toBe(size)
      expect((await facts(id)).slice(-3)).toEqual(['due-soon', 'lateness-told', 'missed'])
      const status = await readStatus(intake.plan, database, intake.now())
      expect(status.commitments.find(({ commitment }) => commitment === 'rights.erasure')).toMatchObject({
        status: 'broken',
        why: 'a case was not answered within its term',
      })
    })
  })

  it('an extension has a reason, is told in the first term, once, and no longer than the law allows', async () => {
    await withHouse('case_extend', {}, async (house) => {
      const { intake, at, letters } = house
      const id = await proven(house, 'erasure')
      await advance(intake, id)
      await letters()
      const wrong = [
        { reason: 'no time', code: 'case.extension-reason' },
        { reason: 'complex', until: '2027-02-03T00:00:00Z', code: 'case.no-extension' },
        { reason: 'complex', until: '2026-11-30T00:00:00Z', code: 'case.no-extension' },
      ]
      for (const { code, ...given } of wrong) {
        await expect(extend(intake, id, { by: 'jo', ...given })).rejects.toMatchObject({ code })
      }
      expect(await extend(intake, id, { by: 'jo', reason: 'complex', until: '2027-01-15T00:00:00Z' })).toMatchObject({
        dueAt: '2027-01-15T00:00:00.000Z',
        extension: { by: 'jo', reason: 'complex' },
      })
      const [request] = await house.database.requests()
      expect(request?.dueAt).toBe('2027-01-15T00:00:00.000Z')
      const [told] = await letters()
      expect(told?.text).toContain('your request takes more work than usual')
      expect(told?.text).toContain('January 15, 2027')
      await expect(extend(intake, id, { by: 'jo', reason: 'complex' })).rejects.toMatchObject({
        code: 'case.no-extension',
      })
      const late = await proven(house, 'access', 'person2@example.org')
      at('2026-12-05T09:00:00Z')
      await expect(extend(intake, late, { by: 'jo', reason: 'many' })).rejects.toMatchObject({
        code: 'case.extension-late',
      })
    })
  })
})

describe('decisions', () => {
  it('a denial has a ground of the list, that fits the kind and the law; silence is impossible', async () => {
    await withHouse('case_deny', { policy: law('eu-gdpr') }, async (house) => {
      const { intake, letters } = house
      const id = await proven(house, 'access')
      for (const ground of ['tired', 'legal-obligation', 'us-ca-exception']) {
        await expect(deny(intake, id, 'jo', ground)).rejects.toMatchObject({ code: 'request.ground-unknown' })
      }
      await expect(close(intake, id, { staff: 'jo' }, 'answered')).rejects.toMatchObject({ code: 'case.state' })
      await expect(answer(intake, id, { by: 'jo', words: 'No.', final: true })).rejects.toMatchObject({
        code: 'case.state',
      })
      await deny(intake, id, 'jo', 'excessive')
      const [told] = await letters()
      expect(told?.text).toContain('(GDPR art. 12(5)(b))')
      expect(told?.text).toContain('privacy@larkspur.example')
    })
  })

  it('what no store can do is done by a person and said so; a person can take it back', async () => {
    await withHouse('case_hand', { policy: law('eu-gdpr, us-ca') }, async (house) => {
      const { intake, letters, facts } = house
      const id = await proven(house, 'automated-decision')
      expect(await advance(intake, id)).toMatchObject({ state: 'preview', tasks: ['decide'] })
      await expect(carriedOut(intake, id, 'jo')).rejects.toMatchObject({ code: 'case.state' })
      await grant(intake, id, 'jo')
      expect(await advance(intake, id)).toMatchObject({ state: 'decision', tasks: ['carry-out'] })
      await carriedOut(intake, id, 'jo')
      expect(await advance(intake, id)).toMatchObject({ state: 'closed' })
      expect(await facts(id)).not.toContain('proven')
      const done = (await letters()).find(({ type }) => type === 'answer')
      expect(done?.text).toContain('A person has done it.')
      await complain(intake, id, 'Nobody looked at it')
      await expect(grant(intake, id, 'jo')).rejects.toMatchObject({ code: 'case.same-person' })
      await grant(intake, id, 'kim')
      expect(await advance(intake, id)).toMatchObject({ state: 'decision', tasks: ['carry-out'] })
      await carriedOut(intake, id, 'kim')
      expect(await advance(intake, id)).toMatchObject({ state: 'closed', tasks: [] })
      const optOut = await openCase(intake, {
        kind: 'opt-out',
        channel: 'form',
        contact: 'p@example.org',
        country: 'US',
      })
      expect(await intake.cases.case(optOut.id)).toMatchObject({
        state: 'preview',
        clock: { law: 'us-ca', source: '11 CCR § 7026(f)' },
        dueAt: '2026-11-23T09:00:00.000Z',
      })
      const { id: open } = await openCase(intake, { kind: 'erasure', channel: 'form', contact: 'person4@example.org' })
      const sent = (await letters()).find(({ type }) => type === 'identity')
      const { page } = await proveByLink(intake, secretIn(sent))
      await advance(intake, open)
      await writeAsPerson(intake, page, 'I have thought about it')
      expect((await caseForPerson(intake, page)).told.can.map(({ act }) => act)).toEqual([
        'message',
        'withdraw',
        'outside',
      ])
      await withdrawAsPerson(intake, page)
      expect(await intake.cases.case(open)).toMatchObject({ state: 'closed', closing: { why: 'withdrawn' }, tasks: [] })
      const [linked] = (await intake.cases.case(open))?.requests ?? []
      expect((await house.database.request(linked ?? ''))?.state).toBe('cancelled')
    })
  })

  it('the first copy is free, a further one costs only what the policy says, told before and agreed to', async () => {
    const policy = (text: string) =>
      law('eu-gdpr')(text).replace('rights:\n', 'rights:\n  fees: { first: free, amount: 10 EUR, told: before }\n')
    await withHouse('case_fee', { policy, settings: { automatic: [] } }, async (house) => {
      const { intake, letters, at } = house
      const first = await proven(house, 'access')
      await advance(intake, first)
      await expect(tellFee(intake, first, 'jo')).rejects.toMatchObject({ code: 'case.fee-forbidden' })
      await grant(intake, first, 'jo')
      await advance(intake, first)
      at('2026-12-20T09:00:00Z')
      await letters()
      const second = await proven(house, 'access')
      await advance(intake, second)
      await tellFee(intake, second, 'jo')
      const told = (await letters()).find(({ subject }) => subject === 'A further copy costs money')
      expect(told?.text).toContain('10 EUR')
      expect((await caseForPerson(intake, secretIn(told))).told.fee).toEqual({ amount: '10 EUR', agreed: false })
      await agreeToFee(intake, secretIn(told))
      expect((await intake.cases.case(second))?.fee?.agreedAt).toBeDefined()
      await grant(intake, second, 'jo')
      expect((await advance(intake, second)).state).toBe('answered')
    })
  })

  it('a store that is down is waited for: nothing is decided on half a sight', async () => {
    await withHouse('case_down', {}, async (house) => {
      const { intake } = house
      const id = await proven(house, 'erasure')
      const down = {
        ...intake,
        stores: {
          ...intake.stores,
          ask: async (...given: Parameters<typeof intake.stores.ask>) => ({
            ...(await intake.stores.ask(...given)),
            unreachable: ['helpdesk'],
          }),
        },
      }
      expect((await advance(down, id)).state).toBe('search')
      await expect(grant(intake, id, 'jo')).rejects.toMatchObject({ code: 'case.state' })
      expect((await workCases(intake)).advanced).toEqual([id])
      expect((await intake.cases.case(id))?.state).toBe('preview')
      expect((await intake.cases.case(id))?.requests).toHaveLength(1)
    })
  })
})

describe('mail', () => {
  const mail = (more: Partial<IncomingLetter>): IncomingLetter => ({
    from: 'person3@example.org',
    to: ['privacy@larkspur.example'],
    subject: 'Please',
    text: 'Please delete my account.',
    references: [],
    attachments: [],
    omitted: [],
    automatic: false,
    receivedAt: '2026-11-02T09:00:00.000Z',
    ...more,
  })

  it('opens typed cases, asks who it is, never carries anything out, and takes each mail once', async () => {
    await withHouse('case_mail', {}, async ({ intake, letters, vendor, facts }) => {
      const first = mail({ messageId: '<1@people.example>' })
      const { outcome, case: id = '' } = await receiveLetter(intake, first)
      expect(outcome).toBe('opened')
      expect(await intake.cases.case(id)).toMatchObject({ kind: 'erasure', state: 'identity', channel: 'mail' })
      expect(await receiveLetter(intake, first)).toEqual({ outcome: 'known', case: id })
      await workCases(intake)
      expect(await vendor.query("SELECT 1 FROM users WHERE email = 'person3@example.org'")).toHaveLength(1)
      const [letter, none] = await letters()
      expect(none).toBeUndefined()
      // An answer finds its case by the reply address, or by the letters it answers; From may be anybody's.
      const reply = `privacy+${letter?.replyToken}@larkspur.example`
      const byAddress = mail({
        messageId: '<2@x.example>',
        to: [reply],
        text: 'Yes, that was me',
        from: 'x@example.org',
      })
      expect(await receiveLetter(intake, byAddress)).toEqual({ outcome: 'added', case: id })
      const [record] = await intake.letters.ofCase(id)
      const byReference = mail({ messageId: '<3@x.example>', references: [record?.messageId ?? ''], text: 'and this' })
      expect(await receiveLetter(intake, byReference)).toEqual({ outcome: 'added', case: id })
      expect(await intake.cases.case(id)).toMatchObject({ state: 'identity', tasks: ['read-message'] })
      // Planted breach: a forged token is none.
      const forged = reply.replace(/.@/, (end) => (end === '0@' ? '1@' : '0@'))
      const stranger = mail({
        messageId: '<4@x.example>',
        to: [forged],
        from: 'x@example.org',
        text: 'delete my account',
      })
      expect((await receiveLetter(intake, stranger)).case).not.toBe(id)
      expect((await facts(id)).filter((step) => step === 'message-received')).toHaveLength(2)
    })
  })

  it('an unclear mail waits for a person, a machine is never answered, one receipt a day, bounces become a task', async () => {
    await withHouse('case_mail_bounds', {}, async ({ intake, letters }) => {
      const question = mail({
        messageId: '<1@a.example>',
        subject: 'Hm',
        text: 'copy of my data and delete my account',
      })
      const { case: id = '' } = await receiveLetter(intake, question)
      expect(await intake.cases.case(id)).toMatchObject({ state: 'received', tasks: ['confirm-kind'] })
      expect((await letters()).map(({ type, to }) => `${type} ${to}`).sort()).toEqual([
        'case person3@example.org',
        'task privacy@larkspur.example',
      ])
      await confirmKind(intake, id, 'jo', 'access')
      expect(await intake.cases.case(id)).toMatchObject({ kind: 'access', state: 'identity', tasks: [] })
      const [proof] = await letters()
      expect(proof).toMatchObject({ type: 'identity', to: 'person3@example.org' })
      const [record] = (await intake.letters.ofCase(id)).filter(({ type }) => type === 'identity')
      expect(await receiveLetter(intake, mail({ bounceOf: record?.messageId ?? '' }))).toEqual({
        outcome: 'bounced',
        case: id,
      })
      expect((await intake.cases.case(id))?.tasks).toEqual(['letter-failed'])
      expect(await receiveLetter(intake, mail({ automatic: true, messageId: '<2@a.example>' }))).toEqual({
        outcome: 'ignored',
      })
      await letters()
      const chatter = ['When do you open?', 'And on Sunday?', 'Hello?'].map((text, number) =>
        mail({ messageId: `<q${number}@a.example>`, subject: text, text, from: 'chatty@example.org' }),
      )
      for (const one of chatter) await receiveLetter(intake, one)
      expect((await letters()).filter(({ to }) => to === 'chatty@example.org')).toHaveLength(1)
    })
  })

  it('keeps pictures as files, names what it does not keep, and bounds what one contact and one place can open', async () => {
    const settings = { limits: { openPerContact: 3, perOrigin: 4 } }
    await withHouse('case_mail_files', { settings }, async ({ intake, letters }) => {
      const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1])
      const attachments = [
        { name: 'card.png', mediaType: 'image/png', bytes: png },
        { name: 'run.exe', mediaType: 'application/octet-stream', bytes: png },
      ]
      const { case: id = '' } = await receiveLetter(intake, mail({ messageId: '<1@f.example>', attachments }))
      expect((await intake.cases.files(id)).map(({ what, mediaType }) => [what, mediaType])).toEqual([
        ['attachment', 'image/png'],
      ])
      const kinds = ['access', 'objection', 'restriction', 'portability'] as const
      const open = (kind: CaseKind, contact: string, origin: string) =>
        openCase(intake, { kind, channel: 'form', contact, origin })
      const merged = []
      for (const kind of kinds) merged.push((await open(kind, 'person3@example.org', '192.0.2.1')).merged)
      expect(merged).toEqual([false, false, true, true])
      expect(await intake.cases.openOf('person3@example.org')).toHaveLength(3)
      await open('access', 'a@example.org', '192.0.2.1')
      await open('access', 'b@example.org', '192.0.2.1')
      await expect(open('access', 'c@example.org', '192.0.2.1')).rejects.toMatchObject({ code: 'case.too-many' })
      expect((await open('access', 'c@example.org', '192.0.2.2')).merged).toBe(false)
      for (const contact of [
        '',
        'ada',
        'ada@x\r\nBcc: all@example.org',
        'a b@example.org',
        '"x"@example.org',
        '<a@b>',
      ]) {
        await expect(open('access', contact, '192.0.2.3'), contact).rejects.toMatchObject({ code: 'case.bad-contact' })
      }
      expect((await letters()).length).toBeLessThan(20)
    })
  })
})

describe('a question and a complaint', () => {
  it('are answered by words, with where to complain', async () => {
    await withHouse('case_words', {}, async ({ intake, letters }) => {
      const { id } = await openCase(intake, {
        kind: 'question',
        channel: 'form',
        contact: 'ada@example.org',
        words: 'Why?',
      })
      await letters()
      await answer(intake, id, { by: 'jo', words: 'Which part do you mean?' })
      expect((await intake.cases.case(id))?.state).toBe('preview')
      await answer(intake, id, { by: 'jo', words: 'Because.', final: true })
      expect(await intake.cases.case(id)).toMatchObject({ state: 'answered', tasks: [] })
      expect((await letters()).map(({ type }) => type).sort()).toEqual(['answer', 'case'])
      await complain(intake, id, 'That is no answer')
      await expect(answer(intake, id, { by: 'jo', words: 'It is.', final: true })).rejects.toMatchObject({
        code: 'case.same-person',
      })
      await answer(intake, id, { by: 'kim', words: 'Sorry. Here it is.', final: true })
      expect((await intake.cases.messages(id)).map(({ from }) => from)).toEqual([
        'person',
        'staff',
        'staff',
        'person',
        'staff',
      ])
    })
  })
})

it('breach: what one case held is lost in a loss of power; the others are looked after all the same', async () => {
  await withHouse('case_lost', {}, async ({ intake, vendor, at, letters }) => {
    const lost = await openCase(intake, { kind: 'question', channel: 'form', contact: 'a@example.org' })
    const other = await openCase(intake, { kind: 'question', channel: 'form', contact: 'b@example.org' })
    const { openSql } = await import('../src/sql/open.ts')
    const pool = await openSql(vendor.env.KEPT_DATABASE_URL ?? '')
    await pool.query('UPDATE kept.case SET sealed = NULL WHERE id = $1', [lost.id])
    await pool.close()
    await letters()
    at('2026-12-01T12:00:00Z')
    const { due, waiting } = await workCases(intake)
    expect(due.late).toEqual([other.id])
    expect(waiting).toEqual([{ case: lost.id, why: 'case.destroyed' }])
  })
})
