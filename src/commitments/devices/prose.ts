import { formReader } from '../reader.ts'
import { common, type Drafted, type DraftOf, denies, kept, listed, type Statement, wordsIn } from '../statement.ts'
import { devicesForms } from './vocabulary.ts'

const LOCATION = /location|gps|geoloc|travel|whereabouts/u
const CAPTURE = /screen|recording|keystroke|camera|microphone/u

const who = { administrator: /\badministrators?\b|\badmin\b|employer/u, user: /\busers?\b|\byou\b/u } as const
const extents = {
  partial: /\bpartial(?:ly)?\b|selective/u,
  complete: /\bcomplete(?:ly)?\b|\bfull(?:y)?\b|entire/u,
  factory: /\bfactory\b/u,
} as const

const told = (form: string): string | undefined =>
  /\b(?:notif|inform|told|tell)\w*/u.test(form) ? 'before' : undefined

const reads = (statement: Statement, is: string, data: readonly string[]): Drafted => ({
  name: denies(statement) ? `no-${is}` : is,
  entry: {
    is,
    ...(denies(statement) ? { data: [], never: [...data], for: [] } : listed('data', data)),
    ...(denies(statement) ? {} : listed('for', statement.purposes)),
    ...(is === 'capture' ? listed('by', wordsIn(statement.form, who)) : {}),
    ...(/configuration|enabled by|chosen by/u.test(`${statement.lead} ${statement.form}`)
      ? listed('chosen-by', wordsIn(`${statement.lead} ${statement.form}`, who))
      : {}),
    ...kept('notice', told(statement.form)),
    ...common(statement),
  },
})

/** A sentence on devices: what is read from them, and what is done to them. */
const draft: DraftOf = (statement) => {
  const { form } = statement
  const drafts: Drafted[] = []
  if (denies(statement) && statement.data.length === 0)
    return { unbound: 'a bar on devices: what no entry declares is neither read nor done' }
  const order = { ...listed('by', wordsIn(form, who)), ...kept('notice', told(form)), ...common(statement) }
  const ordered = !denies(statement)
  if (ordered && /\b(?:eras|wip|delet|factory|reset)\w*/u.test(form) && statement.label === 'remote-wipe-control')
    drafts.push({ name: 'wipe', entry: { is: 'wipe', ...listed('extent', wordsIn(form, extents)), ...order } })
  if (ordered && /remote(?:ly)? (?:control|access|manage)/u.test(form))
    drafts.push({ name: 'remote-control', entry: { is: 'remote-control', ...order } })
  const data = [...statement.data]
  const capture = data.filter((each) => CAPTURE.test(each))
  const location = data.filter((each) => LOCATION.test(each) && !capture.includes(each))
  const rest = data.filter((each) => !capture.includes(each) && !location.includes(each))
  if (capture.length > 0) drafts.push(reads(statement, 'capture', capture))
  if (location.length > 0) drafts.push(reads(statement, 'location', location))
  if (rest.length > 0 && statement.label !== 'remote-wipe-control') drafts.push(reads(statement, 'telemetry', rest))
  if (drafts.length > 0) return drafts
  if (/\b(?:notif|inform|aware|background|notice)\w*/u.test(form))
    return [{ name: 'enrolment', entry: { is: 'enrolment', ...kept('notice', told(form)), ...common(statement) } }]
  return [reads(statement, 'telemetry', [])]
}

export const devicesReader = formReader(devicesForms, draft, {
  data: { asks: 'which data is read from the device?', source: 'GDPR art. 5(1)(c)' },
  for: { asks: 'for which purposes is it read?', source: 'GDPR art. 5(1)(b)' },
  by: { asks: 'who may order it: administrator, user, support?', source: 'GDPR art. 32(4)' },
  extent: { asks: 'how much is erased: partial, complete, factory?' },
  notice: { asks: 'when are people told: before, each-time?', proposes: 'before', source: 'GDPR art. 13' },
})
