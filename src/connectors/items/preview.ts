import type { Found, Obstacle, StorePreview } from '../../connector.ts'
import { Counts } from './counts.ts'
import type { Judgement } from './judge.ts'
import type { Layout } from './layout.ts'
import type { ItemSource } from './source.ts'
import { canRead } from './standing.ts'
import { benchFor, visit } from './visit.ts'

/** Counts what an erasure would do, by table, role and action; writes nothing. */
export async function previewErasure(
  source: ItemSource,
  layout: Layout,
  found: Found,
  now: Date,
): Promise<StorePreview> {
  const bench = await benchFor(source, layout, [{ found }], now)
  const counts = new Counts()
  const obstacles = new Map<string, Obstacle>()
  for await (const judged of visit(source, bench)) {
    counts.add(judged)
    for (const one of obstaclesOf(judged)) obstacles.set(`${one.code}\n${one.table}\n${one.what}`, one)
  }
  return { store: layout.store.store, ...counts.read(), obstacles: [...obstacles.values()] }
}

/** Fields of an item that stays whose action cannot be carried out. */
function obstaclesOf(judged: Judgement): Obstacle[] {
  if (judged.action !== 'part' || judged.others) return []
  const table = judged.table.name
  return judged.table.fields.flatMap((field): Obstacle[] => {
    if (field.is === undefined || field.live.generated || judged.kept.has(field)) return []
    const name = field.column.column
    if (field.column.path !== undefined && field.erase !== 'redact') {
      const what = canRead(field.column.path) ? 'inside' : 'at such a path of'
      return [
        {
          code: 'store.path-unsupported',
          table,
          what: `erasure cannot write ${what} column ${name} of an item`,
          mend: 'Redact the whole column: `erase: redact`.',
        },
      ]
    }
    return []
  })
}
