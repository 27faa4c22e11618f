import { durationDays } from '../../base/duration.ts'
import type { EntryValue } from '../../commitments/comparison.ts'
import { factShown } from '../../commitments/legal-fact.ts'
import { isConsent } from '../../commitments/purposes/consent-basis.ts'
import { listOf } from '../../language/terms.ts'
import type { Policy } from '../../policy/policy.ts'
import { contentOf, type PolicyContent } from '../difference/content.ts'
import type { Difference } from '../difference/difference.ts'
import { leadTimes } from './lead-times.ts'

/** How long a change waits after people were told of it. */
export interface Wait {
  /** ISO 8601 duration. */
  readonly lead: string
  /** Commitment of the policy in force that promises it, e.g. `changes.notice`; or the fact it rests on. */
  readonly because: string
}

const noWait: Wait = { lead: 'PT0S', because: 'nothing of it is wider for people' }

/** Which changes a promise of notice is about. */
const isMeant: Readonly<Record<string, (difference: Difference) => boolean>> = {
  any: () => true,
  material: (difference) => difference.class === 'wider',
  purpose: (difference) => difference.topic === 'purpose' && difference.class === 'wider',
  recipient: (difference) => difference.topic === 'recipient' && difference.class === 'wider',
  merger: (difference) => difference.topic === 'merger',
  retention: (difference) => difference.topic === 'retention' && difference.class === 'wider',
}

const texts = (given: unknown): readonly string[] =>
  listOf(given as string | readonly string[] | undefined).filter((one) => typeof one === 'string')

/** Whether a promise of notice is about a difference; `what` as the policy says it, nothing said is any. */
export const isMeantBy = (what: unknown, difference: Difference): boolean => {
  const kinds = texts(what)
  return kinds.length === 0 || kinds.some((kind) => isMeant[kind]?.(difference))
}

const promised = ({ kinds }: PolicyContent): readonly (readonly [string, EntryValue])[] =>
  Object.entries(kinds.changes).filter(([, entry]) => entry.is === 'notice' || entry.is === 'posting')

/**
 * How long the differences wait: as the policy in force promises for changes of their kind, else as the table of lead
 * times says for what is wider. The longest wins.
 */
export const waitFor = (differences: readonly Difference[], inForce: Policy): Wait => {
  const promises = promised(contentOf(inForce))
  const told: Wait[] = []
  for (const difference of differences) {
    const own = promises.flatMap(([name, { lead, what }]) => {
      return isMeantBy(what, difference) && typeof lead === 'string' ? [{ lead, because: `changes.${name}` }] : []
    })
    if (own.length > 0) told.push(...own)
    else if (difference.class === 'wider') {
      const line =
        leadTimes.find(({ topic }) => topic === difference.topic) ?? leadTimes.find(({ topic }) => topic === undefined)
      if (line !== undefined) told.push({ lead: line.lead, because: factShown(line.fact) })
    }
  }
  return told.reduce(
    (longest, wait) => (durationDays(wait.lead).most > durationDays(longest.lead).most ? wait : longest),
    noWait,
  )
}

const restsOnConsent = (purpose: EntryValue | undefined): boolean =>
  texts(purpose?.basis).length > 0 && texts(purpose?.basis).every(isConsent)

/** What a difference is, as `asks` of a promise names it. */
const asked = (difference: Difference): readonly string[] => {
  if (difference.class !== 'wider') return []
  if (difference.topic === 'recipient') return ['new-recipient']
  return difference.topic === 'purpose' ? ['new-purpose', 'wider-use'] : ['wider-use']
}

/** The purposes that a difference names; where it names none, those that use the data it is about. */
const touchedBy = ({ commitment, purposes }: Difference, { kinds }: PolicyContent): readonly string[] => {
  if (purposes.length > 0) return purposes
  const [block = '', name = ''] = commitment.split('.')
  const data = block === 'data' ? [name] : block === 'retention' ? texts(kinds.retention[name]?.data) : []
  return Object.entries(kinds.purposes)
    .filter(([, { uses }]) => texts(uses).some((category) => data.includes(category)))
    .map(([purpose]) => purpose)
}

/**
 * Purposes whose consent is asked anew: those that rest on consent and of which more is done than people agreed to. A
 * consent is given for what was told (GDPR art. 4(11)), so all three kinds ask unless the policy in force names fewer.
 */
export const asksAnew = (differences: readonly Difference[], inForce: Policy, next: Policy): readonly string[] => {
  const [then, now] = [contentOf(inForce), contentOf(next)]
  const named = promised(then).flatMap(([, entry]) => texts(entry.asks))
  const asks = named.length > 0 ? named : ['new-purpose', 'wider-use', 'new-recipient']
  const everyVersion = Object.values(now.kinds.consent).flatMap((entry) =>
    texts(entry.asks).includes('new-version') ? texts(entry.for) : [],
  )
  const touched = differences
    .filter((difference) => asked(difference).some((kind) => asks.includes(kind)))
    .flatMap((difference) => touchedBy(difference, now))
  return [...new Set([...touched, ...(differences.length > 0 ? everyVersion : [])])]
    .filter((purpose) => restsOnConsent(now.kinds.purposes[purpose]))
    .sort()
}
