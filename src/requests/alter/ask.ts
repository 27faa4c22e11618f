import type { Alteration } from '../../alteration.ts'
import { nearestWord } from '../../base/nearest.ts'
import { Fault } from '../../language/fault.ts'
import type { RequestKind } from '../../language/request-kinds.ts'
import type { Plan } from '../../policy/plan.ts'

/** What somebody wants changed: new values by data category, or the purpose whose use is to stop. */
export interface AskedAlteration {
  readonly values?: Readonly<Record<string, string>>
  readonly purpose?: string
}

/**
 * What a request of this kind changes; undefined where it changes nothing by itself. Faults `request.nothing-to-correct`,
 * `request.category-unknown`, `request.no-value`, `request.no-purpose`, `request.purpose-unknown`.
 */
export function alterationOf(
  plan: Pick<Plan, 'data' | 'purposes'>,
  kind: RequestKind,
  { values = {}, purpose }: AskedAlteration,
): Alteration | undefined {
  if (kind === 'correction') return { is: 'correct', values: checkedValues(plan, values) }
  if (kind !== 'objection' && kind !== 'withdrawal') return undefined
  const purposes = plan.purposes.map(({ name }) => name)
  if (purpose === undefined) {
    throw new Fault({
      code: 'request.no-purpose',
      what: 'Nothing says which use is to stop.',
      mend: `Name a purpose of the policy: ${purposes.join(', ')}.`,
    })
  }
  if (!purposes.includes(purpose)) throw unknown('request.purpose-unknown', 'purpose', purpose, purposes)
  return { is: 'stop', purpose }
}

function checkedValues(plan: Pick<Plan, 'data'>, values: Readonly<Record<string, string>>): Record<string, string> {
  const categories = plan.data.map(({ name }) => name)
  const given = Object.entries(values).map(([category, value]) => [category, value.trim()] as const)
  if (given.length === 0) {
    throw new Fault({
      code: 'request.nothing-to-correct',
      what: 'Nothing says what is wrong.',
      mend: 'Give at least one new value: --set phone=…',
    })
  }
  for (const [category, value] of given) {
    if (!categories.includes(category)) throw unknown('request.category-unknown', 'data category', category, categories)
    if (value !== '') continue
    throw new Fault({
      code: 'request.no-value',
      what: `The new value of "${category}" is empty.`,
      mend: 'A correction puts something right; to take data away, make a request for erasure.',
    })
  }
  return Object.fromEntries(given)
}

function unknown(code: string, noun: string, said: string, known: readonly string[]): Fault {
  const nearest = nearestWord(said, known)
  return new Fault({
    code,
    what: `The policy declares no ${noun} of this name.`,
    mend: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}There are: ${known.join(', ')}.`,
  })
}
