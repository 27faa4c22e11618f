import { nearestWord } from '../base/nearest.ts'
import { carriedOut as rightsCarriedOut } from '../commitments/rights/enforce.ts'
import { requestRights } from '../commitments/rights/vocabulary.ts'
import { Fault, type Place } from '../language/fault.ts'
import { sortFaults } from '../language/fault-text.ts'
import type { StoreMap } from '../language/store-map.ts'
import { listOf } from '../language/terms.ts'
import { checkKinds } from './check-kinds.ts'
import { checkMap } from './check-map.ts'
import { checkStops } from './check-stops.ts'
import type { Plan } from './plan.ts'

export { checkLive, misfits } from './check-live.ts'
export { undeclaredParts } from './undeclared.ts'

const warning = (code: string, where: Place, what: string, mend: string): Fault =>
  new Fault({ code, where, what, mend, severity: 'warning' })

/** Categories against stores and purposes: what is declared is held somewhere and used by something. */
const checkCategories = (plan: Plan, maps: readonly StoreMap[]): readonly Fault[] => {
  const held = new Set(maps.flatMap((map) => map.tables.flatMap((table) => table.fields.map((field) => field.is))))
  const used = new Set(plan.purposes.flatMap((purpose) => purpose.uses))
  // A category that is named only to be refused is held and used nowhere, as it should be.
  const refused = new Set([
    ...plan.collection.flatMap((point) => point.never),
    ...plan.devices.flatMap(([, entry]) => listOf(entry.never)),
  ])
  const data = plan.data.filter((category) => used.has(category.name) || !refused.has(category.name))
  return data.flatMap((category) => [
    ...(maps.length === 0 || held.has(category.name)
      ? []
      : [
          warning(
            'policy.category-nowhere',
            category.place,
            `no store holds data category "${category.name}"`,
            'name the columns that hold it in a store map, or take it out of the policy',
          ),
        ]),
    ...(used.has(category.name)
      ? []
      : [
          warning(
            'policy.category-unused',
            category.place,
            `no purpose uses data category "${category.name}"`,
            'add it to uses of a purpose, or stop holding it',
          ),
        ]),
  ])
}

/** What is collected for a purpose is used by it (GDPR art. 5(1)(c)). */
const checkCollection = (plan: Plan): readonly Fault[] =>
  plan.collection.flatMap((point) => {
    const purposes = plan.purposes.filter((purpose) => point.for.includes(purpose.name))
    if (purposes.length === 0) return []
    return point.data
      .filter((category) => plan.data.some((declared) => declared.name === category))
      .filter((category) => !purposes.some((purpose) => purpose.uses.includes(category)))
      .map((category) =>
        warning(
          'collection.not-used',
          plan.place(['collection', point.name, 'data']),
          `"${category}" is collected for ${point.for.join(', ')}, which does not use it`,
          'add it to uses of the purpose, or stop collecting it',
        ),
      )
  })

/** A term can only end where some table that holds the data says when it began. */
const checkRetention = (plan: Plan, maps: readonly StoreMap[]): readonly Fault[] => {
  if (maps.length === 0) return []
  const tables = maps.flatMap((map) => map.tables)
  return plan.retention.flatMap((rule) => {
    const holding = tables.filter(
      (table) =>
        table.fields.some((field) => field.is !== undefined && rule.data.includes(field.is)) &&
        (rule.for.length === 0 || table.for.length === 0 || table.for.some((purpose) => rule.for.includes(purpose))),
    )
    const asked = holding.length === 0 ? tables : holding
    if (asked.some((table) => Object.hasOwn(table.clock, rule.from))) return []
    const nearest = nearestWord(
      rule.from,
      tables.flatMap((table) => Object.keys(table.clock)),
    )
    return [
      warning(
        'retention.clock-nowhere',
        plan.place(['retention', rule.name, 'from']),
        `no table that holds this data has a clock "${rule.from}"`,
        nearest === undefined || nearest === rule.from
          ? `add clock: { ${rule.from}: COLUMN } to the tables that hold it`
          : `did you mean "${nearest}"? Else add clock: { ${rule.from}: COLUMN } to the tables that hold it`,
      ),
    ]
  })
}

const checkExceptions = (plan: Plan, maps: readonly StoreMap[]): readonly Fault[] => {
  const kept = new Set(maps.flatMap((map) => map.tables.flatMap((table) => table.fields.map((field) => field.keep))))
  return plan.rights.exceptions
    .filter((exception) => !kept.has(exception.name))
    .map((exception) =>
      warning(
        'rights.exception-unused',
        plan.place(['rights', 'erasure', 'except', exception.name], 'key'),
        `nothing uses exception "${exception.name}": no field of a store map says keep: ${exception.name}`,
        `write keep: ${exception.name} at the columns that hold ${exception.data.join(', ')}, or take the exception out`,
      ),
    )
}

/** A right is granted only where something carries it out, or a person whose task it is. */
const checkRights = (plan: Plan, maps: readonly StoreMap[]): readonly Fault[] => {
  const carriedOut = new Set([
    ...plan.steps.map((step) => step.commitment),
    ...plan.commitments.flatMap(({ kind, name, task }) => (kind === 'rights' && task ? [name] : [])),
  ])
  const granted = requestRights.filter((right) => plan.rights[right] !== undefined)
  // A right whose term is missing or still open says so itself; with a term it will be carried out.
  const waits = new Set(rightsCarriedOut.filter((right) => plan.rights[right]?.within === undefined))
  const idle = granted
    .filter((right) => !carriedOut.has(right) && !waits.has(right))
    .map((right) =>
      warning(
        'rights.not-carried-out',
        plan.place(['rights', right], 'key'),
        `no connector can carry out the right "${right}" yet: it is shown as unproven`,
        'carry it out by hand and name whose task it is: task: { owner: ROLE }',
      ),
    )
  const unconnected =
    plan.rights.erasure === undefined
      ? []
      : maps.filter(({ connect, human }) => connect.execute === undefined && human === undefined)
  return [
    ...idle,
    ...unconnected.map((map) =>
      warning(
        'rights.cannot-erase',
        plan.place(['rights', 'erasure'], 'key'),
        `the policy grants erasure, and store "${map.store}" names no connection to carry it out with`,
        `add execute: env:NAME to connect in ${map.file ?? map.store}`,
      ),
    ),
  ]
}

/**
 * Holds a policy and its store maps against each other, without any store. What it finds needs a person; severity says
 * whether requests are safe nevertheless (warning) or not (error). Sorted by place.
 */
export const checkPolicy = (plan: Plan, maps: readonly StoreMap[]): Fault[] => {
  const none =
    maps.length > 0
      ? []
      : [
          warning(
            'policy.no-stores',
            { file: plan.file },
            'there is no store map: nothing of this policy is carried out',
            'write stores/NAME.yaml beside the policy',
          ),
        ]
  return [
    ...sortFaults([
      ...none,
      ...checkCategories(plan, maps),
      ...checkCollection(plan),
      ...checkRetention(plan, maps),
      ...checkExceptions(plan, maps),
      ...checkRights(plan, maps),
      ...checkStops(plan, maps),
      ...checkKinds(plan, maps),
      ...maps.flatMap((map) => checkMap(plan, map)),
    ]),
  ]
}
