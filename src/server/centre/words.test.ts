import { expect, test } from 'vitest'
import { centreLanguages, centreWords, languageOf, offered } from './words.ts'

const places = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join()

test('every language says everything, with the same places', () => {
  const reference = centreWords('en')
  for (const language of centreLanguages) {
    const { texts, kinds } = centreWords(language)
    expect(Object.keys(texts).sort()).toEqual(Object.keys(reference.texts).sort())
    expect(Object.keys(kinds).sort()).toEqual([...offered].sort())
    for (const [key, text] of Object.entries(texts)) {
      expect([key, places(text)]).toEqual([key, places(reference.texts[key] ?? '')])
    }
  }
})

test('a chosen language goes before that of the browser, and one without words is English', () => {
  expect(languageOf('de', 'en-GB')).toBe('de')
  expect(languageOf(undefined, 'fr-CH, de-AT;q=0.9, en;q=0.8')).toBe('de')
  expect(languageOf('xx', 'fr')).toBe('en')
})
