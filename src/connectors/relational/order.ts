import type { Layout } from '../postgres/layout.ts'
import type { TableHits } from './hits.ts'

/** What is done next so that no reference is broken: remove rows, or first clear references that close a circle. */
export type Step =
  | { readonly do: 'remove'; readonly tables: readonly TableHits[]; readonly circle: boolean }
  | { readonly do: 'release'; readonly table: TableHits; readonly columns: readonly string[] }

interface Edge {
  readonly from: TableHits
  readonly to: TableHits
  readonly columns: readonly string[]
  readonly nullable: boolean
}

/** The order in which rows of these tables go: those that refer before those they refer to; circles are opened where NULL may stand. */
export function removalSteps(layout: Layout, tables: readonly TableHits[]): Step[] {
  const byName = new Map(tables.map((one) => [one.table.live.name, one]))
  let edges = tables.flatMap((from) =>
    from.table.live.references.flatMap(({ columns, to }): Edge[] => {
      const target = byName.get(to.table)
      const live = layout.catalog.table(from.table.live.name)
      const nullable = columns.every((name) => live?.columns.find((one) => one.name === name)?.nullable === true)
      return target === undefined ? [] : [{ from, to: target, columns, nullable }]
    }),
  )
  const steps: Step[] = []
  let left = [...tables]
  while (left.length > 0) {
    const free = left.filter((one) => !edges.some(({ to }) => to === one))
    if (free.length > 0) {
      for (const one of free) steps.push({ do: 'remove', tables: [one], circle: false })
      left = left.filter((one) => !free.includes(one))
      edges = edges.filter(({ from }) => !free.includes(from))
      continue
    }
    const open = edges.find(({ nullable, from, to }) => nullable && isCircular(edges, from, to))
    if (open !== undefined) {
      steps.push({ do: 'release', table: open.from, columns: open.columns })
      edges = edges.filter((edge) => edge !== open)
      continue
    }
    steps.push({ do: 'remove', tables: left, circle: true })
    left = []
  }
  return steps
}

/** The target leads back to where the reference stands. */
function isCircular(edges: readonly Edge[], from: TableHits, to: TableHits): boolean {
  const seen = new Set<TableHits>()
  const waiting = [to]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === from) return true
    if (seen.has(at)) continue
    seen.add(at)
    for (const edge of edges) if (edge.from === at) waiting.push(edge.to)
  }
  return false
}
