import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeys } from './keys.ts'

const day = 86_400_000

describe('openKeys', () => {
  let directory: string
  const start = Date.parse('2026-11-22T00:00:00Z')
  const at = (days: number) => ({ now: () => new Date(start + days * day) })
  const file = () => join(directory, 'keys.json')
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kept-keys-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('makes keys once, for the owner only, and finds them again', () => {
    const first = openKeys(directory, at(0))
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    const again = openKeys(directory, at(1))
    expect(again.fingerprint).toBe(first.fingerprint)
    expect(again.signer('kept/x').key).toBe(first.signer('kept/x').key)
    expect(again.staff('bo@larkspur.example')).toBe(first.staff('bo@larkspur.example'))
    expect(first.staff('bo@larkspur.example')).toMatch(/^s[0-9a-z]{26}$/)
    expect(first.tag('email', 'ab').equals(first.tag('emaila', 'b'))).toBe(false)
  })

  it('opens what it sealed, only under the same keys and for the same place', () => {
    const keys = openKeys(directory, at(0))
    const { sealed, wrappedKey } = keys.seal(Buffer.from('ada@people.example'), 'request 1')
    expect(keys.unseal(sealed, wrappedKey, 'request 1').toString()).toBe('ada@people.example')
    expect(sealed.includes('ada')).toBe(false)
    expect(() => keys.unseal(sealed, wrappedKey, 'request 2')).toThrow(
      expect.objectContaining({ code: 'keys.cannot-open' }),
    )
    sealed[20] = (sealed[20] as number) ^ 1
    expect(() => keys.unseal(sealed, wrappedKey, 'request 1')).toThrow(
      expect.objectContaining({ code: 'keys.cannot-open' }),
    )
  })

  it('takes a new suppression key after a year, keeps the old one for its term and then destroys it', () => {
    const first = openKeys(directory, at(0)).suppression()
    expect(openKeys(directory, at(364)).suppression().name).toBe(first.name)
    const later = openKeys(directory, at(366))
    expect(later.suppression().name).not.toBe(first.name)
    expect(Buffer.from(later.suppression(first.name).key).equals(Buffer.from(first.key))).toBe(true)
    const over = openKeys(directory, at(365 + 731))
    expect(() => over.suppression(first.name)).toThrow(expect.objectContaining({ code: 'keys.destroyed' }))
    expect(readFileSync(file(), 'utf8')).not.toContain(Buffer.from(first.key).toString('base64'))
  })

  it('tells no secret when shown, logged or refused', () => {
    const keys = openKeys(directory, at(0))
    const { signing, master, lookup, suppression } = JSON.parse(readFileSync(file(), 'utf8'))
    writeFileSync(file(), JSON.stringify({ signing, master, lookup }))
    let refused = ''
    try {
      openKeys(directory, at(0))
    } catch (error) {
      refused = inspect(error, { depth: 9, showHidden: true })
    }
    expect(refused).toContain('keys.unreadable')
    for (const secret of [signing.split('\n')[1], master, lookup, suppression[0].key]) {
      expect(`${inspect(keys, { depth: 9, showHidden: true })} ${JSON.stringify(keys)} ${refused}`).not.toContain(
        secret,
      )
    }
  })

  it('does not make new keys over a file it may not read', () => {
    openKeys(directory, at(0))
    writeFileSync(file(), '{ half')
    chmodSync(file(), 0o600)
    expect(() => openKeys(directory, at(0))).toThrow(expect.objectContaining({ code: 'keys.unreadable' }))
    expect(readFileSync(file(), 'utf8')).toBe('{ half')
  })
})
