import { describe, expect, test } from 'vitest'
import { Fault } from './fault.ts'
import { faultJson, formatFault, sortFaults } from './fault-text.ts'

const fault = (line: number, column: number, code = 'policy.unknown-key'): Fault =>
  new Fault({
    code,
    where: { file: 'kept.yaml', line, column, path: 'retention.tickets.frm' },
    what: 'unknown key "frm"',
    mend: 'did you mean "from"?',
  })

describe('the text of a fault', () => {
  test('place, what, line with caret, mend', () => {
    expect(formatFault(fault(2, 12), 'retention:\n  tickets: { frm: last }\n')).toBe(
      [
        'kept.yaml:2:12: error: unknown key "frm" [policy.unknown-key]',
        '  at retention.tickets.frm',
        '  2 |   tickets: { frm: last }',
        '                 ^',
        '  mend: did you mean "from"?',
      ].join('\n'),
    )
  })

  test('the caret stands under its character in a very wide line', () => {
    const line = `${'x'.repeat(500)}HERE${'y'.repeat(500)}`
    const lines = formatFault(fault(1, 501), line).split('\n')
    const shown = lines.find((text) => text.includes('HERE')) ?? ''
    expect(shown.length).toBeLessThan(200)
    expect(shown[(lines.find((text) => text.trim() === '^') ?? '').indexOf('^')]).toBe('H')
  })

  test.each([
    'connect: { read: "postgres://app:hunter2@db/desk", bogus: 1 }',
    'connect: { read: hunter2, bogus: 1 }',
    '  execute: "host=db user=app hunter2"',
    '  password: hunter2',
  ])('a line that may hold a secret is not shown: %s', (line) => {
    expect(formatFault(fault(1, 3), line)).not.toContain('hunter2')
  })

  test('a line that only names its connection is shown', () => {
    expect(formatFault(fault(1, 34), 'connect: { read: env:HD_READ, bogus: 1 }')).toContain('env:HD_READ')
  })

  test('control characters do not reach the terminal', () => {
    expect(formatFault(fault(1, 1), 'a: \u001b[2Jx')).not.toContain('\u001b')
  })

  test('faults come in the order of the file', () => {
    const faults = [fault(3, 1), fault(1, 9), fault(1, 2, 'z.z'), fault(1, 2, 'a.a')]
    expect(sortFaults(faults).map((one) => [one.where.line, one.where.column, one.code])).toEqual([
      [1, 2, 'a.a'],
      [1, 2, 'z.z'],
      [1, 9, 'policy.unknown-key'],
      [3, 1, 'policy.unknown-key'],
    ])
  })

  test('machines read the same', () => {
    expect(faultJson(fault(2, 12))).toEqual({
      code: 'policy.unknown-key',
      severity: 'error',
      what: 'unknown key "frm"',
      mend: 'did you mean "from"?',
      where: { file: 'kept.yaml', line: 2, column: 12, path: 'retention.tickets.frm' },
    })
  })
})
