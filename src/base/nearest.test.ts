import { expect, test } from 'vitest'
import { editDistance, nearestWord } from './nearest.ts'

test.each([
  ['retention', 'retention', 0],
  ['retetnion', 'retention', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('%s to %s takes %i changes', (left, right, distance) => {
  expect(editDistance(left, right)).toBe(distance)
})

test('the nearest word is found, letter case aside', () => {
  expect(nearestWord('purpose', ['data', 'purposes', 'rights'])).toBe('purposes')
  expect(nearestWord('pd:emailAdress', ['pd:EmailAddress', 'pd:Name'])).toBe('pd:EmailAddress')
})

test('a word that is not near is not guessed', () => {
  expect(nearestWord('xyzzy', ['data', 'purposes'])).toBeUndefined()
  expect(nearestWord('x'.repeat(100_000), ['data'])).toBeUndefined()
})
