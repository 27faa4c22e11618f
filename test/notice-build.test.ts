/** `kept notice build` as people and machines call it, and the way back by `kept import`. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256Hex } from '../src/base/hash.ts'
import { runCommand } from '../src/cli/run.ts'
import { ROOT } from './checkout.ts'
import { commitmentsOf } from './same-commitments.ts'

const DEMO = join(ROOT, 'demo/larkspur/kept.yaml')
const TEXTS = join(ROOT, 'demo/larkspur/kept.de.yaml')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-notice-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function call(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
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

const built = (...words: readonly string[]) => call('notice', 'build', '--policy', DEMO, ...words)

test('it is printed in one format, and written in all of them', async () => {
  expect((await built()).out).toMatch(/^<!doctype html>\n<html lang="en"/u)
  expect((await built('--format', 'markdown', '--language', 'de')).out).toMatch(/^# Datenschutzerklärung: Larkspur/u)
  expect(JSON.parse((await built('--format', 'json')).out)).toMatchObject({ language: 'en', direction: 'ltr' })
  const { code, out } = await built('--format', 'all', '--language', 'de', '--out', 'public')
  expect([code, readdirSync(join(folder, 'public')).toSorted()]).toEqual([
    0,
    ['notice.de.html', 'notice.de.json', 'notice.de.md'],
  ])
  expect(out).toMatch(
    /Written: public\/notice\.de\.html.*\n\d+ commitments said as undertaken by us, 4 as carried out/u,
  )
})

test('its JSON names each file with its hash, and what is claimed', async () => {
  const { code, out } = await built('--format', 'all', '--out', 'machine', '--json')
  const told = JSON.parse(out)
  expect(code).toBe(0)
  expect(told).toMatchObject({
    language: 'en',
    policy: expect.stringMatching(/^[0-9a-f]{64}$/u),
    marks: { enforced: 4, verified: 0 },
  })
  expect(told.files).toHaveLength(3)
  for (const { path, sha256 } of told.files) expect(sha256Hex(readFileSync(join(folder, path), 'utf8'))).toBe(sha256)
  const printed = JSON.parse((await built('--format', 'all', '--json')).out)
  expect(printed.files.map((file: { sha256: string }) => file.sha256)).toEqual(
    told.files.map((file: { sha256: string }) => file.sha256),
  )
})

test('what a check has found is asked of the evidence, and nothing is said to be confirmed without it', async () => {
  const { code, out, err } = await built('--checked', '--data', join(folder, '.kept'), '--json')
  expect([code, err]).toEqual([0, ''])
  expect(JSON.parse(out).marks).toMatchObject({ enforced: 4, verified: 0 })
}, 120_000)

test('what cannot be done is told with its reason, and ends with 2', async () => {
  const all = await built('--format', 'all')
  expect([all.code, all.err]).toEqual([2, expect.stringContaining('command.missing-out')])
  expect((await built('--language', 'xx')).code).toBe(2)
  expect((await call('notice', 'build', '--policy', 'absent.yaml')).code).toBe(2)
  writeFileSync(
    join(folder, 'wrong.yaml'),
    'kept: 1\ncontroller: { name: A }\ndata: {}\nretention: { all: { data: email } }\n',
  )
  const wrong = await call('notice', 'build', '--policy', 'wrong.yaml')
  expect([wrong.code, wrong.out, wrong.err]).toEqual([2, '', expect.stringContaining('retention.all')])
})

test('a further language is one file, on the way out and on the way back', async () => {
  const words = readFileSync(join(ROOT, 'src/notice/words/en.yaml'), 'utf8')
  writeFileSync(
    join(folder, 'xx.yaml'),
    words.replace('language: en', 'language: xx').replaceAll('We keep', 'Wir heben auf'),
  )
  const out = await built('--words', 'xx.yaml', '--format', 'markdown', '--out', 'other')
  // The texts of the demo are English and stand so in a notice of another language: that is told.
  expect([out.code, out.err]).toEqual([0, expect.stringMatching(/xx\.yaml: warning: .*notice\.texts-untranslated/u)])
  const imported = await call('import', 'other/notice.xx.md', '--words', 'xx.yaml', '--out', 'back-xx')
  expect([imported.code, imported.err]).toEqual([0, ''])
  const draft = readFileSync(join(folder, 'back-xx', 'kept.draft.yaml'), 'utf8')
  expect(commitmentsOf(draft)).toEqual(commitmentsOf(readFileSync(DEMO, 'utf8')))
})

test('the notice that was written is imported as the policy', async () => {
  await built('--format', 'all', '--language', 'de', '--out', 'german')
  for (const ending of ['md', 'html']) {
    const imported = await call('import', `german/notice.de.${ending}`, '--texts', TEXTS, '--out', `back-${ending}`)
    expect([imported.code, imported.err]).toEqual([0, ''])
    const draft = readFileSync(join(folder, `back-${ending}`, 'kept.draft.yaml'), 'utf8')
    expect(commitmentsOf(draft)).toEqual(commitmentsOf(readFileSync(DEMO, 'utf8')))
    expect((await call('check', '--policy', `back-${ending}/kept.draft.yaml`)).out).toContain('0 errors')
  }
})
