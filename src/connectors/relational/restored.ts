import type { RestoredRow } from '../../connector.ts'
import { hashOf } from '../place-hash.ts'
import { fieldAction, isCoded } from '../postgres/field-action.ts'
import { keptFields } from '../postgres/keep.ts'
import type { FieldLayout, Layout, TableLayout } from '../postgres/layout.ts'
import { isTelling } from '../postgres/stand-in.ts'
import type { Dialect, Row, Session } from './dialect.ts'
import { keyOf, keySelect } from './rows.ts'
import { joined, raw, sql } from './statement.ts'
import { isStandIn } from './treat.ts'

const batchRows = 2_000

/** Rows whose keyed hash stands in the record of erasures: what a restored backup brought back. */
export async function findRestored(
  session: Session,
  dialect: Dialect,
  layout: Layout,
  only: ReadonlyMap<string, ReadonlySet<string>>,
  key: Uint8Array,
): Promise<RestoredRow[]> {
  const result: RestoredRow[] = []
  for (const table of layout.tables) {
    const hashes = only.get(table.name)
    if (hashes === undefined || hashes.size === 0) continue
    const telling = tellingFields(table)
    const cells = telling.map((field, index) => {
      const name = field.column.column
      const cell = { sql: dialect.column('t', table.live, name), table: table.live, column: name }
      const same =
        fieldAction(field) === 'clear' && !field.nullable
          ? sql`${cell.sql} = ${dialect.defaultOf('t', table.live, name)}`
          : raw('0')
      return sql`${dialect.text(cell)} AS ${raw(`cell${index}`)}, ${same} AS ${raw(`same${index}`)}`
    })
    const statement = sql`SELECT ${joined([keySelect(dialect, table), ...cells], ', ')} FROM ${raw(`${table.live.sql} t`)}`
    for await (const rows of session.stream(statement, batchRows)) {
      for (const row of rows) {
        const parts = keyOf(row, table)
        const hash = hashOf(key, table.name, parts).toString('hex')
        if (!hashes.has(hash)) continue
        const holds = stillHolds(table, telling, row)
        result.push({
          table: table.name,
          key: JSON.stringify(parts),
          hash,
          ...(holds === undefined ? {} : { holds }),
        })
      }
    }
  }
  return result
}

/** Fields that tell whether an erasure left the row as it is; only rows in which one person alone can stand tell it. */
function tellingFields(table: TableLayout): FieldLayout[] {
  const about = table.chains.filter(({ erase }) => erase !== 'keep-link')
  if (about.length !== 1 || about[0]?.toOne !== true) return []
  const kept = keptFields(table)
  return table.fields.filter((field) => {
    if (kept.includes(field) || field.of !== undefined || field.column.path !== undefined || isCoded(field))
      return false
    const action = fieldAction(field)
    return action === 'clear' || (action === 'pseudonym' && isTelling(field))
  })
}

function stillHolds(table: TableLayout, telling: readonly FieldLayout[], row: Row): boolean | undefined {
  if (telling.length === 0) return undefined
  const holds = telling.some((field, index) => {
    const cell = row[`cell${index}`] ?? null
    if (cell === null) return false
    if (fieldAction(field) === 'clear') return field.nullable || Number(row[`same${index}`]) !== 1
    return String(cell) !== '' && !isStandIn(String(cell))
  })
  if (!holds) return false
  // A row of others that only named the person is on record too: what else stands in it tells nothing of them.
  return table.fields.some(({ erase }) => erase === 'redact') ? undefined : true
}
