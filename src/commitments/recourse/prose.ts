import { formReader } from '../reader.ts'
import { addressesOf, type DraftOf, durationOf, kept, listed, namesOf, unconditional } from '../statement.ts'
import { recourseForms } from './vocabulary.ts'

/** A sentence on where to write and to whom to complain. */
const draft: DraftOf = (statement) => {
  const { form } = statement
  const at = listed('at', addressesOf(statement.contact))
  const to = listed('to', namesOf([...statement.recipients, ...statement.framework]))
  const free = /free of charge|at no cost|no cost/u.test(form) ? { free: true } : {}
  const rest = unconditional(statement)
  if (/(?:supervisory|data protection|privacy|competent) authorit|commissioner|regulator\b/u.test(form))
    return [{ name: 'authority', entry: { is: 'authority', ...to, ...at, ...free, ...rest } }]
  if (
    /arbitrat|dispute resolution|ombuds|truste|trustarc|\bjams\b|\bbbb\b|mediat|not satisfied with our|\bcourts?\b/u.test(
      form,
    ) &&
    statement.label === 'recourse'
  )
    return [{ name: 'arbiter', entry: { is: 'arbiter', ...to, ...at, ...free, ...rest } }]
  const within = kept('within', durationOf(statement))
  if (
    /(?:eu|uk|european|union|protection) representative|representative (?:in the (?:eu|union|uk|european)|under)|art(?:icle|\.)? ?27/u.test(
      form,
    )
  )
    return [{ name: 'representative', entry: { is: 'representative', ...at, ...within, ...rest } }]
  if (/data protection officer|\bdpo\b|privacy officer/u.test(form))
    return [
      { name: 'officer', entry: { is: 'officer', ...at, ...within, ...rest } },
      ...(/support|team|contact us/u.test(form)
        ? [{ name: 'contact', entry: { is: 'contact', ...at, ...within, ...rest } }]
        : []),
    ]
  if (
    /postal address|headquarters|\boffices?\b|located at|our (?:\w+ )?address is/u.test(form) &&
    !/questions?\b|request/u.test(form)
  )
    return [{ name: 'office', entry: { is: 'office', ...at, ...rest } }]
  if (statement.label === 'recourse' || (/complain/u.test(form) && !/questions?\b/u.test(form)))
    return [{ name: 'complaints', entry: { is: 'complaint', ...at, ...to, ...within, ...rest } }]
  return [{ name: 'contact', entry: { is: 'contact', ...at, ...within, ...rest } }]
}

export const recourseReader = formReader(recourseForms, draft, {
  at: { asks: 'at which address: e-mail, phone, page, post?', source: 'GDPR art. 13(1)(b)' },
  'officer.at': { asks: 'how is the officer reached?', source: 'GDPR art. 13(1)(b), 37(7)' },
  to: { asks: 'which body is it?', source: 'GDPR art. 13(2)(d)' },
})
