import { expect, it } from 'vitest'
import { bounceToken, isOneOf, letterOfToken, plainAddress, tokenOf, withToken } from './address.ts'

it('takes plain addresses and writes their domain in ASCII', () => {
  expect(plainAddress("o'hara+x@Example.ORG")).toBe("o'hara+x@example.org")
  expect(plainAddress('jörg@bücher.example')).toBe('jörg@xn--bcher-kva.example')
})

it.each([
  'a@b.example\r\nBcc: c@d.example',
  'a@b.example, c@d.example',
  'a <a@b.example>',
  '"a b"@c.example',
  'a..b@c.example',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
  'a@localhost',
  'a@-b.example',
  `${'a'.repeat(65)}@b.example`,
  `a@${'b.'.repeat(130)}example`,
  '@b.example',
  'a\u0000@b.example',
  'a\u202e@b.example\n',
  '',
])('refuses %j', (text) => {
  expect(plainAddress(text)).toBeUndefined()
})

it('finds what stands behind + in our own address only', () => {
  const address = withToken('privacy@example.org', 'r4')
  expect(address).toBe('privacy+r4@example.org')
  expect(tokenOf('Privacy+r4@Example.org', 'privacy@example.org')).toBe('r4')
  expect(tokenOf('other+r4@example.org', 'privacy@example.org')).toBeUndefined()
  expect(isOneOf(['privacy@example.org'], 'privacy+anything@example.org')).toBe(true)
  expect(isOneOf(['privacy@example.org'], 'privacy@elsewhere.example')).toBe(false)
})

it('names the letter of a bounce by its id', () => {
  const token = bounceToken('<0123456789ab@example.org>')
  expect(letterOfToken(token)).toBe('0123456789ab')
  expect(letterOfToken('0123456789ab')).toBeUndefined()
})
