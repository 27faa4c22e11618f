import { z } from 'zod'
import { country, duration, listOf, oneOrMany, text } from '../../language/terms.ts'
import { entriesOf, undeclared, valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'

const point = ['owner', 'within', 'test', 'next', 'about', 'to', 'countries'] as const

/** Where people write, and who judges when that does not help. */
export const recourseForms = {
  contact: { term: 'dpv:hasContact', needs: ['at'], takes: point },
  officer: { needs: ['at'], takes: point },
  representative: { needs: ['at'], takes: point },
  office: { needs: ['at'], takes: point },
  complaint: { needs: ['at'], takes: point },
  authority: {
    term: 'dpv:DataProtectionAuthority',
    needs: ['to'],
    takes: ['at', 'countries', 'about', 'when', 'free'],
  },
  arbiter: { needs: ['to', 'at'], takes: ['countries', 'about', 'when', 'free', 'next', 'test'] },
} as const

export const recourseEntry = z.strictObject({
  is: z.enum(formNames(recourseForms)),
  at: oneOrMany(text).optional().meta({ description: 'Addresses: e-mail, phone, page, post' }),
  to: oneOrMany(text).optional().meta({ description: 'Who it is: a role or a body' }),
  owner: text.optional().meta({ description: 'Role that answers' }),
  within: duration.optional().meta({ description: 'Answered within' }),
  test: duration.optional().meta({ description: 'A test message is sent this often' }),
  about: oneOrMany(z.enum(['privacy', 'rights', 'children', 'marketing', 'security', 'general', 'removal']))
    .optional()
    .meta({ description: 'What it is for' }),
  next: text.optional().meta({ description: 'The entry that comes next when the answer does not satisfy' }),
  when: text.optional().meta({ description: 'When one may turn to it' }),
  countries: oneOrMany(country).optional().meta({ description: 'For people in these countries' }),
  free: z.literal(true).optional().meta({ description: 'Free of charge for the person' }),
  ...everyEntry,
})

export const recourseMisstatements = (
  [entryName, entry]: readonly [string, unknown],
  _known: Known,
): Misstatement[] => {
  const at = listOf(valueAt(entry, 'at')).map(String)
  return at.some((address) => /\b(?:below|above)\b|^section\b/iu.test(address))
    ? [
        {
          code: 'recourse.points-nowhere',
          path: [entryName, 'at'],
          what: `"${entryName}" refers to a place instead of naming an address`,
          mend: 'write the e-mail, phone, page or postal address itself (GDPR art. 13(1)(b))',
        },
      ]
    : []
}

/** The entry that comes next must be there. */
export const unknownNext = (block: unknown): readonly Misstatement[] =>
  entriesOf(block).flatMap(([entryName, entry]) =>
    undeclared(
      valueAt(entry, 'next'),
      [entryName, 'next'],
      entriesOf(block).map(([other]) => other),
      {
        code: 'recourse.unknown-next',
        noun: 'entry',
        declare: 'declare it under recourse',
      },
    ),
  )
