/** `kept policy export|import` as people and machines call it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runCommand } from '../src/cli/run.ts'
import { ROOT } from './checkout.ts'

const FIXTURE = join(ROOT, '../shared/fixtures/fides')
const DEMO = join(ROOT, 'demo/larkspur/kept.yaml')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-exchange-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function call(words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
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
  })
  return { code, ...said }
}

const exported = (...words: string[]) => call(['policy', 'export', '--policy', DEMO, ...words])

test('each format goes to standard output, its losses beside it', async () => {
  const dpv = await exported('--as', 'dpv')
  expect(dpv.code, dpv.err).toBe(0)
  expect(JSON.parse(dpv.out)['@graph'].length).toBeGreaterThan(10)
  expect(dpv.err).toContain('Not said in this format:')
  const fides = await exported('--as', 'fideslang')
  expect(parse(fides.out).system[0].privacy_declarations.length).toBeGreaterThan(1)
  expect((await exported('--as', 'article-30', '--language', 'de')).out).toMatch(/^Verantwortlicher,/)
  const schema = await exported('--as', 'json-schema')
  expect(schema.out).toBe(`${JSON.stringify(JSON.parse(schema.out), null, 2)}\n`)
})

test('the printed schema holds the policy, and refuses one that is none', async () => {
  const schema = JSON.parse((await exported('--as', 'json-schema')).out)
  const validate = new Ajv({ strict: false }).compile(schema)
  expect(validate(parse(readFileSync(DEMO, 'utf8'))), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ kept: 1, controller: {}, data: {} })).toBe(false)
})

test('a folder gets every file of a format, a name the one with its ending', async () => {
  expect((await exported('--as', 'article-30', '--out', 'record')).code).toBe(0)
  expect(readdirSync(join(folder, 'record'))).toEqual(['article-30.csv', 'article-30.html'])
  const named = await exported('--as', 'article-30', '--out', 'books/ropa.html', '--json')
  expect(JSON.parse(named.out).missing.length).toBeGreaterThan(0)
  expect(readFileSync(join(folder, 'books/ropa.html'), 'utf8')).toMatch(/^<!doctype html>/)
  expect(existsSync(join(folder, 'books/ropa.csv'))).toBe(false)
  const wrong = await exported('--as', 'article-30', '--out', 'ropa.pdf')
  expect(wrong).toMatchObject({ code: 2 })
  expect(wrong.err).toContain('exchange.no-such-file')
})

test('wrong use and unreadable files end with 2', async () => {
  for (const words of [
    ['policy', 'export'],
    ['policy', 'export', '--as', 'pdf'],
    ['policy', 'export', '--as', 'dpv', '--policy', 'nowhere.yaml'],
    ['policy', 'import', '--from', 'fideslang', 'nowhere.yml'],
    ['policy', 'import', 'some.yml'],
    ['store', 'import', '--from', 'elsewhere', 'some.yml'],
  ]) {
    const { code, err } = await call(words)
    expect(code, words.join(' ')).toBe(2)
    expect(err, words.join(' ')).not.toBe('')
  }
})

test('each command tells how it is used', async () => {
  for (const words of [
    ['policy', 'export'],
    ['policy', 'import'],
    ['store', 'import'],
  ]) {
    const { code, out } = await call([...words, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/\nExample:\n {2}\$ kept /)
    expect(out).toContain('--json')
  }
})

test('without a policy a store map names categories as the import of a policy would', async (context) => {
  if (!existsSync(FIXTURE)) return context.skip('../shared/fixtures/fides is not there')
  const words = ['store', 'import', '--from', 'fides', join(FIXTURE, 'mysql_example_test_dataset.yml'), '--json']
  const { code, out, err } = await call(words)
  expect(code, err).toBe(0)
  const { map, remarks } = JSON.parse(out)
  expect(map.tables.customer.fields.email).toEqual({ is: 'email' })
  expect(remarks[0].path).toBe('kept.yaml')
  expect(await call([...words, '--policy', 'nowhere.yaml'])).toMatchObject({ code: 2 })
})

test('what is no Fideslang is refused with its place, and its values are not told', async () => {
  writeFileSync(join(folder, 'other.yml'), 'services: { web: secret-token }\n')
  const other = await call(['policy', 'import', '--from', 'fideslang', 'other.yml'])
  expect(other.err).toContain('exchange.not-fideslang')
  writeFileSync(
    join(folder, 'bad.yml'),
    'dataset:\n  - fides_key: a\n    collections:\n      - { name: t, fields: secret-token }\n',
  )
  const bad = await call(['policy', 'import', '--from', 'fideslang', 'bad.yml', '--json'])
  expect(bad.code).toBe(2)
  expect(JSON.parse(bad.out).faults).toMatchObject([{ code: 'exchange.bad-fideslang', where: { line: 4 } }])
  expect(JSON.parse(bad.out).faults[0].what).not.toContain('secret-token')
  const deep = `dataset:\n  - fides_key: a\n    collections: [{ name: t, fields: [${'{ name: f, fields: ['.repeat(60)}${']}'.repeat(60)}] }]\n`
  writeFileSync(join(folder, 'deep.yml'), deep)
  expect((await call(['policy', 'import', '--from', 'fideslang', 'deep.yml'])).err).toContain('nested too deeply')
})

test("Fides' own systems and dataset become drafts that ask what they do not say", async (context) => {
  if (!existsSync(FIXTURE)) return context.skip('../shared/fixtures/fides is not there')
  const files = ['sample_systems.yml', 'postgres_example_test_dataset.yml', 'mysql_example_test_dataset.yml']
  const words = [
    'policy',
    'import',
    '--from',
    'fideslang',
    ...files.map((file) => join(FIXTURE, file)),
    '--out',
    'draft',
  ]
  const imported = await call([...words, '--json'])
  expect(imported.code, imported.err).toBe(0)
  const { policy, questions, lost } = JSON.parse(imported.out)
  expect(readdirSync(join(folder, 'draft/stores')).toSorted()).toEqual([
    'mysql_example_test_dataset.yaml',
    'postgres_example_test_dataset.yaml',
  ])
  expect(policy.purposes['first-party-targeted']).toMatchObject({ is: 'dpv:PersonalisedAdvertising' })
  // A key stands for those below it that the datasets of the declaration hold.
  expect(policy.purposes['essential-service'].uses).toEqual(
    expect.arrayContaining(['contact', 'email', 'bank-account']),
  )
  expect(policy.purposes['service-improve'].uses).toEqual(['contact', 'cookie-id'])
  const asked = questions.map(({ file, path }: { file: string; path: string }) => `${file} ${path}`)
  expect(asked).toContain('kept.draft.yaml controller.name')
  expect(asked).toContain('kept.draft.yaml purposes.essential-service.basis')
  expect(asked).toContain('kept.draft.yaml retention.essential-service.keep')
  expect(JSON.stringify(lost)).toContain('whose data it is (customer)')

  // Nothing but open questions and what follows from them keeps the drafts from being a policy.
  const checked = await call(['check', '--policy', 'draft/kept.draft.yaml', '--json'])
  expect(checked.code).toBe(1)
  const errors = (
    JSON.parse(checked.out).faults as { severity: string; code: string; where: { path?: string }; what: string }[]
  )
    .filter(({ severity }) => severity === 'error')
    .filter(({ code }) => !['policy.open-question', 'store.open-question', 'store.no-secret'].includes(code))
  expect(errors.map(({ code, where, what }) => `${code} ${where.path}: ${what}`)).toEqual([])

  const again = await call(words)
  expect(again.code).toBe(2)
  expect(again.err).toContain('exchange.file-exists')
})
