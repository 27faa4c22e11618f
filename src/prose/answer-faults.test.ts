import { expect, it } from 'vitest'
import type { JsonValue } from '../base/canonical-json.ts'
import { answerFaults } from './answer-faults.ts'
import { draftFaults } from './draft-faults.ts'
import { importDocument } from './import-document.ts'

const SOURCE =
  'We send you our newsletter.\n\nYou may ask us to delete your personal data.\n\nWe keep your name for 2 years.'
const record = { by: 'privacy-officer', on: '2026-11-22' }
const refused = (at: string, value: JsonValue, review = '') => {
  const answers = [{ at, value, ...record }]
  return answerFaults(importDocument(SOURCE, { name: 'case', answers }), answers, 'kept.review.yaml', review)
}

it('refuses an answer that the policy does not take there, with its place and the words that are taken', () => {
  const review = `answers:\n  - { at: messages.newsletter.channels, value: pigeon, by: a, on: 2026-11-22 }\n`
  expect(refused('messages.newsletter.opt-out', 'pigeon')).toMatchObject([
    {
      code: 'prose.answer-unfit',
      what: expect.stringContaining('pigeon'),
      mend: expect.stringContaining('link, mail'),
    },
  ])
  expect(refused('rights.erasure.within', 'soon', review)).toMatchObject([
    {
      where: { file: 'kept.review.yaml', line: 2, path: 'rights.erasure.within' },
      mend: expect.stringContaining('P1M'),
    },
  ])
})

it('takes one that fits, and leaves one that no question asks for to be told as such', () => {
  expect(refused('rights.erasure.within', 'P1M')).toEqual([])
  expect(refused('messages.newsletter.opt-out', ['link', 'mail'])).toEqual([])
  expect(refused('rights.access.within', 'soon')).toEqual([])
})

it('lists with each open question what an answer may be', () => {
  const { questions } = importDocument(SOURCE, { name: 'case' })
  const takes = Object.fromEntries(questions.map(({ place, takes }) => [place, takes]))
  expect(takes['messages.newsletter.opt-out']).toEqual(['link', 'mail', 'account', 'form', 'phone', 'post'])
  expect(takes['rights.erasure.within']).toEqual(['an ISO 8601 duration, e.g. P1M'])
  expect(takes['retention.name.from']).toBeUndefined()
})

it('says of a right whose term is open nothing but that', () => {
  const faults = draftFaults(importDocument(SOURCE, { name: 'case' }))
  expect(faults.filter(({ where }) => where.path?.startsWith('rights.erasure')).map(({ code }) => code)).toEqual([
    'policy.open-question',
  ])
})
