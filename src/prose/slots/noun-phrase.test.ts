import { describe, expect, it } from 'vitest'
import { dataName } from './data-name.ts'
import { listedThings } from './listed-things.ts'
import { headOf, listParts, phraseStart, singular } from './noun-phrase.ts'
import { purposeName } from './purpose-name.ts'

const phrase = (text: string, head: string): string =>
  text.slice(phraseStart(text, text.indexOf(head)), text.indexOf(head) + head.length)

describe('a noun phrase', () => {
  it.each([
    ['we collect usage data from you', 'data', 'usage data'],
    ['your contact information', 'information', 'contact information'],
    ['we record information', 'information', 'information'],
    ['the collected information', 'information', 'collected information'],
    ['with third party service providers', 'providers', 'third party service providers'],
  ])('of "%s" begins where its qualities begin', (text, head, whole) => expect(phrase(text, head)).toBe(whole))

  it('has its head before what is told about it', () => {
    expect(['type of browser', 'web site page views', 'date (and time) of visit'].map(headOf)).toEqual([
      'type',
      'views',
      'date',
    ])
    expect(['addresses', 'histories', 'status', 'cookies'].map(singular)).toEqual([
      'address',
      'history',
      'status',
      'cookie',
    ])
  })

  it('is cut at commas and joints outside brackets, where both sides are things', () => {
    const text = 'name (first, last), home or work address, browser type and language and age'
    expect(listParts(text, 0, text.length).map(([start, end]) => text.slice(start, end))).toEqual([
      'name (first, last)',
      'home or work address',
      'browser type and language',
      'age',
    ])
  })
})

describe('a list', () => {
  it.each([
    ['we collect information such as your name and age.', true],
    ['we work with third parties such as banks and insurers.', undefined],
    ['we take measures such as firewalls and locks.', undefined],
  ])('of "%s" is of data when what comes before is', (text, sure) =>
    expect(listedThings(text, false, false)[0]?.sure).toBe(sure),
  )

  it.each([
    ['your IP addresses', 'IP address'],
    ['the pages you view', 'pages viewed'],
    ['other information regarding usage profiles', 'usage profile'],
    ['other things that identify you', 'other identifying data'],
    ['email address of the device user', 'email address'],
  ])('names "%s" in short', (words, name) => expect(dataName(words.toLowerCase())).toBe(name.toLowerCase()))
})

describe('a purpose', () => {
  it.each([
    ['improve our products and services', 'improving products and services'],
    ['manage our business', 'managing the business'],
    ['provide and enhance our services', 'providing and enhancing services'],
    ['investigate, prevent, or take action regarding fraud', 'fraud'],
    ['comply with our legal obligations', 'legal obligations'],
    ['see how you use our site', 'seeing how the site is used'],
    ['perform research about usage', 'research about usage'],
    ['any other purposes', ''],
  ])('"%s" is "%s"', (words, name) => expect(purposeName(words)).toBe(name))
})

it.each([
  ['words', 'all such '.repeat(5_000)],
  ['brackets', '( '.repeat(5_000)],
  ['joints', 'a, '.repeat(5_000)],
])('reads hostile lists in bounded time: %s', (_, text) => {
  const start = performance.now()
  listedThings(`we collect ${text}`, true, true)
  dataName(text.slice(0, 3_000))
  purposeName(text.slice(0, 3_000))
  expect(performance.now() - start).toBeLessThan(5_000)
})
