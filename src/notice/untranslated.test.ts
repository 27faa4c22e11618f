import { expect, it } from 'vitest'
import { untranslated } from './untranslated.ts'
import { type Words, wordsOf } from './words.ts'

const policy = {
  data: { letter: { is: 'pd:Communication', words: 'what you write to us' } },
  disclosure: { host: { to: 'Harbour Hosting GmbH', if: ['you ask for the parcel'] } },
}
const withTexts = (texts: Readonly<Record<string, string>>): Words => ({
  ...wordsOf('de'),
  own: { language: 'de', texts, names: {} },
})

it('warns of texts that would stand in another language, with the file to write', () => {
  const [fault] = untranslated(policy, wordsOf('de'), 'shop/kept.yaml')
  expect(fault).toMatchObject({
    code: 'notice.texts-untranslated',
    severity: 'warning',
    where: { file: 'shop/kept.de.yaml' },
    what: expect.stringContaining("2 of the policy's 2 own texts"),
  })
})

it('names only what is still missing, and nothing once all is given', () => {
  const half = untranslated(policy, withTexts({ 'what you write to us': 'was Sie uns schreiben' }), 'kept.yaml')
  expect(half[0]?.what).toContain('"you ask for the parcel"')
  const all = { 'what you write to us': 'was Sie uns schreiben', 'you ask for the parcel': 'Sie um das Paket bitten' }
  expect(untranslated(policy, withTexts(all), 'kept.yaml')).toEqual([])
})

it('does not warn in the language of the policy, nor where it has no texts of its own', () => {
  expect(untranslated(policy, wordsOf('en'), 'kept.yaml')).toEqual([])
  const german = { data: { brief: { words: 'was Sie uns schreiben und von Ihnen kommt' } } }
  expect(untranslated(german, wordsOf('de'), 'kept.yaml')).toEqual([])
  expect(untranslated(german, wordsOf('en'), 'kept.yaml')).toHaveLength(1)
  expect(untranslated({ data: { name: 'pd:Name' } }, wordsOf('de'), 'kept.yaml')).toEqual([])
})
