import { describe, expect, test } from 'vitest'
import { MATCHES, REFUSALS } from './identifier.cases.ts'
import { type Identifier, identifierPattern, identifierPatterns, loosePattern } from './identifier.ts'
import { compileRedactor } from './redactor.ts'

const of = (kind: string, value: string): Identifier => ({ kind, value, strong: true })

describe('an identifier in text', () => {
  test.each(MATCHES)('$kind $value is found in $text', ({ kind, value, text, left }) => {
    expect(compileRedactor([of(kind, value)], '#').text(text).text).toBe(left)
  })

  test.each(REFUSALS)('$kind $value is not found in $text', ({ kind, value, text }) => {
    const redactor = compileRedactor([of(kind, value)])
    expect(redactor.text(text)).toEqual({ text, replaced: 0 })
    expect(redactor.matches(text)).toBe(false)
  })

  test('a loose pattern matches wherever the exact one does', () => {
    for (const { kind, value, text } of MATCHES) {
      const loose = loosePattern([of(kind, value)])
      expect(new RegExp(loose, 'giu').test(text), text).toBe(true)
      expect(loose).not.toContain('(?<')
    }
  })

  test('too short to be told apart: no pattern', () => {
    for (const [kind, value] of [
      ['id', '31'],
      ['phone', '5550'],
      ['name', 'M'],
      ['email', 'nobody'],
      ['mac', '02:4b'],
      ['ip', '1.2.3'],
      ['date', 'May'],
      ['text', ' '],
    ]) {
      expect(identifierPattern(of(kind ?? '', value ?? ''))).toBe('')
    }
    expect(identifierPatterns([of('id', '31')])).toEqual([])
    expect(compileRedactor([]).matches('anything')).toBe(false)
  })

  test('the longer of two identifiers goes as one', () => {
    const redactor = compileRedactor([of('name', 'Marta Kowalczyk'), of('name', 'Anna Marta Kowalczyk')])
    expect(redactor.text('Anna Marta Kowalczyk')).toEqual({ text: '[erased]', replaced: 1 })
  })

  test('many identifiers come as patterns of bounded length, each once', () => {
    const many = Array.from({ length: 400 }, (_, index) => of('email', `person${index}@example.org`))
    const patterns = identifierPatterns([...many, ...many])
    expect(patterns.length).toBeGreaterThan(1)
    for (const pattern of patterns) expect(pattern.length).toBeLessThan(16_000)
    const redactor = compileRedactor(many)
    expect(redactor.text(many.map((one) => one.value).join(' ')).replaced).toBe(400)
  })
})

describe('hostile text', () => {
  const everything = [
    of('email', 'marta.k@example.org'),
    of('name', 'Marta Anna Kowalczyk'),
    of('phone', '+48 601 555 0147'),
    of('mac', '02:4b:6f:7f:3a:91'),
    of('date', '1985-01-01'),
    of('national-id', '85010112345'),
    of('ip', '2001:db8::1'),
    of('address', 'ul. Złota 44/12'),
    of('login', 'martak'),
  ]
  const megabyte = (piece: string): string => piece.repeat(Math.ceil(1_000_000 / piece.length))
  test.each([
    ['marta.k@example.or'],
    ['Marta         '],
    ['Marta Anna '],
    ['Marta &nbsp;'],
    ['+48 601 555 014 '],
    ['0'],
    ['0 '],
    ['6 0 1 '],
    ['02:4b:6f:7f:3a:9'],
    ['8501011234 '],
    ['1.1.198'],
    ['0000:'],
    ['...---'],
    ['ul. Złota , , , '],
    ['&#0000'],
    ['%20'],
  ])('a megabyte of %j takes less than a second', (piece) => {
    const redactor = compileRedactor(everything)
    const begun = performance.now()
    redactor.text(megabyte(piece))
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})
