import { nearestWord } from '../base/nearest.ts'
import type { Path } from '../commitments/commitment-kind.ts'
import type { Capabilities, Obstacle } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import { sortFaults } from '../language/fault-text.ts'
import type { StoreMap } from '../language/store-map.ts'
import type { LiveSchema, LiveTable } from '../live-schema.ts'
import { deniedFindings } from './check-denied.ts'
import { fieldFindings } from './field-check.ts'
import { liveTables } from './live-tables.ts'
import { mapPlace } from './map-place.ts'
import { mentions } from './mentions.ts'
import type { Plan } from './plan.ts'
import { undeclared } from './undeclared.ts'

export interface LiveFinding {
  readonly code: string
  readonly path: Path
  readonly at?: 'key' | 'value'
  readonly what: string
  readonly mend: string
  readonly severity?: 'error' | 'warning'
}

const didYouMean = (said: string, known: readonly string[], mend: string): string => {
  const nearest = nearestWord(said, known)
  return nearest === undefined ? mend : `did you mean "${nearest}"? Else ${mend}`
}

/** Tables and columns that the map names and the store does not have. */
const missing = (map: StoreMap, live: LiveSchema): readonly LiveFinding[] => {
  const find = liveTables(live)
  const names = live.tables.map((table) => table.name)
  const reported = new Set<string>()
  const once = (finding: LiveFinding, key: string): readonly LiveFinding[] => {
    if (reported.has(key)) return []
    reported.add(key)
    return [finding]
  }
  const noTable = (table: string, path: Path, at: 'key' | 'value') =>
    once(
      {
        code: 'store.table-missing',
        path,
        at,
        what: `store "${map.store}" has no table "${table}"`,
        mend: didYouMean(table, names, 'take it out of the map'),
      },
      table,
    )
  const mapped = map.tables.flatMap(({ table }) => (find(table) ? [] : noTable(table, ['tables', table], 'key')))
  const named = mentions(map).flatMap(({ table, column, path, at }) => {
    const found = find(table)
    if (found === undefined) return noTable(table, path, at)
    if (found.columns.some((one) => one.name === column)) return []
    const columns = found.columns.map((one) => one.name)
    return once(
      {
        code: 'store.column-missing',
        path,
        at,
        what: `table "${table}" of store "${map.store}" has no column "${column}"`,
        mend: didYouMean(column, columns, 'correct the name'),
      },
      `${path.join('\0')}\0${column}`,
    )
  })
  return [...mapped, ...named]
}

/** Decisions on record about tables and triggers that are not there decide nothing. */
const checkAllowed = (map: StoreMap, live: LiveSchema): readonly LiveFinding[] => {
  const find = liveTables(live)
  const names = live.tables.map((table) => table.name)
  return map.tables.flatMap((table) => {
    const triggers = find(table.table)?.triggers.map((trigger) => trigger.name) ?? []
    const unknown = (allowed: string, part: 'cascades' | 'triggers', known: readonly string[]): LiveFinding => ({
      code: 'store.allows-unknown',
      path: ['tables', table.table, 'allow', part],
      what: `the ${part === 'cascades' ? 'table' : 'trigger'} "${allowed}" that is allowed here is not in the store`,
      mend: didYouMean(allowed, known, 'take it out'),
      severity: 'warning',
    })
    return [
      ...table.allow.cascades
        .filter((name) => name !== '*' && !find(name))
        .map((name) => unknown(name, 'cascades', names)),
      ...table.allow.triggers
        .filter((name) => name !== '*' && find(table.table) && !triggers.includes(name))
        .map((name) => unknown(name, 'triggers', triggers)),
    ]
  })
}

/** Tables that the read role cannot read whole: no request could visit them, and no proof could search them. */
const unreadable = (map: StoreMap, live: LiveSchema): readonly LiveFinding[] => {
  const find = liveTables(live)
  const mapped = new Map(map.tables.map((table) => [find(table.table), table.table] as const))
  return live.tables.flatMap((table): readonly LiveFinding[] => {
    if (table.unreadable === undefined || table.kind === 'view') return []
    const name = mapped.get(table)
    const because =
      table.unreadable === 'permission' ? 'may not read it' : 'sees only rows that a row security policy shows'
    return [
      {
        code: 'store.unreadable-table',
        path: name === undefined ? ['tables'] : ['tables', name],
        at: 'key',
        what: `table "${table.name}" cannot be read whole: the read role ${because}`,
        mend: table.unreadable === 'permission' ? 'grant it SELECT' : 'give it BYPASSRLS, or a policy-free role',
        ...(name === undefined ? { severity: 'warning' as const } : {}),
      },
    ]
  })
}

/** A row of an inheritance child is its parent's row as well: said twice, one statement would change it twice. */
const childrenMapped = (map: StoreMap, live: LiveSchema): readonly LiveFinding[] => {
  const find = liveTables(live)
  const rows = new Map(
    map.tables.flatMap((table) => {
      const about = table.person !== undefined || table.people.length > 0
      const found = about ? find(table.table) : undefined
      return found === undefined ? [] : [[found, table.table] as const]
    }),
  )
  const mappedParent = ({ partOf }: LiveTable, depth = 0): string | undefined => {
    const parent = partOf === undefined || depth > 32 ? undefined : find(partOf)
    return parent && (rows.get(parent) ?? mappedParent(parent, depth + 1))
  }
  return [...rows].flatMap(([table, name]): readonly LiveFinding[] => {
    const parent = mappedParent(table)
    if (parent === undefined) return []
    return [
      {
        code: 'store.child-mapped',
        path: ['tables', name],
        at: 'key',
        what: `the rows of "${name}" are rows of "${parent}" too, which this map says of whom they are`,
        mend: `leave person and people to "${parent}"; what the child alone has cannot be erased apart yet`,
      },
    ]
  })
}

/** Rights that the policy grants and this kind of store cannot carry out. */
const checkCapabilities = (plan: Plan, map: StoreMap, capabilities: Capabilities): readonly Fault[] =>
  plan.steps.flatMap((step) => {
    // What else a store cannot do is handed to a person, request by request.
    const able = step.needs === 'erasure' ? capabilities.erasure : step.needs !== 'access' || capabilities.access
    // A map without an execute connection is told of without its store.
    if (able || map.human !== undefined || (step.needs === 'erasure' && map.connect.execute === undefined)) return []
    return [
      new Fault({
        code: 'rights.not-carried-out',
        where: plan.place([step.kind, step.commitment], 'key'),
        what: `the connector of store "${map.store}" cannot carry out the right "${step.commitment}"`,
        mend: 'carry it out there by hand, or take the store out of the promise',
      }),
    ]
  })

/**
 * Holds a store map against the live schema of its store. `siblings`: further maps, of which those of the same
 * connection declare columns too. Nothing is read but the schema. Sorted by place.
 */
export const checkLive = (
  plan: Plan,
  map: StoreMap,
  live: LiveSchema,
  capabilities: Capabilities,
  siblings: readonly StoreMap[] = [],
): Fault[] => {
  const findings = liveFindings(plan, map, live, siblings)
  return [
    ...sortFaults([
      ...checkCapabilities(plan, map, capabilities),
      ...findings.map(
        ({ path, at, ...finding }) => new Fault({ ...finding, where: mapPlace(map, path, at ?? 'value') }),
      ),
    ]),
  ]
}

const liveFindings = (
  plan: Plan,
  map: StoreMap,
  live: LiveSchema,
  siblings: readonly StoreMap[],
): readonly LiveFinding[] => {
  const find = liveTables(live)
  const endless = plan.rights.exceptions.filter(({ keep }) => keep === undefined).map(({ name }) => name)
  return [
    ...missing(map, live),
    ...undeclared(map, live, siblings),
    ...unreadable(map, live),
    ...childrenMapped(map, live),
    ...deniedFindings(map, live),
    ...checkAllowed(map, live),
    ...map.tables.flatMap((table) => {
      const found = find(table.table)
      return found === undefined ? [] : fieldFindings(table, found, live, endless)
    }),
  ]
}

/** Errors of `checkLive` as what forbids every erasure in the store until map or store are mended. */
export const misfits = (plan: Plan, map: StoreMap, live: LiveSchema, capabilities: Capabilities): Obstacle[] => {
  const promised = plan.steps.some(({ needs }) => needs === 'erasure')
  const unable = promised && !capabilities.erasure && map.connect.execute !== undefined
  const findings = liveFindings(plan, map, live, []).filter(({ severity }) => severity !== 'warning')
  return [
    ...(unable
      ? [
          {
            code: 'rights.not-carried-out',
            table: map.store,
            what: `the connector of store "${map.store}" cannot erase`,
            mend: 'carry it out there by hand, and leave the store out of the request',
          },
        ]
      : []),
    ...findings.map(({ code, path, what, mend }) => ({
      code,
      table: path[0] === 'tables' ? String(path[1] ?? map.store) : map.store,
      what,
      mend,
    })),
  ]
}
