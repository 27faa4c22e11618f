import type { StoreMap } from '../language/store-map.ts'
import { listOf } from '../language/terms.ts'
import type { Plan } from '../policy/plan.ts'

/** One way that a category of data takes: what it is for, where it lies or who receives it, and in which country. */
export interface Flow {
  readonly category: string
  readonly purpose?: string
  readonly store?: string
  readonly recipient?: string
  /** ISO 3166. */
  readonly country?: string
}

export interface FlowFilter {
  readonly category?: string | undefined
  readonly purpose?: string | undefined
  readonly store?: string | undefined
  readonly country?: string | undefined
}

/** What is read here of an entry of disclosure. */
interface HandOver {
  readonly is?: string
  readonly to?: string | readonly string[]
  readonly data?: string | readonly string[]
  readonly for?: string | readonly string[]
  readonly countries?: string | readonly string[]
  readonly never?: boolean
}

/** All flows that policy and store maps declare; what is barred, or never happens, is none. */
export function flowsOf(plan: Plan, maps: readonly StoreMap[], filter: FlowFilter = {}): Flow[] {
  const flows = [...storedFlows(plan, maps), ...handedFlows(plan)]
  const asked = Object.entries(filter).filter(([, value]) => value !== undefined)
  return flows.filter((flow) => asked.every(([name, value]) => flow[name as keyof Flow] === value))
}

/** Where categories lie: for each purpose of the table that uses them, or for none where no purpose does. */
function storedFlows(plan: Plan, maps: readonly StoreMap[]): Flow[] {
  const seen = new Map<string, Flow>()
  for (const { store, country, tables } of maps) {
    for (const table of tables) {
      for (const category of new Set(table.fields.flatMap(({ is }) => is ?? []))) {
        const using = plan.purposes.filter(
          ({ name, uses }) => uses.includes(category) && (table.for.length === 0 || table.for.includes(name)),
        )
        const place = { store, ...(country === undefined ? {} : { country }) }
        const flows =
          using.length === 0
            ? [{ category, ...place }]
            : using.map(({ name }) => ({ category, purpose: name, ...place }))
        for (const flow of flows) seen.set(JSON.stringify(flow), flow)
      }
    }
  }
  return [...seen.values()]
}

/** Who receives what, for what. An entry that does not say which categories or purposes, means all. */
function handedFlows(plan: Plan): Flow[] {
  return plan.disclosure.flatMap(([name, entry]) => {
    const { is, to, data, never, countries, ...said } = entry as HandOver
    if (never === true || is === 'bar') return []
    const places = listOf(countries)
    return plan.purposes
      .filter((purpose) => covers(said.for, purpose.name))
      .flatMap((purpose) =>
        purpose.uses
          .filter((category) => covers(data, category))
          .flatMap((category) =>
            (to === undefined ? [name] : listOf(to)).flatMap((recipient): Flow[] => {
              const flow = { category, purpose: purpose.name, recipient }
              return places.length === 0 ? [flow] : places.map((country) => ({ ...flow, country }))
            }),
          ),
      )
  })
}

function covers(said: string | readonly string[] | undefined, name: string): boolean {
  return said === undefined || listOf(said).includes(name)
}
