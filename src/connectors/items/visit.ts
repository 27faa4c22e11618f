import type { ErasureWork } from '../../connector.ts'
import { type Bench, type Judgement, judge, mentionsOf, recordsOf } from './judge.ts'
import { columnsFor, type ItemLayout, type Layout } from './layout.ts'
import type { ItemSource } from './source.ts'
import { Standings } from './standing.ts'

export async function benchFor(
  source: ItemSource,
  layout: Layout,
  work: readonly Pick<ErasureWork, 'found'>[],
  now: Date,
): Promise<Bench> {
  const standings = await Standings.of(
    source,
    layout,
    work.map(({ found }) => found),
  )
  return { layout, standings, mentions: mentionsOf(work), records: recordsOf(work), now }
}

/** Every item that has to do with the people of the work, table by table, judged. Tables that lead to others come first. */
export async function* visit(source: ItemSource, bench: Bench): AsyncGenerator<Judgement> {
  for (const table of bench.layout.tables) yield* visitTable(source, bench, table, columnsFor(table, true))
}

export async function* visitTable(
  source: ItemSource,
  bench: Bench,
  table: ItemLayout,
  columns?: readonly string[],
): AsyncGenerator<Judgement> {
  const named = [...bench.mentions.keys(), ...bench.records.keys()].filter((place) =>
    place.startsWith(`${table.name}\n`),
  )
  if (!bench.standings.concerns(table) && named.length === 0) return
  const where = table.map.person === undefined && named.length === 0 ? bench.standings.ask(table) : undefined
  const ask = { ...(columns === undefined ? {} : { columns }), ...(where === undefined ? {} : { where }) }
  for await (const item of source.items(table.name, ask)) {
    const judged = judge(bench, table, item)
    if (judged !== undefined) yield judged
  }
}
