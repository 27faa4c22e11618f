import { describe, expect, test } from 'vitest'
import { dpvTerms } from './dpv.ts'
import { fideslangKey, fideslangLine, fideslangLines } from './fideslang.ts'
import { widerFideslangData } from './fideslang-data.ts'
import { widerFideslangUses } from './fideslang-uses.ts'

describe.each(['data', 'purpose'] as const)('the mapping of %s between Fideslang and DPV', (position) => {
  const lines = fideslangLines[position]

  test('names each key once, with a term that a policy may use and its sureness', () => {
    expect(lines.length).toBeGreaterThan(50)
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
    expect(lines.filter(({ term }) => term !== undefined && !dpvTerms[position].has(term))).toEqual([])
    expect(lines.filter(({ sure }) => !['same', 'near', 'wider', 'guess'].includes(sure))).toEqual([])
    // Only data of the system itself is nobody's.
    expect(lines.filter(({ key, term }) => term === undefined && !key.startsWith('system'))).toEqual([])
  })

  test('a key that was replaced names one that is current', () => {
    const replaced = lines.filter(({ now }) => now !== undefined)
    expect(replaced.length).toBeGreaterThan(0)
    expect(replaced.filter(({ now }) => fideslangLine(position, now ?? '')?.now !== undefined)).toEqual([])
    expect(replaced.filter(({ now }) => fideslangLine(position, now ?? '') === undefined)).toEqual([])
  })

  test('the way back leads to current keys only, and a wider key is one that exists', () => {
    const table = position === 'data' ? widerFideslangData : widerFideslangUses
    for (const line of table.trim().split('\n')) {
      const [key = '', ...terms] = line.split(/\s+/)
      expect(fideslangLine(position, key)?.now, key).toBeUndefined()
      expect(fideslangLine(position, key), key).toBeDefined()
      expect(terms.filter((term) => !dpvTerms[position].has(term))).toEqual([])
    }
    const back = [...dpvTerms[position]].flatMap((term) => fideslangKey(position, term) ?? [])
    expect(back.filter(({ key }) => fideslangLine(position, key)?.now !== undefined)).toEqual([])
  })

  test('what means the same comes back as it was', () => {
    const same = lines.filter(({ sure, term, now }) => sure === 'same' && term !== undefined && now === undefined)
    expect(same.filter(({ key, term }) => fideslangKey(position, term ?? '')?.key !== key)).toEqual([])
  })
})
