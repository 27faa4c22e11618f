import { given } from '../../base/given.ts'
import type { LaxerReading } from '../../commitments/statement.ts'
import type { Acceptance, Decision } from '../review.ts'
import type { Warning } from './find-warnings.ts'

/** Warnings that stand, and those that a named person decided otherwise about, on record. */
export interface Settled {
  readonly stand: readonly Warning[]
  readonly accepted: readonly Acceptance[]
}

/** A decision counts when it gives a reason and the law allows it; else the warning stands and says why. */
export function settleWarnings(warnings: readonly Warning[], acceptances: readonly Acceptance[]): Settled {
  const stand: Warning[] = []
  const accepted: Acceptance[] = []
  for (const warning of warnings) {
    const acceptance = acceptances.findLast((each) => each.code === warning.code)
    if (acceptance === undefined) stand.push(warning)
    else if (warning.forbidden) stand.push({ ...warning, refused: 'forbidden' })
    else if (acceptance.why === undefined) stand.push({ ...warning, refused: 'no-reason' })
    else accepted.push(acceptance)
  }
  return { stand, accepted }
}

/** Warnings of each sentence, from 0: who decides on one side of a contradiction has decided on the other. */
export function settleSentences(
  warnings: readonly (readonly Warning[])[],
  acceptances: readonly (readonly Acceptance[])[],
): Settled[] {
  const pairs = warnings.flatMap((list, index) =>
    list.flatMap(({ code, against }) => (against === undefined ? [] : [{ code, one: index, other: against - 1 }])),
  )
  const decidedOn = (index: number): Acceptance[] =>
    pairs.flatMap(({ code, one, other }) => {
      const across = one === index ? other : other === index ? one : undefined
      return across === undefined ? [] : (acceptances[across] ?? []).filter((each) => each.code === code)
    })
  return warnings.map((list, index) => settleWarnings(list, [...decidedOn(index), ...(acceptances[index] ?? [])]))
}

/** The warnings that decisions on a sentence name, each on record. */
export const acceptancesOf = (decisions: readonly Decision[] = []): Acceptance[] =>
  decisions.flatMap(({ accepts = [], by, on, why }) => accepts.map((code) => ({ code, ...given({ by, on, why }) })))

/** What a draft reads less strictly once a warning was decided otherwise. */
const laxer: Readonly<Record<string, LaxerReading>> = {
  'changes.posting-only': 'posting-suffices',
  'changes.reader-duty': 'posting-suffices',
  'legal.belief': 'belief-suffices',
  'children.local-age': 'own-age-alone',
}

export const laxerReadings = (accepted: readonly Acceptance[]): ReadonlySet<LaxerReading> =>
  new Set(accepted.flatMap(({ code }) => laxer[code] ?? []))
