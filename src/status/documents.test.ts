import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sha256Hex } from '../base/hash.ts'
import { compilePlan } from '../policy/plan.ts'
import { readPolicy } from '../policy/policy.ts'
import { readDocuments } from './documents.ts'

const text = '# Notice\n\nWe **erase** what you ask us to erase.\n'
const quotes = ['# Notice', 'We **erase** what you ask us to erase.']

const register = (of: string) => ({
  document: { name: 'notice', file: 'notice.md', sha256: sha256Hex(of) },
  sentences: quotes.map((quote, index) => ({
    id: `notice#${index + 1}`,
    start: of.indexOf(quote),
    end: of.indexOf(quote) + quote.length,
    quote,
    sha256: sha256Hex(quote),
    text: quote,
    section: 'Notice',
    heading: index === 0,
    disposition: 'machine',
    label: 'deletion',
  })),
})

const lay = async (files: Readonly<Record<string, string>>, source = 'notice#2', documents = '') => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-documents-'))
  const policy = `kept: 1\ncontroller: { name: Fernweh Ltd }\n${documents}data: { note: pd:Communication }\npurposes: { support: { is: dpv:CustomerCare, uses: note, source: "${source}" } }\n`
  for (const [name, written] of Object.entries({ 'kept.yaml': policy, ...files }))
    writeFileSync(join(folder, name), written)
  const read = await readPolicy(join(folder, 'kept.yaml'))
  expect(read.faults.map(({ message }) => message)).toEqual([])
  return readDocuments(compilePlan(read.policy, []))
}

const codes = async (...given: Parameters<typeof lay>) => (await lay(...given)).faults.map(({ code }) => code)
const sentences = JSON.stringify(register(text))

test('each sentence is found again by number and hash, in the words of the text itself', async () => {
  const read = await lay({ 'notice.md': text, 'notice.sentences.json': sentences })
  expect(read.faults).toEqual([])
  expect(read.documents.map((document) => document.quotes)).toEqual([quotes])
})

test('without the sentences beside the policy the document is absent, and nothing is wrong', async () => {
  expect(await lay({ 'notice.md': text })).toEqual({ documents: [], absent: ['notice'], faults: [] })
})

test('a text that was changed by one letter is a fault that names the first sentence', async () => {
  const { faults, documents } = await lay({
    'notice.md': text.replace('ask', 'asc'),
    'notice.sentences.json': sentences,
  })
  expect(faults).toMatchObject([{ code: 'status.document-changed' }])
  expect(faults[0]?.what).toContain('from notice#2 on')
  expect(documents).toEqual([])
})

test('a text that moved, a text that is gone, and a file that is none are told apart', async () => {
  expect(await codes({ 'notice.sentences.json': sentences })).toEqual(['status.document-missing'])
  expect(await codes({ 'notice.md': text, 'notice.sentences.json': '{' })).toEqual(['status.sentences-unreadable'])
  expect(await codes({ 'notice.md': text, 'notice.sentences.json': '{}' })).toEqual(['status.sentences-unreadable'])
})

test('a policy that counts the sentences of another text is held back', async () => {
  const files = { 'notice.md': text, 'notice.sentences.json': sentences }
  expect(await codes(files, 'notice#2', `documents: { notice: ${sha256Hex(text)} }\n`)).toEqual([])
  expect(await codes(files, 'notice#2', `documents: { notice: ${sha256Hex('before')} }\n`)).toEqual([
    'status.document-renumbered',
  ])
})

test('a version in force still finds the sentences of its own text, once they were imported anew', async () => {
  const other = text.replace('what', 'whatever')
  const old = register(text)
  const name = `notice.sentences.${sha256Hex(text).slice(0, 12)}.json`
  const now = { ...register(text), document: { ...old.document, sha256: sha256Hex(other) } }
  const files = { 'notice.md': other, 'notice.sentences.json': JSON.stringify(now) }
  const pinned = `documents: { notice: ${sha256Hex(text)} }\n`
  const read = await lay({ ...files, [name]: JSON.stringify(old) }, 'notice#2', pinned)
  expect(read).toMatchObject({ documents: [{ quotes, sha256: sha256Hex(text) }], faults: [] })
  const forged = { ...old, sentences: old.sentences.map((one) => ({ ...one, quote: 'We keep all.' })) }
  expect(await codes({ ...files, [name]: JSON.stringify(forged) }, 'notice#2', pinned)).toEqual([
    'status.sentences-unreadable',
  ])
})

test('a source beyond the text is a fault at its place, and a name is no path', async () => {
  const files = { 'notice.md': text, 'notice.sentences.json': sentences }
  const { faults } = await lay(files, 'notice#3')
  expect(faults).toMatchObject([{ code: 'status.unknown-sentence', where: { line: 4 } }])
  expect(await lay(files, '../notice#1')).toEqual({ documents: [], absent: [], faults: [] })
})
