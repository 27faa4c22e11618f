/** The demonstration's own policy: prose, what was read and decided of it, and the kept.yaml that came of both. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { layVendor, type Vendor } from '../demo/vendor.ts'
import { runCommand } from '../src/cli/run.ts'
import { commitmentKinds } from '../src/commitments/index.ts'
import { isOpen } from '../src/commitments/statement.ts'
import { importedDocument } from '../src/language/imported-document.ts'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicy } from '../src/policy/policy.ts'
import { readDocuments } from '../src/status/documents.ts'
import { ROOT } from './checkout.ts'

const DEMO = join(ROOT, 'demo', 'larkspur')
const POLICIES = join(ROOT, '..', 'shared', 'policies')
const read = (name: string) => readFileSync(join(DEMO, name), 'utf8')
const register = importedDocument.parse(JSON.parse(read('privacy.sentences.json')))

let vendor: Vendor
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kept-larkspur-'))
  vendor = await layVendor(folder)
})
afterAll(async () => {
  await vendor?.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = async (words: readonly string[]) => {
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
    database: { directory: vendor.data, opened: vendor.database },
  })
  return { code, ...said }
}

test('the import still finds the sentences that the policy counts, as they were decided', async () => {
  const again = await run(['import', 'privacy.md', '--out', '.', '--json'])
  expect(again.err).toBe('')
  const { sentences } = JSON.parse(again.out) as { sentences: { id: string; reviewed: boolean }[] }
  const found = importedDocument.parse(JSON.parse(readFileSync(join(folder, 'privacy.sentences.json'), 'utf8')))
  expect(found.document).toEqual(register.document)
  expect(found.sentences.map(({ id, sha256 }) => [id, sha256])).toEqual(
    register.sentences.map(({ id, sha256 }) => [id, sha256]),
  )
  const decided = new Set(sentences.filter(({ reviewed }) => reviewed).map(({ id }) => id))
  const decisions = ({ sentences: all }: typeof register) =>
    all.filter(({ id }) => decided.has(id)).map(({ id, disposition, label }) => [id, disposition, label])
  expect(decided.size).toBeGreaterThan(50)
  expect(decisions(found)).toEqual(decisions(register))
})

test('all sixteen kinds are needed, every sentence that can be kept is bound, every open question is answered', async () => {
  const { policy, faults } = await readPolicy(join(DEMO, 'kept.yaml'))
  expect(faults.map(({ message }) => message)).toEqual([])
  const plan = compilePlan(policy, [])
  expect(new Set(plan.commitments.map(({ kind }) => kind))).toEqual(new Set(commitmentKinds.map(({ key }) => key)))
  expect((await readDocuments(plan)).faults).toEqual([])
  const bound = new Set(plan.commitments.flatMap(({ source }) => source))
  const wrong = register.sentences.filter(({ id, disposition }) => bound.has(id) === (disposition === 'not-a-promise'))
  expect(wrong.map(({ id, text }) => `${id} ${text}`)).toEqual([])
  const open = (value: unknown): boolean =>
    isOpen(value) || (typeof value === 'object' && value !== null && Object.values(value).some(open))
  expect(open(policy.located.value)).toBe(false)
  const lone = plan.commitments.filter(({ source }) => source.length === 0)
  expect(lone.map(({ id }) => id)).toEqual([])
})

test('every sentence that needs a person names one', async () => {
  const { policy } = await readPolicy(join(DEMO, 'kept.yaml'))
  const { commitments } = compilePlan(policy, [])
  const unowned = register.sentences
    .filter(({ disposition }) => disposition === 'human-task')
    .filter(({ id }) => !commitments.some(({ source, task }) => source.includes(id) && task?.owner !== undefined))
  expect(unowned.map(({ id, text }) => `${id} ${text}`)).toEqual([])
})

test('check finds what was planted, and nothing else', async () => {
  const { code, out } = await run(['check', '--json'])
  expect(code).toBe(1)
  const { faults } = JSON.parse(out) as { faults: { code: string }[] }
  expect(faults.map((fault) => fault.code).toSorted()).toEqual(['store.undeclared-column', 'store.undeclared-table'])
})

interface Told {
  readonly sentences: readonly {
    readonly id: string
    readonly quote: string
    readonly state: string
    readonly evidence: number | null
    readonly since: string | null
    readonly commitments: readonly string[]
  }[]
  readonly totals: Readonly<Record<string, number>>
}

test('a right is unproven until a request was proven, and its sentence is kept by the entry that says so', async () => {
  const before = JSON.parse((await run(['status', '--json'])).out) as Told
  expect(before.totals).toMatchObject({ kept: 0, broken: 0 })
  expect(Object.values(before.totals).reduce((sum, number) => sum + number, 0)).toBe(register.sentences.length)
  const text = read('privacy.md')
  for (const { id, quote } of before.sentences) expect(text, id).toContain(quote)
  expect((await run(['request', 'access', '--identity', 'email=tomas.valdez@example.org', '--out', 'copy'])).code).toBe(
    0,
  )
  const after = JSON.parse((await run(['status', '--json', '--html', 'status.html'])).out) as Told
  const kept = after.sentences.filter(({ state }) => state === 'kept')
  expect(kept).toMatchObject([{ commitments: ['rights.access'], evidence: expect.any(Number) }])
  expect(Date.parse(kept[0]?.since ?? '')).toBeLessThanOrEqual(Date.now())
  expect(readFileSync(join(folder, 'status.html'), 'utf8')).toContain('receive a copy of the personal data')
})

test('no sentence of it is taken from the policies of others', (context) => {
  if (!existsSync(POLICIES)) return context.skip('../shared/policies is not there')
  const wordsOf = (text: string) => text.toLowerCase().match(/[a-z]+/gu) ?? []
  const runsOf = (text: string, length: number) => {
    const words = wordsOf(text)
    return words
      .map((_, index) => words.slice(index, index + length).join(' '))
      .slice(0, Math.max(0, words.length - length + 1))
  }
  const theirs = new Set(readdirSync(POLICIES).flatMap((name) => runsOf(readFileSync(join(POLICIES, name), 'utf8'), 8)))
  expect(theirs.size).toBeGreaterThan(1000)
  expect(runsOf(read('privacy.md'), 8).filter((words) => theirs.has(words))).toEqual([])
})
