import type { JsonValue } from '../../base/canonical-json.ts'
import { barredHandOver } from '../declared-recipients.ts'
import { plainReader } from '../reader.ts'
import {
  common,
  type DraftEntry,
  type Drafted,
  type DraftOf,
  denies,
  isOpen,
  listed,
  nameOf,
  open,
  type Reader,
  type Spoken,
  type Statement,
  unconditional,
} from '../statement.ts'

const others = {
  'public-source': /publicly available|public (?:sources?|registers?|records?)|trade registers?/u,
  'third-party':
    /\b(?:receive|obtain|acquire|get|collect|buy|purchase|combine|supplement)\w*\b.{0,80}\bfrom (?:\w+ ){0,2}(?:third part|other (?:sources|companies|parties|services)|partners|social|identity provider|credit|data brokers?|resellers?)/u,
  'other-person':
    /\b(?:someone else|another person|your employer|your administrator|other users?|friends?) (?:may |can )?(?:provide|give|enter|upload|invite)/u,
} as const

const originsOf = (statement: Statement): string[] => {
  const found = Object.entries(others).flatMap(([origin, says]) => (says.test(statement.form) ? [origin] : []))
  if (found.length > 0) return found
  return [statement.label === 'collection' ? 'subject' : 'device']
}

/** Words that name no place where data is given: a phone number is data, "in order to" no order. */
const placesOf = (statement: Statement): readonly Spoken[] =>
  statement.touchpoint.filter(
    (each) =>
      !(statement.label === 'collection' && /^(?:device|link|cookies|beacons)$/u.test(each.term ?? '')) &&
      !(each.name === 'order' && !/\b(?:an|your|the|each|place) order\b/u.test(statement.form)),
  )

const pointName = (statement: Statement): string => {
  const touchpoint = placesOf(statement)[0]?.term ?? (statement.label === 'collection' ? 'general' : 'website')
  const name =
    {
      'automatic-collection': `${touchpoint}-log`,
      'error-report': 'error-reports',
      'install-notice': 'install-notices',
    }[statement.label] ?? touchpoint
  return nameOf(name)
}

/** What people may leave out. */
const OPTIONAL =
  /\b(?:free (?:not to|to choose)|up to you|your (?:own )?choice|(?:is|are|as) (?:\w+ )?(?:optional|voluntary)|voluntar\w+|(?:do|does|need) not (?:have to |need to )?(?:give|provide|tell|enter|fill|answer)|not (?:obliged|required|obligated) to (?:give|provide|tell|enter|answer)|(?:optional|voluntary) (?:fields?|information|data|details))/u

const COLLECTS =
  /\b(?:collect|gather|ask|request|receiv|obtain|record|log|solicit|requir|captur|acquir|need|take|store|hold|process)\w*/u
const SHARES = /\b(?:disclos|shar|sell|sold|distribut|transfer|provid|pass|giv|rent)\w*/u

const purpose = {
  asks: 'for which purposes is this collected?',
  source: 'GDPR art. 5(1)(b), 13(1)(c)',
}

/** A sentence on what is given, logged or sent: one collection point for each place and origin. */
const draft: DraftOf = (statement) => {
  const { form } = statement
  const where = listed(
    'where',
    placesOf(statement).map((each) => each.name),
  )
  const from = originsOf(statement)
  const name = pointName(statement)
  const outside = from[0] === 'subject' || from[0] === 'device' ? name : nameOf(`${name} from ${from[0]}`)
  const choice =
    /\b(?:if|unless|only (?:if|when|where)) you (?:\w+ )?(?:agree|choose|consent|opt|elect|allow|decide)|voluntar|\boption to\b|with your (?:\w+ )?consent|provided you have agreed|you (?:may|can) choose (?:not )?to/u.test(
      form,
    )
  const optional = OPTIONAL.test(form)
  const without =
    /\bwithout (?:\w+ ){0,3}(?:providing|giving|telling|registering|identifying|disclosing|revealing)/u.test(form)
  if (denies(statement) && !optional && !COLLECTS.test(form))
    // What is denied is a use or a hand-over, not the collection.
    return SHARES.test(form)
      ? [barredHandOver(statement)]
      : { unbound: 'a bar on use: what no purpose declares is not used' }
  if ((denies(statement) && !optional && !(choice && statement.exception.length > 0)) || without) {
    const refused: Drafted = {
      name: nameOf(`${outside} not`),
      entry: {
        from,
        data: [],
        never: statement.data.length > 0 ? [...statement.data] : open('which data is not collected?'),
        for: [],
        ...where,
        ...common(statement),
      },
    }
    return [refused]
  }
  return [
    {
      name: choice || optional ? nameOf(`${outside} by choice`) : outside,
      entry: {
        from,
        data: statement.data.length > 0 ? [...statement.data] : open('which data is collected?'),
        for: statement.purposes.length > 0 ? [...statement.purposes] : open(purpose),
        ...where,
        ...(choice || optional ? { choice: true } : {}),
        ...(/\b(?:see|review|preview|shown?) (?:\w+ ){0,4}(?:before|first)/u.test(form) ? { shown: true } : {}),
        ...(/before or at the time of|at or before|at the time of collection|identif\w+ the purposes/u.test(form)
          ? { told: 'before' }
          : {}),
        // "When you register" is the place of it; what a person must choose first is a condition.
        ...(choice || statement.exception.length > 0 ? common(statement) : unconditional(statement)),
      },
    },
  ]
}

/** That something is optional is said of what is collected elsewhere: there the purposes stand. */
const settle: NonNullable<Reader['settle']> = (block) => {
  const told = Object.values(block).filter((entry) => Array.isArray(entry.for) && entry.for.length > 0)
  return Object.fromEntries(
    Object.entries(block).map(([name, entry]) => {
      const data = [entry.data ?? []].flat()
      const same = entry.choice === true && isOpen(entry.for) ? told.find((each) => holds(each, data)) : undefined
      return [name, same === undefined ? entry : { ...entry, for: same.for ?? [] }]
    }),
  )
}

const holds = (entry: DraftEntry, data: readonly JsonValue[]): boolean =>
  data.length > 0 && data.every((each) => [entry.data ?? []].flat().includes(each))

export const collectionReader: Reader = {
  settle,
  ...plainReader(
    ['from', 'data', 'for'],
    ['needed', 'where', 'never', 'choice', 'shown', 'told'],
    draft,
    { for: purpose, data: { asks: 'which data?', source: 'GDPR art. 5(1)(c)' } },
    ['for'],
  ),
}
