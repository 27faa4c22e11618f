import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { GROUNDS } from '../language/denial-grounds.ts'
import { caseKindNames } from './kinds.ts'
import { extensionReasons } from './late.ts'
import { caseStates } from './states.ts'
import { caseLanguages, dayWords, fill, wordsOf } from './words.ts'

type Tree = { readonly [key: string]: string | Tree }

/** Every sentence by its path. */
function sentences(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : sentences(value, `${path}${key}.`),
  )
}

const placesOf = (text: string): string[] => [...new Set(text.match(/\{[a-zA-Z]+\}/g) ?? [])].sort()

test.each(caseLanguages)('%s says everything that English says, with the same places', (language) => {
  const read = (name: string) => parse(readFileSync(new URL(`words/${name}.yaml`, import.meta.url), 'utf8')) as Tree
  const english = new Map(sentences(read('en')))
  const other = new Map(sentences(read(language)))
  expect([...other.keys()].sort()).toEqual([...english.keys()].sort())
  for (const [path, text] of english) expect(placesOf(other.get(path) ?? ''), path).toEqual(placesOf(text))
})

test.each(caseLanguages)('%s has words for each kind, ground, reason and state', (language) => {
  const words = wordsOf(language)
  expect(Object.keys(words.kinds).sort()).toEqual([...caseKindNames].sort())
  expect(Object.keys(words.grounds).sort()).toEqual(GROUNDS.map(({ name }) => name).sort())
  expect(Object.keys(words['extension-reasons']).sort()).toEqual([...extensionReasons].sort())
  expect(Object.keys(words.page.next).sort()).toEqual([...caseStates].sort())
})

test('a value is never read for places of its own', () => {
  expect(fill('{a} and {b}', { a: '{b}', b: '$&' })).toBe('{b} and $&')
  expect(dayWords('2026-11-22T23:30:00Z', 'de-AT')).toBe('22. November 2026')
  expect(dayWords('2026-11-22T23:30:00Z', 'fr')).toBe('November 22, 2026')
})
