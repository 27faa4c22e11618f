import { describe, expect, it } from 'vitest'
import { passwordFlaw, passwordHashes } from './passwords.ts'

describe('passwordHashes', () => {
  it('costs 32 MiB and three rounds, knows the password again, and no other one', { timeout: 60_000 }, async () => {
    const { hash, verify } = passwordHashes()
    const made = await hash('correct horse battery staple')
    expect(made).toMatch(/^scrypt\$15\$3\$/)
    expect(await verify({ hash: made, password: 'correct horse battery staple' })).toBe(true)
    expect(await verify({ hash: made, password: 'correct horse battery stapler' })).toBe(false)
    expect(await hash('correct horse battery staple')).not.toBe(made)
  })

  it('knows a hash of another cost', async () => {
    const made = await passwordHashes({ log2: 10, times: 1 }).hash('ﬁne words for a password')
    // NFKC: however the keyboard writes a letter.
    expect(
      await passwordHashes({ log2: 11, times: 1 }).verify({ hash: made, password: 'fine words for a password' }),
    ).toBe(true)
  })
})

describe('passwordFlaw', () => {
  const own = ['Ada Lovelace', 'ada.lovelace@kept.example']
  it.each([
    'elevenchars',
    '1qaz2wsx3edc',
    'PASSWORD1234',
    'abcabcabcabcabc',
    'lovelace.ada1',
    'kept-lovelace',
    'a'.repeat(129),
  ])('refuses %s', (password) => {
    expect(passwordFlaw(password, own)).toBeDefined()
  })
  it.each(['correct horse battery staple', 'twelve chars', 'löwenzahn und möhre', 'lovelace likes engines'])(
    'takes %s',
    (password) => {
      expect(passwordFlaw(password, own)).toBeUndefined()
    },
  )
})
