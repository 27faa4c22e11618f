import { expect, it } from 'vitest'
import { codecOfValue, holdsContact, kindOfValue } from './value-tests.ts'

it.each([
  ['ada@example.org', 'email'],
  ['Ada <ada@example.org>', 'email'],
  ['+48 601 555 014', 'phone'],
  ['2026-11-22', 'date'],
  ['4111 1111 1111 1111', 'payment'],
  ['4111 1111 1111 1112', undefined],
  ['DE89 3704 0044 0532 0130 00', 'payment'],
  ['DE89 3704 0044 0532 0130 01', undefined],
  ['85010112345', 'national-id'],
  ['12345678Z', 'national-id'],
  ['078-05-1120', 'national-id'],
  ['203.0.113.47', 'ip-address'],
  ['2001:db8::1', 'ip-address'],
  ['1.2.3', undefined],
  ['02:4b:6f:7f:3a:91', 'mac-address'],
  ['490154203237518', 'imei'],
  ['Marta Kowalska', 'name'],
  ['Power Supply', undefined],
  ['12 Market Street', 'address'],
  ['42', 'integer'],
])('%s is %s', (value, kind) => {
  expect(kindOfValue(value)).toBe(kind)
})

it('finds contact data inside text, and none in text without', () => {
  expect(holdsContact('please write to ada@example.org soon')).toBe(true)
  expect(holdsContact('thanks, Anna Meyer')).toBe(true)
  expect(holdsContact('the printer is out of paper again, version 1.2.3')).toBe(false)
})

it('names the codec of a cell by its beginning', () => {
  expect(codecOfValue('BEGIN:VCARD\nFN:A')).toBe('vcard')
  expect(codecOfValue('a:1:{s:1:"a";i:1;}')).toBe('php')
  expect(codecOfValue('Received: by mail\nFrom: a')).toBe('mime')
  expect(codecOfValue('just a line')).toBeUndefined()
})

it('costs linear time on text made for backtracking', () => {
  const start = performance.now()
  for (const text of ['a@'.repeat(5000), '1 '.repeat(5000), 'A'.repeat(10_000), `${'Aa '.repeat(3000)}!`]) {
    holdsContact(text.slice(0, 1500))
    kindOfValue(text.slice(0, 1500))
    codecOfValue(text.slice(0, 1500))
  }
  expect(performance.now() - start).toBeLessThan(500)
})
