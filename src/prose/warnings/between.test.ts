import { expect, it } from 'vitest'
import { importDocument } from '../import-document.ts'
import { differencesBetween } from './between.ts'

const one = importDocument(
  'We will send you marketing email only if you have opted in. We do not knowingly collect data from children under 13.',
  { name: 'one' },
)
const other = importDocument(
  'You may unsubscribe from our newsletter at any time. We do not knowingly collect data from children under the equivalent minimum age.',
  { name: 'other' },
)

it('tells on which subjects two policies take two sides, with the sentences', () => {
  const found = differencesBetween([one, other])
  expect(found.map((difference) => difference.code)).toEqual(['between.children', 'between.marketing'])
  expect(found[0]?.sides).toEqual([
    { takes: 'one age', sentences: ['one#2'] },
    { takes: 'local age', sentences: ['other#2'] },
  ])
})

it('says nothing of one policy alone', () => {
  expect(differencesBetween([one])).toEqual([])
})
