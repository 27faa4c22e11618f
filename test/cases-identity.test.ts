/** Who a person is: nothing is revealed or changed before it is shown, and nobody learns whether an address is known. */
import { createHash } from 'node:crypto'
import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { advance } from '../src/intake/advance.ts'
import { grant } from '../src/intake/decide.ts'
import { addDocuments, openDocument } from '../src/intake/documents.ts'
import { checkIdentity, proveByCode, proveByLink } from '../src/intake/identity.ts'
import { openCase, publicAnswer } from '../src/intake/open.ts'
import { caseForPerson, takePassphrase } from '../src/intake/page.ts'
import { sweep } from '../src/intake/sweep.ts'
import type { Letter } from '../src/letters.ts'
import { codeIn, secretIn, withHouse } from './case-house.ts'

/** A letter without what differs in every one: who it goes to, its secrets, its case. */
const shape = (letter: Letter | undefined, id: string): string =>
  `${letter?.subject}\n${letter?.text.replaceAll(/[0-9a-z]{32}|\d{4} \d{4}/g, '*').replaceAll(id, 'ID')}`

it('asks the known and the unknown alike: same answer, same letter, same rows, no store is asked', async () => {
  await withHouse('case_unknown', {}, async ({ intake, letters, facts }) => {
    let asked = 0
    const counted = {
      ...intake,
      stores: {
        ...intake.stores,
        ask: (...given: Parameters<typeof intake.stores.ask>) => {
          asked += 1
          return intake.stores.ask(...given)
        },
        addresses: (...given: Parameters<typeof intake.stores.addresses>) => {
          asked += 1
          return intake.stores.addresses(...given)
        },
      },
    }
    const told: unknown[] = []
    for (const contact of ['person1@example.org', 'stranger@example.org']) {
      const asking = { kind: 'erasure', channel: 'form', contact } as const
      const { id } = await openCase(counted, asking)
      await advance(counted, id)
      const [letter, more] = await letters()
      expect(more).toBeUndefined()
      expect(letter?.to).toBe(contact)
      told.push([
        publicAnswer(counted, asking),
        shape(letter, id),
        await facts(id),
        (await intake.cases.case(id))?.state,
      ])
    }
    expect(told[0]).toEqual(told[1])
    expect(asked).toBe(0)
    // The second time the same holds: what is open already shows in nothing that the public gets.
    const again = await openCase(counted, { kind: 'erasure', channel: 'form', contact: 'person1@example.org' })
    expect(again.merged).toBe(true)
    expect(publicAnswer(counted, { kind: 'erasure' })).toEqual((told[0] as unknown[])[0])
    // Who shows the unknown address is told that nothing is held, and only they.
    const { id } = await openCase(counted, { kind: 'access', channel: 'form', contact: 'stranger@example.org' })
    await proveByLink(counted, secretIn((await letters()).find(({ about }) => about === id)))
    expect(await advance(counted, id)).toMatchObject({ state: 'closed', decision: { outcome: 'nothing-held' } })
    expect((await letters()).map(({ to, subject }) => [to, subject])).toEqual([
      ['stranger@example.org', 'We hold nothing about you'],
    ])
  })
})

it('writes to the address that the store holds, never to the one that was typed', async () => {
  await withHouse('case_address', {}, async ({ intake, letters }) => {
    const stranger = 'stranger@example.org'
    const identities = [{ kind: 'id', value: '4' }]
    const { id } = await openCase(intake, { kind: 'access', channel: 'form', contact: stranger, identities })
    const [receipt, none] = await letters()
    expect(none).toBeUndefined()
    expect(receipt).toMatchObject({ to: stranger, type: 'case' })
    expect(secretIn(receipt)).toBe('')
    expect(codeIn(receipt)).toBe('')
    await advance(intake, id)
    const [letter, more] = await letters()
    expect(more).toBeUndefined()
    expect(letter).toMatchObject({ to: 'person4@example.org', type: 'identity' })
    // Planted breach: the stranger asks again and again; no letter with a secret ever comes to them.
    for (let times = 0; times < 3; times++) {
      await openCase(intake, { kind: 'access', channel: 'form', contact: stranger, identities })
      await advance(intake, id)
    }
    expect((await letters()).filter((one) => one.to === stranger && secretIn(one) + codeIn(one) !== '')).toEqual([])
    await proveByLink(intake, secretIn(letter))
    expect((await advance(intake, id)).state).toBe('answered')
    expect((await letters()).map(({ to }) => to)).toEqual(['person4@example.org'])
    // A number that nobody has: nothing is sent, and the case looks the same from outside.
    const nobody = [{ kind: 'id', value: '4711' }]
    const other = await openCase(intake, { kind: 'access', channel: 'form', contact: stranger, identities: nobody })
    await letters()
    expect((await advance(intake, other.id)).state).toBe('identity')
    expect(await letters()).toEqual([])
  })
})

it('counts tries of a code, ends links, and stores no secret', async () => {
  await withHouse('case_tries', {}, async ({ intake, letters, at, database, vendor }) => {
    const { id } = await openCase(intake, { kind: 'access', channel: 'form', contact: 'person1@example.org' })
    const [letter] = await letters()
    const code = codeIn(letter)
    const wrong = code.startsWith('0') ? '1111 1111' : '0000 0000'
    const refused = { code: 'identity.refused' }
    for (let tries = 0; tries < 5; tries++) await expect(proveByCode(intake, id, wrong)).rejects.toMatchObject(refused)
    await expect(proveByCode(intake, id, code)).rejects.toMatchObject(refused)
    // Planted breach: asking anew at once brings no new code to try.
    await openCase(intake, { kind: 'access', channel: 'form', contact: 'person1@example.org' })
    expect(await letters()).toEqual([])
    at('2026-11-02T09:20:00Z')
    for (let times = 0; times < 20; times++) {
      at(new Date(Date.parse('2026-11-02T09:30:00Z') + times * 3_600_000).toISOString())
      await openCase(intake, { kind: 'access', channel: 'form', contact: 'person1@example.org' })
    }
    const sent = await letters()
    expect(sent.length).toBe(4)
    at('2026-11-10T00:00:00Z')
    await expect(proveByLink(intake, secretIn(sent.at(-1)))).rejects.toMatchObject(refused)
    await expect(proveByLink(intake, 'nothing')).rejects.toMatchObject(refused)
    const { rows } = await rowsOf(vendor.env.KEPT_DATABASE_URL ?? '', 'SELECT t::text AS line FROM kept.case_token t')
    for (const one of [letter, ...sent]) {
      const secret = secretIn(one)
      const plain = [secret, codeIn(one).replace(' ', ''), createHash('sha256').update(secret).digest('hex')]
      for (const { line } of rows) for (const text of plain) expect(line).not.toContain(text)
    }
    expect(await database.requests()).toEqual([])
    // Nobody confirmed: after a month the case ends, with a letter, and nothing was done.
    at('2026-12-03T00:00:00Z')
    expect(await sweep(intake)).toMatchObject({ ended: 1 })
    expect(await intake.cases.case(id)).toMatchObject({ state: 'closed', closing: { why: 'not-confirmed' } })
  })
})

it('believes the vendor’s own site: signed, for us, fresh, once', async () => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  const other = await generateKeyPair('ES256', { extractable: true })
  const secret = 'a shared secret of more than 32 bytes!'
  const site = {
    issuer: 'https://shop.larkspur.example',
    audience: 'kept',
    subject: 'id',
    keys: [
      { algorithm: 'ES256', key: await exportSPKI(pair.publicKey) },
      { algorithm: 'HS256', key: secret },
    ],
  } as const
  await withHouse('case_site', { settings: { site } }, async ({ intake, letters }) => {
    const now = Math.floor(intake.now().getTime() / 1000)
    const claims = { email: 'person5@example.org', email_verified: true, sub: '5' }
    let number = 0
    const token = (more: object = {}, alg = 'ES256') => {
      number += 1
      const jwt = {
        iss: site.issuer,
        aud: 'kept',
        iat: now,
        exp: now + 120,
        jti: `0123456789abcdef-${number}`,
        ...claims,
        ...more,
      }
      return new SignJWT(jwt).setProtectedHeader({ alg })
    }
    const open = async (siteToken: string) => openCase(intake, { kind: 'access', channel: 'api', siteToken })
    const good = await token().sign(pair.privateKey)
    const opened = await open(good)
    expect(opened.page).toMatch(/^[0-9a-z]{32}$/)
    expect(opened.passphrase).toBeDefined()
    expect(await advance(intake, opened.id)).toMatchObject({ state: 'answered', identity: { how: 'site' } })
    expect((await letters()).map(({ to }) => to)).toContain('person5@example.org')
    await expect(open(good)).rejects.toMatchObject({ code: 'identity.token-used' })
    expect((await open(await token({}, 'HS256').sign(new TextEncoder().encode(secret)))).page).toBeDefined()
    const breaches = {
      'another key': await token().sign(other.privateKey),
      'another audience': await token({ aud: 'shop' }).sign(pair.privateKey),
      'another issuer': await token({ iss: 'https://evil.example' }).sign(pair.privateKey),
      'an old one': await token({ iat: now - 400, exp: now - 200 }).sign(pair.privateKey),
      'one from tomorrow': await token({ iat: now + 86_400, exp: now + 86_500 }).sign(pair.privateKey),
      'one that lives an hour': await token({ exp: now + 3600 }).sign(pair.privateKey),
      'no nonce': await token({ jti: undefined }).sign(pair.privateKey),
      'an address that the site has not verified': await token({ email_verified: undefined, sub: undefined }).sign(
        pair.privateKey,
      ),
      // The public key is known to everybody: as an HS256 secret it must not open anything.
      'the public key as a secret': await token({}, 'HS256').sign(new TextEncoder().encode(site.keys[0].key)),
      'no signature': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`,
      'no token': 'x'.repeat(10_000),
    }
    for (const [what, given] of Object.entries(breaches)) {
      await expect(open(given), what).rejects.toMatchObject({ code: 'identity.token-refused' })
    }
  })
})

it('keeps documents encrypted for their term, shows them to the staff only, and destroys them with a fact', async () => {
  const policy = (text: string) => text.replace('rights:\n', 'rights:\n  identity: { by: document, keep: P7D }\n')
  await withHouse('case_documents', { policy }, async ({ intake, letters, at, facts }) => {
    const { id } = await openCase(intake, {
      kind: 'erasure',
      channel: 'staff',
      contact: 'new@example.org',
      by: 'jo',
      identities: [{ kind: 'id', value: '2' }],
    })
    await letters()
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10]), Buffer.from('Given2 Family2')])
    const wrong = [
      { mediaType: 'image/png', bytes: Buffer.from('<script>') },
      { mediaType: 'text/html', bytes: png },
      { mediaType: 'image/png', bytes: Buffer.concat([png, Buffer.alloc(11 * 1024 * 1024)]) },
    ]
    for (const file of wrong) {
      await expect(addDocuments(intake, id, 'person', [file])).rejects.toMatchObject({ code: 'case.bad-file' })
    }
    await addDocuments(intake, id, 'person', [{ mediaType: 'image/png', bytes: png }])
    expect((await intake.cases.case(id))?.tasks).toEqual(['check-identity'])
    const [file] = await intake.cases.files(id)
    expect(Buffer.from((await openDocument(intake, file?.id ?? '', 'jo')).bytes).equals(png)).toBe(true)
    await checkIdentity(intake, id, { by: 'jo', identities: [] })
    expect((await intake.cases.case(id))?.state).toBe('identity')
    await checkIdentity(intake, id, { by: 'jo', identities: [{ kind: 'id', value: '2' }] })
    expect(await advance(intake, id)).toMatchObject({ state: 'preview', identity: { how: 'documents', by: 'jo' } })
    at('2026-11-10T00:00:00Z')
    expect(await sweep(intake)).toMatchObject({ files: 1 })
    await expect(openDocument(intake, file?.id ?? '', 'jo')).rejects.toMatchObject({ code: 'case.no-file' })
    expect((await facts(id)).slice(-1)).toEqual(['document-destroyed'])
    expect(await facts(id)).toContain('document-seen')
  })
})

it('a parent is looked at by a person, an agent’s case is decided by one, and a page’s token opens its case alone', async () => {
  await withHouse('case_behalf', {}, async ({ intake, letters }) => {
    const child = await openCase(intake, {
      kind: 'access',
      channel: 'form',
      contact: 'person1@example.org',
      behalf: 'parent',
    })
    const shown = await proveByLink(intake, secretIn((await letters()).find(({ type }) => type === 'identity')))
    expect(shown.passphrase).toBeUndefined()
    expect(await advance(intake, child.id)).toMatchObject({ state: 'identity', tasks: ['check-identity'] })
    await checkIdentity(intake, child.id, { by: 'jo', identities: [{ kind: 'email', value: 'person1@example.org' }] })
    expect(await advance(intake, child.id)).toMatchObject({ state: 'preview', tasks: ['decide'] })
    await grant(intake, child.id, 'jo')
    expect((await advance(intake, child.id)).state).toBe('answered')
    const page = secretIn((await letters()).find(({ subject }) => subject === 'Your copy is ready'))
    expect(await takePassphrase(intake, page)).toMatch(/^([0-9a-z]{4}-){7}/)
    expect(await takePassphrase(intake, page)).toBeUndefined()
    const agent = { kind: 'access', channel: 'form', contact: 'agent@example.org', behalf: 'agent' } as const
    const { id } = await openCase(intake, { ...agent, identities: [{ kind: 'email', value: 'person3@example.org' }] })
    const proof = (await letters()).filter(({ type }) => type === 'identity')
    expect(proof.map(({ to }) => to)).toEqual(['person3@example.org'])
    const own = await proveByLink(intake, secretIn(proof[0]))
    expect(await advance(intake, id)).toMatchObject({ state: 'preview', tasks: ['decide'] })
    expect((await caseForPerson(intake, own.page)).record.id).toBe(id)
    await expect(caseForPerson(intake, secretIn(proof[0]))).rejects.toMatchObject({ code: 'case.page-refused' })
  })
})

async function rowsOf(url: string, text: string): Promise<{ rows: { line: string }[] }> {
  const { openSql } = await import('../src/sql/open.ts')
  const pool = await openSql(url)
  try {
    return await pool.query<{ line: string }>(text)
  } finally {
    await pool.close()
  }
}
