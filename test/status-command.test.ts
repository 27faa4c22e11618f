/** From a text to the state of its sentences, by the commands and Kept's own database, with breaches planted in between. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256Hex } from '../src/base/hash.ts'
import { runCommand } from '../src/cli/run.ts'
import { type KeptDatabase, openDatabase } from '../src/database/open.ts'
import type { Finding } from '../src/records.ts'

const TEXT = `# Privacy at Fernweh

We keep your letters for two years after your last message.
We also keep your parcels for two years after your last message.
`

const policyOf = (text: string, probes = '') => `kept: 1
controller: { name: Fernweh Ltd }
documents: { notice: ${sha256Hex(text)} }
${probes}data: { letter: pd:Communication, parcel: pd:Purchase }
purposes: { support: { is: dpv:CustomerCare, uses: [letter, parcel], source: "notice#3" } }
retention:
  letters: { data: letter, keep: P2Y, from: last-contact, source: ["notice#2"] }
  parcels: { data: parcel, keep: P2Y, from: last-contact, source: ["notice#3"] }
`

let folder: string
let database: KeptDatabase

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kept-status-'))
  database = await openDatabase({ directory: join(folder, '.kept'), controller: 'Fernweh Ltd' })
  writeFileSync(join(folder, 'notice.md'), TEXT)
  writeFileSync(join(folder, 'kept.yaml'), policyOf(TEXT))
  expect((await run('import', 'notice.md', '--out', '.')).code).toBe(0)
}, 60_000)
afterAll(async () => {
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function run(...words: string[]) {
  const said = { out: '', err: '' }
  const code = await runCommand(words, {
    cwd: folder,
    env: {},
    interactive: false,
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    database: { directory: join(folder, '.kept'), opened: database },
  })
  return { code, ...said }
}

interface Told {
  readonly sentences: readonly { readonly id: string; readonly state: string; readonly since: string | null }[]
  readonly totals: Readonly<Record<string, number>>
  readonly faults?: readonly { readonly code: string }[]
}

const told = async (): Promise<Told & { readonly code: number }> => {
  const { code, out } = await run('status', '--json')
  return { code, ...(JSON.parse(out) as Told) }
}

const stateOf = async (id: string) => (await told()).sentences.find((sentence) => sentence.id === id)

const find = (subject: string, outcome: Finding['outcome']) =>
  database.change([], [], {
    findings: [
      {
        probe: 'retention.sweep',
        subject,
        outcome,
        detail: { policy: sha256Hex(readFileSync(join(folder, 'kept.yaml'))), maps: {} },
      },
    ],
  })

test('a sweep keeps a sentence, a planted breach breaks it, and each tells since when', async () => {
  expect(await stateOf('notice#2')).toMatchObject({ state: 'unproven', since: null })
  const [kept] = await find('retention.letters', 'kept')
  await find('retention.letters', 'kept')
  expect(await stateOf('notice#2')).toMatchObject({ state: 'kept', since: kept?.at })
  const [broken] = await find('retention.letters', 'broken')
  await find('retention.letters', 'broken')
  expect(await stateOf('notice#2')).toMatchObject({ state: 'broken', since: broken?.at })
  expect(await told()).toMatchObject({ code: 1, totals: { broken: 1 } })
  await find('retention.letters', 'kept')
  expect(await told()).toMatchObject({ code: 0, totals: { broken: 0, kept: 1 } })
})

test('a sentence is no better than the worst of its commitments', async () => {
  await find('retention.parcels', 'kept')
  expect(await stateOf('notice#3')).toMatchObject({ state: 'unproven' })
})

test('a change of one word in the policy, or a probe that is off, takes the proof away', async () => {
  const written = readFileSync(join(folder, 'kept.yaml'), 'utf8')
  expect(await stateOf('notice#2')).toMatchObject({ state: 'kept' })
  writeFileSync(
    join(folder, 'kept.yaml'),
    written.replace('letters: { data: letter, keep: P2Y', 'letters: { data: letter, keep: P3Y'),
  )
  expect(await stateOf('notice#2')).toMatchObject({ state: 'unproven' })
  writeFileSync(join(folder, 'kept.yaml'), policyOf(TEXT, 'probes: { retention.sweep: off }\n'))
  await find('retention.letters', 'kept')
  expect(await stateOf('notice#2')).toMatchObject({ state: 'unproven' })
  writeFileSync(join(folder, 'kept.yaml'), written)
  await find('retention.letters', 'kept')
  expect(await stateOf('notice#2')).toMatchObject({ state: 'kept' })
})

test('a text that was changed holds status and check back, until it was imported and the policy follows', async () => {
  const other = TEXT.replace('We keep your letters', 'We are careful. We keep your letters')
  writeFileSync(join(folder, 'notice.md'), other)
  expect(await told()).toMatchObject({ code: 1, faults: [{ code: 'status.document-changed' }] })
  const check = JSON.parse((await run('check', '--json')).out) as Told
  expect(check.faults?.map(({ code }) => code)).toContain('status.document-changed')
  const again = await run('import', 'notice.md', '--out', '.')
  expect(again.out).toMatch(/notice#2\s+is now notice#3/)
  expect(again.out).toMatch(/notice#3\s+is now notice#4/)
  // The policy still counts the sentences of the text before, which were kept.
  expect((await told()).sentences.map(({ id }) => id)).toEqual(['notice#1', 'notice#2', 'notice#3'])
  const followed = policyOf(other).replaceAll('notice#3', 'notice#4').replaceAll('notice#2', 'notice#3')
  writeFileSync(join(folder, 'kept.yaml'), followed)
  expect((await told()).sentences.map(({ id }) => id)).toEqual(['notice#1', 'notice#2', 'notice#3', 'notice#4'])
})
