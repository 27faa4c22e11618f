import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type ExpectedSentence, readCaseFile } from './case-file.ts'
import { importDocument } from './import-document.ts'
import { labels } from './labels.ts'

const CASES = fileURLToPath(new URL('cases/', import.meta.url))
const files = readdirSync(CASES).filter((file) => file.endsWith('.txt'))

describe.each(files)('policy %s', (file) => {
  const { source, expected } = readCaseFile(readFileSync(`${CASES}${file}`, 'utf8'))
  const imported = importDocument(source, { name: file })

  it('is split as written', () => {
    expect(imported.sentences.map((sentence) => sentence.text)).toEqual(expected.map((sentence) => sentence.text))
  })

  it('says of each sentence what it is about and what software can do', () => {
    const told = (sentence: Pick<ExpectedSentence, 'label' | 'disposition' | 'text'>): string =>
      `${sentence.label} | ${sentence.disposition} | ${sentence.text}`
    expect(imported.sentences.map(told)).toEqual(expected.map(told))
  })

  it('finds what each sentence names: data, what it is for, who receives it', () => {
    for (const [index, { text, slots }] of expected.entries()) {
      const found = imported.sentences[index]?.slots
      for (const slot of ['data', 'purposes', 'recipients'] as const) {
        if (slots[slot] === undefined) continue
        expect(
          found?.[slot].filter((value) => value.from === undefined).map((value) => value.name),
          text,
        ).toEqual(slots[slot])
      }
    }
  })

  it('binds each promise or says why not', () => {
    for (const sentence of imported.sentences.filter((each) => each.disposition !== 'not-a-promise')) {
      expect(sentence.commitments.length > 0 || sentence.unbound !== undefined, sentence.text).toBe(true)
    }
  })
})

it('holds hundreds of sentences of our own, of every label, and hundreds of slots', () => {
  const all = files.flatMap((file) => readCaseFile(readFileSync(`${CASES}${file}`, 'utf8')).expected)
  expect(all.length).toBeGreaterThan(900)
  expect(all.flatMap((sentence) => Object.values(sentence.slots)).length).toBeGreaterThan(400)
  const seen = new Set(all.map((sentence) => sentence.label))
  expect(labels.filter((label) => !seen.has(label))).toEqual([])
})
