import type { LiveReference } from '../../live-schema.ts'
import type { CatalogTable } from '../postgres/catalog.ts'
import type { Layout, TableLayout } from '../postgres/layout.ts'
import { clearsReference } from '../postgres/reference.ts'
import type { Dialect, Session } from './dialect.ts'
import { type Hit, type Hits, rowsAtOnce, type TableHits } from './hits.ts'
import { keyOf, keySelect, pieces, placed } from './rows.ts'
import { all, raw, sql } from './statement.ts'

/** Rows of a table, none of them the people's, that references would delete or change along with rows that go. */
export interface Beyond {
  readonly table: string
  readonly child: string
  readonly onDelete: LiveReference['onDelete']
  readonly rows: number
}

/** A reference to a table, with what it does when its target goes. */
interface Child {
  readonly live: CatalogTable
  readonly reference: LiveReference
  readonly cascades: boolean
  /** The reference itself is cleared in the person's rows that stay: those hold nothing. */
  readonly clears: boolean
}

/** Who refers to a row: hits by their row, and how many rows of others that a cascade would reach, by child. */
interface Referrers {
  held: boolean
  readonly hits: { readonly hit: Hit; readonly clears: boolean }[]
  readonly reached: Map<Child, number>
}

export function childrenOf(layout: Layout, table: TableLayout): Child[] {
  return layout.catalog.tables.flatMap((live) =>
    live.references
      .filter((reference) => reference.to.table === table.live.name)
      .map((reference) => ({
        live,
        reference,
        cascades: reference.onDelete !== 'no action' && reference.onDelete !== 'restrict',
        clears: clearsReference(layout.table(live.name), reference.columns),
      })),
  )
}

/**
 * A row to which a row refers that stays cannot go; what a staying row points to stays, and so on upwards, through cycles
 * too. A cascade is held only by the people's own rows that stay; those of others that it would reach are returned.
 */
export async function holdReferenced(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  hits: Pick<Hits, 'tables' | 'of'>,
): Promise<Beyond[]> {
  const referrers = new Map<Hit, Referrers>()
  const reached: Beyond[] = []
  for (const one of hits.tables) {
    for (const child of childrenOf(layout, one.table))
      await readReferrers(session, dialect, one, child, hits, referrers)
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const [hit, { held, hits: from }] of referrers) {
      if (hit.action !== 'row') continue
      const stays = held || from.some(({ hit: other, clears }) => other !== hit && !isReleased(other, clears))
      if (!stays) continue
      hit.action = 'part'
      hit.referenced = true
      changed = true
    }
  }
  for (const one of hits.tables) {
    const sums = new Map<Child, number>()
    for (const hit of one.rows.values()) {
      if (hit.action !== 'row') continue
      for (const [child, rows] of referrers.get(hit)?.reached ?? []) sums.set(child, (sums.get(child) ?? 0) + rows)
    }
    for (const [{ live, reference }, rows] of sums) {
      reached.push({ table: one.table.name, child: live.name, onDelete: reference.onDelete, rows })
    }
  }
  return reached
}

/** A referring row that goes, or whose reference is cleared, holds nothing. */
function isReleased(hit: Hit, clears: boolean): boolean {
  return hit.action === 'row' || (clears && hit.wantsPart && !hit.others)
}

async function readReferrers(
  session: Session,
  dialect: Dialect,
  one: TableHits,
  child: Child,
  hits: Pick<Hits, 'of'>,
  referrers: Map<Hit, Referrers>,
): Promise<void> {
  const going = [...one.rows.values()].filter(({ action }) => action === 'row')
  const theirs = hits.of(child.live.name)
  const same = child.reference.columns.map(
    (column, index) =>
      sql`${dialect.column('b', child.live, column)} = ${dialect.column('t', one.table.live, child.reference.to.columns[index] ?? '')}`,
  )
  for (const some of pieces(going, rowsAtOnce)) {
    const { from, more } = placed(
      dialect,
      one.table,
      some.map((hit, index) => ({ key: hit.key, more: [index] })),
      ['number'],
    )
    const rows = sql`FROM ${from}, ${raw(`${child.live.sql} b`)} WHERE ${all(same)}`
    const statement =
      theirs === undefined
        ? sql`SELECT ${more(0)} AS n, COUNT(*) AS many ${rows} GROUP BY ${more(0)}`
        : sql`SELECT ${more(0)} AS n, 1 AS many, ${keySelect(dialect, theirs.table, 'b')} ${rows}`
    for await (const batch of session.stream(statement, rowsAtOnce)) {
      for (const row of batch) {
        const hit = some[Number(row.n)]
        if (hit === undefined) continue
        const known = referrers.get(hit) ?? { held: false, hits: [], reached: new Map<Child, number>() }
        referrers.set(hit, known)
        const other = theirs?.rows.get(JSON.stringify(keyOf(row, theirs.table)))
        if (other !== undefined) known.hits.push({ hit: other, clears: child.clears })
        else if (child.cascades) known.reached.set(child, (known.reached.get(child) ?? 0) + Number(row.many))
        else known.held = true
      }
    }
  }
}
