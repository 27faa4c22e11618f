import { formReader } from '../reader.ts'
import { addressesOf, type DraftOf, denies, durationOf, kept, listed, unconditional, wordsIn } from '../statement.ts'
import { childrenForms } from './vocabulary.ts'

const knowing = {
  'parent-report': /\bparents?\b|guardians?/u,
  'birth-date': /(?:birth ?date|date of birth)/u,
  school: /\bschools?\b/u,
} as const

/** A sentence on minors: the audience, the gate, what is erased when it is found, what parents do. */
const draft: DraftOf = (statement) => {
  const { form } = statement
  const age = statement.age.find((each) => each.term !== undefined)?.term
  const entry = {
    ...(age === undefined ? {} : { under: Number(age) }),
    // The higher age counts where a country sets one, unless a named person decided otherwise.
    ...(statement.laxer.has('own-age-alone') ? {} : { local: true }),
    ...listed(
      'data',
      statement.data.filter((each) => each !== 'age'),
    ),
    ...unconditional(statement),
  }
  const within = kept('within', durationOf(statement))
  if (
    /\b(?:parents?|guardians?)\b.{0,120}\b(?:contact|write|ask|email|request|review|tell|notify|inform|should|can|may)\b/u.test(
      form,
    ) &&
    /@|contact|write|email|notify|inform|tell/u.test(form)
  )
    return [
      {
        name: 'parents',
        entry: { is: 'parents', ...listed('at', addressesOf(statement.contact)), ...within, ...entry },
      },
    ]
  if (/\b(?:delet|eras|remov|discard|destroy|purg)\w*/u.test(form))
    return [
      {
        name: 'discovery',
        entry: { is: 'discovery', ...listed('knows', wordsIn(form, knowing)), ...within, ...entry },
      },
    ]
  if (
    /\b(?:not|neither|nor)\b.{0,40}\b(?:designed|intended|directed|aimed|target(?:ed|s)?|offered|meant|for children)|general audience/u.test(
      form,
    )
  )
    return [
      { name: 'audience', entry: { is: 'audience', ...entry } },
      ...(/\bcollect/u.test(form) ? [{ name: 'gate', entry: { is: 'gate', ...entry } }] : []),
    ]
  if (/\b(?:consent|permission)\b/u.test(form) && !denies(statement))
    return [{ name: 'parents', entry: { is: 'parents', ...listed('at', addressesOf(statement.contact)), ...entry } }]
  return [{ name: 'gate', entry: { is: 'gate', ...entry } }]
}

export const childrenReader = formReader(childrenForms, draft, {
  under: {
    asks: 'under which age? 13 in the United States, 13 to 16 by country in the EU.',
    proposes: '16',
    source: 'GDPR art. 8(1); 16 CFR § 312.2',
  },
  knows: {
    asks: 'which events count as knowing that somebody is a child: parent-report, typed-age, birth-date, ticket, post, school?',
    proposes: '[parent-report, typed-age, birth-date]',
    source: '16 CFR § 312.2',
  },
  within: { asks: 'erased within how long?', source: '16 CFR § 312.10' },
  at: { asks: 'where do parents write to?', source: '16 CFR § 312.4' },
})
