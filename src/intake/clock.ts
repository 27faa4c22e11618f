import { instant } from '../base/clock.ts'
import { addDuration, durationDays } from '../base/duration.ts'
import type { CaseClock, CaseKind } from '../cases.ts'
import { europeanEconomicArea } from '../language/countries.ts'
import { type Deadline, type Law, laws } from '../language/laws.ts'
import type { Plan } from '../policy/plan.ts'
import { caseKinds } from './kinds.ts'

/** A month is what the GDPR gives; where no law of the policy names a term, a person waits no longer than that. */
const fallback: Deadline = { within: 'P1M', source: 'no law of the policy names a term; GDPR art. 12(3) taken' }

/** Laws of the policy that a person can lean on, by the country they live in; all of them where it is not said. */
export function lawsFor(plan: Plan, country: string | undefined): readonly string[] {
  const named = plan.law.filter((law) => hasTerms(laws[law]))
  if (country === undefined) return named
  const area = europeanEconomicArea.includes(country) ? 'eu' : country === 'GB' ? 'uk' : country.toLowerCase()
  const own = named.filter((law) => law.startsWith(`${area}-`))
  return own.length > 0 ? own : named
}

const hasTerms = (law: Law | undefined): boolean => law !== undefined && Object.keys(law.deadlines).length > 0

interface Term {
  readonly law: string
  readonly source: string
  readonly verified: boolean
  readonly due: Date
  readonly latest?: Date
}

/**
 * The earliest end of the terms that the laws set for this kind of case and of the policy's own; an extension only as the
 * law of that term allows it. Instants; durations of months from the 31st end on the last day of the next month.
 */
export function clockFor(
  plan: Plan,
  kind: CaseKind,
  applying: readonly string[],
  receivedAt: Date,
): { readonly clock: CaseClock; readonly dueAt: string } {
  const terms = [...applying.flatMap((law) => lawTerm(kind, law, receivedAt)), ...policyTerm(plan, kind, receivedAt)]
  const [first = termOf('eu-gdpr', fallback, false, receivedAt)] = terms.toSorted(
    (left, right) => left.due.getTime() - right.due.getTime(),
  )
  // The policy's own term may be shorter than the law's: the law's extension then still holds.
  const latest = first.latest ?? (first.law === 'policy' ? earliestLatest(terms) : undefined)
  const receipts = applying.flatMap((law) => (caseKinds[kind].right && laws[law]?.receipt) || [])
  const [receipt] = receipts.map((term) => addBusinessDays(receivedAt, term.businessDays)).toSorted((a, b) => +a - +b)
  const clock: CaseClock = {
    law: first.law,
    source: first.source,
    verified: first.verified,
    ...(latest === undefined ? {} : { latest: instant(latest) }),
    ...(receipt === undefined ? {} : { confirmBy: instant(receipt) }),
  }
  return { clock, dueAt: instant(first.due) }
}

function lawTerm(kind: CaseKind, name: string, from: Date): Term[] {
  const law = laws[name]
  const { right, term } = caseKinds[kind]
  if (law === undefined) return []
  if (term === 'opt-out') {
    if (law.optOut === undefined) return []
    const { businessDays, source, status } = law.optOut
    return [{ law: name, source, verified: status === 'verified', due: addBusinessDays(from, businessDays) }]
  }
  const deadline = term === 'disclosures' ? law.disclosures : right && law.deadlines[right]
  const verified = law.status === 'verified' && term !== 'disclosures'
  return deadline === undefined ? [] : [termOf(name, deadline, verified, from)]
}

function termOf(law: string, { within, extend, source }: Deadline, verified: boolean, from: Date): Term {
  const due = addDuration(from, within)
  // The extension counts from the end of the first term: never later than both added to the receipt.
  return { law, source, verified, due, ...(extend === undefined ? {} : { latest: addDuration(due, extend) }) }
}

function policyTerm(plan: Plan, kind: CaseKind, from: Date): Term[] {
  const { right } = caseKinds[kind]
  const granted = right === undefined ? undefined : plan.rights[right]
  const own = granted?.law === undefined ? granted?.within : undefined
  const within = [own, plan.rights.answersWithin]
    .filter((term) => term !== undefined)
    .toSorted((left, right) => durationDays(left).most - durationDays(right).most)[0]
  return within === undefined ? [] : [termOf('policy', { within, source: 'the policy' }, true, from)]
}

function earliestLatest(terms: readonly Term[]): Date | undefined {
  return terms
    .flatMap(({ law, latest }) => (law === 'policy' || latest === undefined ? [] : [latest]))
    .toSorted((left, right) => left.getTime() - right.getTime())[0]
}

/** The day that many days later on which business is done, without Saturdays and Sundays, in UTC. */
export function addBusinessDays(from: Date, days: number): Date {
  const date = new Date(from)
  for (let left = days; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1)
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) left -= 1
  }
  return date
}
