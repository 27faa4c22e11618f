import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type JsonValue, parseCanonical } from './canonical-json.ts'

describe('canonicalJson', () => {
  it('spells the sample of RFC 8785 section 3.2.4', () => {
    const sample = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
        '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    ) as JsonValue
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts members by UTF-16 code units, RFC 8785 section 3.2.3', () => {
    const sample = JSON.parse(
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",' +
        '"\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    ) as JsonValue
    const names = [...canonicalJson(sample).matchAll(/:"([^"]+)"/g)].map((match) => match[1])
    expect(names).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  it('spells numbers as RFC 8785 appendix B', () => {
    const samples: [string, string][] = [
      ['0000000000000000', '0'],
      ['8000000000000000', '0'],
      ['0000000000000001', '5e-324'],
      ['7fefffffffffffff', '1.7976931348623157e+308'],
      ['4340000000000000', '9007199254740992'],
      ['4430000000000000', '295147905179352830000'],
      ['44b52d02c7e14af5', '9.999999999999997e+22'],
      ['444b1ae4d6e2ef50', '1e+21'],
      ['3eb0c6f7a0b5ed8d', '0.000001'],
      ['41b3de4355555557', '333333333.33333343'],
    ]
    for (const [bits, expected] of samples) {
      expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(expected)
    }
  })

  it('refuses what JSON cannot say', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', new Date(), undefined, 1n]) {
      expect(() => canonicalJson(value as JsonValue)).toThrow(TypeError)
    }
  })

  it('reads back as the same value and is stable', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const spelled = canonicalJson(JSON.parse(JSON.stringify(value)) as JsonValue)
        expect(JSON.parse(spelled)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(spelled) as JsonValue)).toBe(spelled)
      }),
    )
  })
})

describe('parseCanonical', () => {
  it('takes what canonicalJson writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const spelled = canonicalJson(JSON.parse(JSON.stringify(value)) as JsonValue)
        expect(parseCanonical(spelled)).toEqual(JSON.parse(spelled))
      }),
    )
    expect(parseCanonical('{"10":1,"9":2}')).toEqual({ 9: 2, 10: 1 })
  })

  it('refuses every other spelling of the same value', () => {
    const others = [
      '{"b":1,"a":2}',
      '{"a": 1}',
      '{"a":1.0}',
      '{"a":-0}',
      '{"a":1,"a":1}',
      '"\\u0041"',
      '"\\/"',
      ' 1',
      '1e2',
    ]
    others.push('"\\ud800"', '{"9":2,"10":1}', '[{"b":1,"a":2}]', '', '{')
    for (const other of others) expect(parseCanonical(other), other).toBeUndefined()
  })
})
