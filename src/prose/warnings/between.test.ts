import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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
    { takes: 'local age', sentences: ['other#2'] },
    { takes: 'one age', sentences: ['one#2'] },
  ])
})

it('says nothing of one policy alone', () => {
  expect(differencesBetween([one])).toEqual([])
})

it('lets a named person decide otherwise with a reason, but not where the law forbids it', () => {
  const by = { by: 'a.reviewer', on: '2026-11-22' }
  const found = differencesBetween(
    [one, other],
    [
      { code: 'between.children', ...by, why: 'we serve one country' },
      { code: 'between.marketing', ...by, why: 'two brands, two lists' },
    ],
  )
  expect(found.map(({ code, refused, accepted }) => [code, refused, accepted?.why])).toEqual([
    ['between.children', 'forbidden', undefined],
    ['between.marketing', undefined, 'two brands, two lists'],
  ])
  const bare = differencesBetween([one, other], [{ code: 'between.marketing', ...by }])
  expect(bare.map(({ code, refused }) => [code, refused])).toContainEqual(['between.marketing', 'no-reason'])
})

const POLICIES = fileURLToPath(new URL('../../../../shared/policies/', import.meta.url))
const there = existsSync(POLICIES)
if (!there) console.log('skipped: differences between the five policies (../shared/policies is not here)')

it.skipIf(!there)('finds the subjects on which the five policies differ, with the sentences of both sides', () => {
  const five = ['kerio', 'kaseya', 'open-xchange', 'kayako', 'zimbra'].map((name) =>
    importDocument(readFileSync(`${POLICIES}${name}.txt`, 'utf8'), { name }),
  )
  const found = new Map(differencesBetween(five).map((each) => [each.code, each]))
  const sentences = (code: string) => found.get(code)?.sides.flatMap((side) => side.sentences)
  expect(sentences('between.children')).toEqual(expect.arrayContaining(['kaseya#97', 'kerio#83', 'zimbra#27']))
  expect(sentences('between.change-notice')).toEqual(
    expect.arrayContaining(['kaseya#116', 'open-xchange#39', 'zimbra#7']),
  )
  expect(sentences('between.marketing')).toEqual(expect.arrayContaining(['zimbra#14', 'kaseya#112', 'open-xchange#35']))
  expect(sentences('between.usage-data')).toEqual(expect.arrayContaining(['kerio#23', 'kaseya#27']))
  expect(sentences('between.error-reports')).toEqual(expect.arrayContaining(['zimbra#17', 'kayako#17']))
  expect(sentences('between.forum-address')).toEqual(expect.arrayContaining(['zimbra#15', 'kaseya#62']))
  expect(sentences('between.affiliates')).toEqual(expect.arrayContaining(['kerio#63', 'kayako#39']))
  expect(sentences('between.cards')).toEqual(expect.arrayContaining(['kerio#33', 'kaseya#101']))
})
