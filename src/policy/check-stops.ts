import { isConsent } from '../commitments/purposes/consent-basis.ts'
import { Fault } from '../language/fault.ts'
import type { StoreMap } from '../language/store-map.ts'
import type { Plan } from './plan.ts'

/** Legal bases whose use ends when somebody objects (GDPR art. 21(1)). */
const objectable = /^eu-gdpr:A6-1-[ef]/u

/** A use that people may stop has a place in a store where it is stopped, or a person whose task it is (GDPR art. 7(3), 21). */
export const checkStops = (plan: Plan, maps: readonly StoreMap[]): readonly Fault[] => {
  const tables = maps.flatMap((map) => map.tables)
  const stopped = new Set(tables.flatMap(({ stops }) => stops.map(({ purpose }) => purpose)))
  const byHand = plan.commitments.some(
    ({ kind, name, task }) => kind === 'rights' && name === 'objection' && task !== undefined,
  )
  return plan.purposes.flatMap(({ name, basis }) => {
    const objected = plan.rights.objection !== undefined && !byHand && basis.some((term) => objectable.test(term))
    const used = tables.some((table) => table.for.includes(name))
    if (!used || stopped.has(name) || !(objected || basis.some(isConsent))) return []
    return [
      new Fault({
        code: 'rights.no-place-to-stop',
        severity: 'warning',
        where: plan.place(['purposes', name], 'key'),
        what: `people may stop the use for "${name}", and no store map says where it is stopped`,
        mend: `add to the table that decides it: stop: { ${name}: { set: { COLUMN: VALUE } } }, or { remove: row }; until then each such request is a task for a person`,
      }),
    ]
  })
}
