import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { locate, readLocated } from './located.ts'

const read = (text: string) => locate('kept.yaml', new TextEncoder().encode(text))
const codes = (text: string): readonly string[] => read(text).faults.map((fault) => fault.code)

describe('a YAML file with its places', () => {
  test('keys and values stand where they were written', () => {
    const { located, faults } = read('a:\n  - b: 1\n    "c.d": two\n')
    expect(faults).toEqual([])
    expect(located?.value).toEqual({ a: [{ b: 1, 'c.d': 'two' }] })
    expect(located?.place(['a', 0, 'c.d'])).toEqual({ file: 'kept.yaml', line: 3, column: 12, path: 'a[0]["c.d"]' })
    expect(located?.place(['a', 0, 'c.d'], 'key')).toMatchObject({ line: 3, column: 5 })
    expect(located?.place(['a', 0, 'none', 'deeper'])).toMatchObject({ line: 2, column: 5, path: 'a[0].none.deeper' })
  })

  test('keys are words, whatever they look like; large numbers keep their digits', () => {
    expect(read('no: 1\n1: 2\nnull: 3\nbig: 9007199254740993\n').located?.value).toEqual({
      no: 1,
      1: 2,
      null: 3,
      big: '9007199254740993',
    })
  })

  test('a mark at the beginning moves no column', () => {
    expect(read('\ufeffa: b\n').located?.place(['a'])).toMatchObject({ line: 1, column: 4 })
  })

  test('the hash is of the bytes', () => {
    expect(read('a: b\n').located?.sha256).toBe('52c9693cf3f219d51ba6af4362ee092c55fb5e6f96d6f9da13c8ede7eff8e71b')
    expect(read('a: b\n').located?.sha256).not.toBe(read('a:  b\n').located?.sha256)
  })

  test.each([
    ['an open bracket', 'a: [', 'yaml.syntax'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'yaml.syntax'],
    ['a tag', 'a: !!js/function x\n', 'yaml.syntax'],
    ['a key twice', 'a: 1\na: 2\n', 'yaml.duplicate-key'],
    ['a map as key', '{ a: 1 }: 2\n', 'yaml.bad-key'],
    ['a key that reaches into objects', '__proto__: { polluted: 1 }\n', 'yaml.bad-key'],
    ['an alias of nothing', 'a: *b\n', 'yaml.unknown-alias'],
    ['an alias of itself', 'a: &a [*a]\n', 'yaml.too-deep'],
    ['deep nesting', `a: ${'['.repeat(70)}${']'.repeat(70)}\n`, 'yaml.too-deep'],
    ['very deep nesting', `a: ${'['.repeat(200_000)}`, 'yaml.syntax'],
    ['a file that is too large', `a: ${'x'.repeat(1_048_576)}\n`, 'yaml.too-large'],
  ])('%s is refused', (_what, text, code) => {
    expect(new Set(codes(text))).toEqual(new Set([code]))
  })

  test('bytes that are no text are refused', () => {
    expect(locate('kept.yaml', Uint8Array.of(0xff, 0xfe, 0x00)).faults.map((fault) => fault.code)).toEqual([
      'yaml.not-utf8',
    ])
  })

  test('a bomb of aliases is refused in bounded time and memory', () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const inner = level === 0 ? 'x' : `*l${level - 1}`
      return `l${level}: &l${level} [${Array.from({ length: 10 }, () => inner).join(', ')}]`
    })
    const started = process.cpuUsage()
    expect(codes(`${levels.join('\n')}\n`)).toEqual(['yaml.too-many-values'])
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5_000)
  })

  test('many keys and many aliases are read in bounded time', () => {
    const keys = Array.from({ length: 45_000 }, (_, index) => `k${index}: &a${index} 1`)
    const aliases = Array.from({ length: 1_000 }, (_, index) => `r${index}: *a${index}`)
    const started = process.cpuUsage()
    expect(codes(`${[...keys, ...aliases].join('\n')}\n`)).toEqual([])
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(10_000)
  })

  test('what cannot be read says why', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kept-located-'))
    writeFileSync(join(folder, 'a.yaml'), 'a: 1\n')
    expect((await readLocated(join(folder, 'a.yaml'))).located?.value).toEqual({ a: 1 })
    for (const path of [folder, join(folder, 'none.yaml')])
      expect((await readLocated(path)).faults.map((fault) => fault.code)).toEqual(['yaml.unreadable'])
  })
})
