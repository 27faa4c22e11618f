import { nearestWord } from '../base/nearest.ts'
import { Fault } from '../language/fault.ts'

/** Why data is held beyond its term: a closed list, each with the law that allows it. */
export const HOLD_GROUNDS = [
  { name: 'legal-claims', source: 'GDPR art. 17(3)(e)' },
  { name: 'legal-obligation', source: 'GDPR art. 17(3)(b)' },
  { name: 'authority-order', source: 'GDPR art. 6(1)(c)' },
  { name: 'restriction', source: 'GDPR art. 18(1)' },
  { name: 'public-health', source: 'GDPR art. 17(3)(c)' },
  { name: 'archiving-research', source: 'GDPR art. 17(3)(d)' },
] as const

/** The name itself where the list has it. Fault `hold.ground-unknown` with the nearest right one. */
export function holdGround(name: string): string {
  const names = HOLD_GROUNDS.map((one) => one.name)
  const found = names.find((one) => one === name)
  if (found !== undefined) return found
  const close = nearestWord(name, names)
  throw new Fault({
    code: 'hold.ground-unknown',
    what: 'Data can only be held on a ground of the list.',
    mend: `${close === undefined ? '' : `Did you mean ${close}? `}The grounds are: ${names.join(', ')}.`,
  })
}
