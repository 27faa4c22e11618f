import { parseDuration, surelyLonger } from '../../base/duration.ts'
import { dpvTerms } from '../../language/dpv.ts'
import type { RequestRight } from '../../language/laws.ts'
import { entriesOf, undeclared, unknownData, unknownLaw, valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { shortestDeadline } from './deadline.ts'
import { requestRights } from './vocabulary.ts'

const isDuration = (value: unknown): value is string => typeof value === 'string' && parseDuration(value) !== undefined

/** A policy may promise less time than the law, never more (e.g. GDPR art. 12(3)). */
const lateTerms = (right: RequestRight, entry: unknown, known: Known): readonly Misstatement[] => {
  const shortest = shortestDeadline(right, known.applies)
  const within = valueAt(entry, 'within')
  const extend = valueAt(entry, 'extend')
  if (shortest === undefined) {
    if (within !== undefined) return []
    return [
      {
        code: 'rights.no-deadline',
        severity: 'warning',
        path: [right],
        at: 'key',
        what: `no law that the policy names sets a term for ${right}, and the policy does not either`,
        mend: 'add within, e.g. within: P1M',
      },
    ]
  }
  const { law, deadline } = shortest
  const late: Misstatement[] = []
  if (isDuration(within) && surelyLonger(within, deadline.within))
    late.push({
      code: 'rights.later-than-law',
      severity: 'warning',
      path: [right, 'within'],
      what: `${right} within ${within} is later than ${law} allows: ${deadline.within} (${deadline.source})`,
      mend: `write within: ${deadline.within} or less`,
    })
  if (isDuration(extend) && (deadline.extend === undefined || surelyLonger(extend, deadline.extend)))
    late.push({
      code: 'rights.extension-later-than-law',
      severity: 'warning',
      path: [right, 'extend'],
      what: `an extension of ${extend} is more than ${law} allows: ${deadline.extend ?? 'none'} (${deadline.source})`,
      mend: deadline.extend === undefined ? 'take extend out' : `write extend: ${deadline.extend} or less`,
    })
  return late
}

const exceptionFaults = (exception: string, entry: unknown, known: Known): readonly Misstatement[] => {
  const path = ['erasure', 'except', exception]
  const from = valueAt(entry, 'from')
  const keep = valueAt(entry, 'keep')
  return [
    ...undeclared(valueAt(entry, 'data'), [...path, 'data'], known.data, unknownData),
    ...undeclared(valueAt(entry, 'law'), [...path, 'law'], [...known.laws.keys(), ...dpvTerms.ground], unknownLaw),
    ...((keep === undefined) === (from === undefined)
      ? []
      : [
          {
            code: 'rights.half-a-term',
            severity: 'warning' as const,
            path,
            at: 'key' as const,
            what: `exception "${exception}" has ${keep === undefined ? 'a clock but no term' : 'a term but no clock'}`,
            mend:
              keep === undefined
                ? 'add keep, e.g. keep: P6Y'
                : 'add from with the clock that the term counts from, e.g. from: invoice-date',
          },
        ]),
  ]
}

export const rightsMisstatements = (block: unknown, known: Known): readonly Misstatement[] => [
  ...requestRights.flatMap((right) =>
    entriesOf(block).some(([key]) => key === right) ? lateTerms(right, valueAt(block, right), known) : [],
  ),
  ...entriesOf(valueAt(valueAt(block, 'erasure'), 'except')).flatMap(([exception, entry]) =>
    exceptionFaults(exception, entry, known),
  ),
]
