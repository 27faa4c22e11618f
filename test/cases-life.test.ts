/** The whole life of cases, from the question to the closed file, on real databases with a clock that moves. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { BlobReader, BlobWriter, TextWriter, ZipReader } from '@zip.js/zip.js'
import { describe, expect, it } from 'vitest'
import { advance } from '../src/intake/advance.ts'
import { deny, grant } from '../src/intake/decide.ts'
import { proveByCode, proveByLink } from '../src/intake/identity.ts'
import { openCase } from '../src/intake/open.ts'
import { caseForPerson, complainAsPerson, fetchCopy, takePassphrase } from '../src/intake/page.ts'
import { sweep } from '../src/intake/sweep.ts'
import { codeIn, secretIn, withHouse } from './case-house.ts'

describe.each([
  { name: 'server', embedded: false },
  { name: 'embedded', embedded: true },
])('cases of people, Kept’s own database $name', ({ name, embedded }) => {
  it('an access goes from a form to a locked copy that expires', async () => {
    await withHouse(`case_access_${name}`, { embedded }, async ({ intake, letters, facts, at, database }) => {
      const { id } = await openCase(intake, {
        kind: 'access',
        channel: 'form',
        contact: 'Person2@example.org',
        language: 'de',
        country: 'DE',
        words: 'please, I am Given2 Family2',
      })
      expect(await intake.cases.case(id)).toMatchObject({
        state: 'identity',
        dueAt: '2026-12-02T09:00:00.000Z',
        clock: { law: 'eu-gdpr', source: 'GDPR art. 12(3)', verified: true, latest: '2027-02-02T09:00:00.000Z' },
      })
      // Nothing is looked for before the identity is shown.
      expect((await advance(intake, id)).state).toBe('identity')
      expect(await database.requests()).toEqual([])
      const [letter, none] = await letters()
      expect(none).toBeUndefined()
      expect(letter).toMatchObject({ to: 'Person2@example.org', type: 'identity', language: 'de', about: id })
      expect(letter?.text).toContain('2. Dezember 2026')
      expect(letter?.text).not.toContain('Family2')
      at('2026-11-03T08:00:00Z')
      const proven = await proveByLink(intake, secretIn(letter))
      expect(proven.passphrase).toMatch(/^([0-9a-z]{4}-){7}[0-9a-z]{4}$/)
      await expect(proveByLink(intake, secretIn(letter))).rejects.toMatchObject({ code: 'identity.refused' })
      expect(await takePassphrase(intake, proven.page)).toBeUndefined()
      expect((await advance(intake, id)).state).toBe('answered')
      expect(await facts(id)).toEqual([
        'case.opened/1',
        'identity-asked',
        'identity-shown',
        'request-linked',
        'searched',
        'granted',
        'carried-out',
        'proven',
        'answered',
      ])
      const [ready] = await letters()
      expect(ready?.subject).toBe('Ihre Kopie ist fertig')
      expect(ready?.text).toContain('Bundesbeauftragte')
      const { path } = await fetchCopy(intake, secretIn(ready))
      expect(await textsIn(path, proven.passphrase ?? '')).toContain('Help for person2@example.org')
      await expect(textsIn(path, 'another passphrase')).rejects.toThrow()
      const { told } = await caseForPerson(intake, proven.page)
      expect(told.asked).toBe('Sie wollten am 2. November 2026: eine Kopie Ihrer Daten.')
      expect(told.steps.map(({ words }) => words)).toContain('Sie haben Ihre Kopie abgeholt.')
      expect(told.can.map(({ act }) => act)).toEqual(['fetch', 'complain', 'outside'])
      at('2026-11-18T08:00:00Z')
      expect(await sweep(intake)).toEqual({ files: 1, ended: 0, destroyed: 0, failed: [] })
      expect(existsSync(path)).toBe(false)
      await expect(fetchCopy(intake, secretIn(ready))).rejects.toMatchObject({ code: 'case.no-file' })
      expect((await intake.cases.case(id))?.state).toBe('closed')
      expect((await facts(id)).at(-1)).toBe('copy-destroyed')
      at('2027-05-20T08:00:00Z')
      expect(await sweep(intake)).toEqual({ files: 0, ended: 0, destroyed: 1, failed: [] })
      expect(await intake.cases.opened(id)).toBeUndefined()
      expect((await intake.cases.messages(id)).every(({ content }) => content === undefined)).toBe(true)
      for await (const { body } of database.entries())
        expect(JSON.stringify(body)).not.toMatch(/person2|Family2|example\.org/i)
    })
  })

  it('an erasure waits for a decision, is carried out, proven and answered; a complaint goes to somebody else', async () => {
    await withHouse(`case_erasure_${name}`, { embedded }, async ({ intake, letters, facts, at, vendor }) => {
      const { id } = await openCase(intake, { kind: 'erasure', channel: 'form', contact: 'person3@example.org' })
      const [letter] = await letters()
      const proven = await proveByCode(intake, id, codeIn(letter))
      expect(proven.passphrase).toBeUndefined()
      await expect(grant(intake, id, 'jo')).rejects.toMatchObject({ code: 'case.state' })
      const seen = await advance(intake, id)
      expect(seen).toMatchObject({ state: 'preview', tasks: ['decide'] })
      expect((await letters()).map(({ to, type }) => [to, type])).toEqual([['privacy@larkspur.example', 'task']])
      const there = () => vendor.query("SELECT 1 FROM users WHERE email = 'person3@example.org'")
      expect(await there()).toHaveLength(1)
      // Planted breach: a row comes in after the preview. Nothing is erased that nobody has seen.
      await grant(intake, id, 'jo')
      await vendor.query("INSERT INTO tickets VALUES (777, 3, 'one more')")
      expect(await advance(intake, id)).toMatchObject({ state: 'preview', tasks: ['decide'] })
      expect(await there()).toHaveLength(1)
      await letters()
      at('2026-11-04T10:00:00Z')
      await grant(intake, id, 'jo')
      expect(await advance(intake, id)).toMatchObject({ state: 'closed', tasks: [] })
      expect(await there()).toHaveLength(0)
      const [done] = await letters()
      expect(done).toMatchObject({ to: 'person3@example.org', type: 'answer', subject: 'Your request is done' })
      expect(done?.text).toContain('tax')
      expect((await facts(id)).slice(-5)).toEqual(['granted', 'carried-out', 'proven', 'answered', 'closed'])
      at('2026-11-20T10:00:00Z')
      await complainAsPerson(intake, proven.page, 'my invoices are still there')
      expect(await intake.cases.case(id)).toMatchObject({
        state: 'complained',
        tasks: ['complaint'],
        dueAt: '2026-12-20T10:00:00.000Z',
      })
      await expect(deny(intake, id, 'jo', 'legal-obligation')).rejects.toMatchObject({ code: 'case.same-person' })
      const denied = await deny(intake, id, 'kim', 'legal-obligation')
      expect(denied).toMatchObject({ state: 'answered', decision: { outcome: 'denied', ground: 'legal-obligation' } })
      const told = (await letters()).find(({ subject }) => subject === 'We cannot do what you asked')
      expect(told?.text).toContain('a law obliges us to keep the data (GDPR art. 17(3)(b))')
      expect(told?.text).toContain('Information Commissioner’s Office (https://ico.org.uk)')
      at('2026-12-05T10:00:00Z')
      await sweep(intake)
      expect(await intake.cases.case(id)).toMatchObject({ state: 'closed', closing: { why: 'answered' } })
    })
  })
})

/** All texts of a locked copy. */
async function textsIn(path: string, password: string): Promise<string> {
  const outer = new ZipReader(new BlobReader(new Blob([await readFile(path)])), { password, useWebWorkers: false })
  const [locked] = await outer.getEntries()
  if (locked === undefined || locked.directory) throw new Error('the copy is empty')
  const inner = new ZipReader(new BlobReader(await locked.getData(new BlobWriter())), { useWebWorkers: false })
  const texts: string[] = []
  for (const entry of await inner.getEntries()) if (!entry.directory) texts.push(await entry.getData(new TextWriter()))
  await inner.close()
  return texts.join('\n')
}
