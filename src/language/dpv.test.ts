import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dpvTerms, termIri } from './dpv.ts'

const directory = new URL('../../../shared/fixtures/dpv/', import.meta.url)
const present = existsSync(directory)
if (!present) console.log('dpv.test.ts: skipped against the term lists: ../shared/fixtures/dpv is not there')

const listed = (vocabulary: string): ReadonlySet<string> =>
  new Set(
    readFileSync(new URL(`${vocabulary}.csv`, directory), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => `${vocabulary}:${line.slice(1, line.indexOf('","'))}`),
  )

describe('terms of the Data Privacy Vocabulary', () => {
  test('every term we name exists in DPV 2.3', (context) => {
    if (!present) return context.skip('../shared/fixtures/dpv is not there')
    const known = new Set(['dpv', 'pd', 'eu-gdpr'].flatMap((name) => [...listed(name)]))
    const named = Object.values(dpvTerms).flatMap((set) => [...set])
    expect(named.length).toBeGreaterThan(150)
    expect(named.filter((term) => !known.has(term))).toEqual([])
  })

  test('a term has its IRI', () => {
    expect(termIri('pd:EmailAddress')).toBe('https://w3id.org/dpv/pd#EmailAddress')
    expect(termIri('other:EmailAddress')).toBeUndefined()
  })
})
