import { expect, test } from 'vitest'
import { guessKind } from './guess.ts'

test.each([
  ['Request', 'Please send me a copy of my data.', 'access', true, 'en'],
  ['Auskunft', 'Guten Tag, bitte geben Sie mir Auskunft über meine Daten.', 'access', true, 'de'],
  ['', 'Bitte löschen Sie meine Daten und mein Konto.', 'erasure', true, 'de'],
  ['GDPR', 'I want you to delete my account.', 'erasure', true, 'en'],
  ['', 'Ich widerspreche der Werbung.', 'objection', true, 'de'],
  ['', 'Do not sell my personal information', 'opt-out', true, 'en'],
  ['', 'Please send a copy of my data, then delete my account', 'access', false, 'en'],
  ['Invoice 17', 'When do you deliver?', 'question', false, 'en'],
  ['Re: Your request', 'Thank you!\n> please delete my account', 'question', false, 'en'],
] as const)('%s / %s', (subject, text, kind, sure, language) => {
  expect(guessKind(subject, text)).toEqual({ kind, sure, language })
})

test('a huge mail costs no more than its beginning', () => {
  expect(guessKind('x'.repeat(1e6), 'delete my '.repeat(1e6))).toMatchObject({ kind: 'erasure' })
})
