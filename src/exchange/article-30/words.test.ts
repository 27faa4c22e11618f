import { expect, test } from 'vitest'
import { disclosureForms } from '../../commitments/disclosure/vocabulary.ts'
import { securityForms } from '../../commitments/security/vocabulary.ts'
import { groundOf, transferGrounds } from '../../commitments/transfers/grounds.ts'
import { dpvTerms } from '../../language/dpv.ts'
import { recordLanguages } from './export.ts'

const TODAY = '2026-11-22'

test.each(Object.entries(recordLanguages))('the words in %s name all that a policy may say', (_, words) => {
  expect(Object.keys(words.measures).toSorted()).toEqual(Object.keys(securityForms).toSorted())
  // What is barred is handed to nobody.
  const handed = Object.keys(disclosureForms).filter((form) => form !== 'bar')
  expect(Object.keys(words.recipients).toSorted()).toEqual(handed.toSorted())
  expect(Object.keys(words.bases).filter((term) => !dpvTerms.basis.has(term))).toEqual([])
  expect(Object.keys(words.justifications).filter((term) => !dpvTerms.ground.has(term))).toEqual([])
})

test('every ground that holds today has its name in German', () => {
  const holding = Object.keys(transferGrounds).filter((name) => (groundOf(name)?.until ?? '9999') > TODAY)
  expect(Object.keys(recordLanguages.de.grounds).toSorted()).toEqual(holding.toSorted())
})
