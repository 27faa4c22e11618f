import { expect, test } from 'vitest'
import { countries, europeanEconomicArea } from './countries.ts'
import { country } from './terms.ts'

test('there are 249 countries, and each has a name', () => {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  expect(countries.size).toBe(249)
  expect([...countries].filter((code) => names.of(code) === undefined)).toEqual([])
})

test('thirty of them are the European Economic Area', () => {
  expect(europeanEconomicArea.filter((code) => countries.has(code))).toHaveLength(30)
})

test('what people write for countries and is none', () => {
  expect(country.safeParse('GB').success).toBe(true)
  for (const wrong of ['UK', 'EU', 'XX', 'gb', 'GBR', '']) {
    expect(country.safeParse(wrong).error?.issues.map((issue) => issue.message)).toEqual(['policy.bad-country'])
  }
})
