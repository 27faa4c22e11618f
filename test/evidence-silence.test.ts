// No personal data in any entry: the whole log of the demo and of the help desk is searched for everybody who stands in them.
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { journey } from '../demo/journey.ts'
import { layVendor } from '../demo/vendor.ts'
import { compileFinder, type SoughtIdentity } from '../src/residual/index.ts'
import { fixture, openDesk } from './request-tracker/desk.ts'

const people = new URL('../people.json', fixture)
const there = existsSync(people)
if (!there) console.log('skipped: the people of the fixtures are not at ../shared/fixtures')

/** Which of the identities stand in a file, in any encoding; the ids of what was found. */
function foundIn(file: string, identities: readonly SoughtIdentity[]): string[] {
  const finder = compileFinder(identities)
  expect(finder.notSearched).toEqual([])
  const hits = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => finder.cell(Buffer.from(line), { type: 'text' }).hits)
  return [...new Set(hits.map((hit) => hit.identity))]
}

function sought(kind: string, values: Iterable<string>): SoughtIdentity[] {
  return [...new Set(values)].map((value) => ({ id: `${kind} ${value}`, kind, value, strong: true }))
}

/** Everybody in the demo's databases: what looks like an address or a phone there, and the names that are written out. */
function demoIdentities(): SoughtIdentity[] {
  const folder = new URL('../demo/larkspur/', import.meta.url)
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const emails = text.match(/[\w.+-]+@[\w-]+\.[\w.]*\w/g) ?? []
  const phones = text.match(/\+353 \d+ \d{3} \d{4}/g) ?? []
  const names = [
    'Mira Valdez',
    'Tomas Valdez',
    'Adrian Miravel',
    'Noel Byrne',
    'Orla Quinn',
    'Jo Helps',
    '4 Harbour Row',
  ]
  return [...sought('email', emails), ...sought('phone', phones), ...sought('name', names)]
}

describe('the evidence log says nothing of anybody', () => {
  it('after the demo', { timeout: 120_000 }, async () => {
    const vendor = await layVendor(mkdtempSync(join(tmpdir(), 'kept-silence-')))
    try {
      expect(await journey(vendor)).toBe(true)
    } finally {
      await vendor.close()
    }
    const identities = demoIdentities()
    expect(identities.length).toBeGreaterThan(15)
    expect(foundIn(join(vendor.out, 'evidence.pack'), identities)).toEqual([])
    const journal = join(vendor.data, 'evidence.journal')
    expect(existsSync(journal)).toBe(true)
    expect(foundIn(journal, identities)).toEqual([])
    // The same search sees them where they are.
    expect(foundIn(join(vendor.out, 'access', 'data', 'shop', 'customers.json'), identities).length).toBeGreaterThan(1)
  })

  it.runIf(there)('after an erasure at the help desk', { timeout: 180_000 }, async () => {
    const everybody = JSON.parse(readFileSync(people, 'utf8')) as Record<string, string | readonly string[]>[]
    const identities = everybody.flatMap((one) => [
      ...sought('email', [String(one.email), ...((one.aliases as readonly string[] | undefined) ?? [])]),
      ...sought('name', [String(one.name)]),
      ...sought('phone', [String(one.phone)]),
      ...sought('login', one.username === undefined ? [] : [String(one.username)]),
    ])
    const desk = await openDesk()
    try {
      const asked = ['--identity', 'email=marta.kowalczyk@example.org', '--identity', 'name=Marta Zielińska']
      const { code } = await desk.request('erase', ...asked, '--approve-by', 'officer')
      expect([0, 1]).toContain(code)
      const pack = join(desk.folder, 'evidence.pack')
      expect((await desk.kept('evidence', 'export', '--out', pack)).code).toBe(0)
      expect(foundIn(pack, identities)).toEqual([])
    } finally {
      await desk.close()
    }
  })
})
