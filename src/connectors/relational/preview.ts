import type { Found, StorePreview } from '../../connector.ts'
import type { Layout } from '../postgres/layout.ts'
import { countsOf } from './counts.ts'
import type { Dialect, Session } from './dialect.ts'
import { classHits } from './hits.ts'
import { findObstacles } from './obstacle.ts'

/** Counts what an erasure would do, by table, role and action; writes nothing, needs read rights only. */
export async function previewErasure(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  found: Found,
  now: Date,
): Promise<StorePreview> {
  const hits = await classHits(session, dialect, layout, [{ found }], { now })
  const obstacles = await findObstacles(session, dialect, layout, hits)
  const once = new Map(obstacles.map((one) => [`${one.code}\n${one.table}\n${one.what}`, one]))
  return { store: layout.store.store, ...countsOf(layout, hits, 0), obstacles: [...once.values()] }
}
