import type { KeptRow, PreviewRow, SharedRow } from '../../connector.ts'
import type { Judgement } from './judge.ts'
import type { ItemField, ItemLayout } from './layout.ts'

/** Counts judgements of one person in the shape of previews and results, in the order of the map. */
export class Counts {
  readonly #rows = new Map<
    string,
    { line: Omit<PreviewRow, 'rows' | 'fields'>; table: ItemLayout; rows: number; shared: number }
  >()
  readonly #shared = new Map<string, { line: Omit<SharedRow, 'rows'>; rows: number }>()
  readonly #kept = new Map<
    string,
    { line: Omit<KeptRow, 'rows' | 'until'>; rows: number; until: string | undefined; known: boolean }
  >()

  add(judged: Judgement): void {
    const table = judged.table.name
    const { role } = judged
    const action = actionOf(judged)
    const line = this.#rows.get(`${table}\n${role}\n${action}`) ?? {
      line: { table, role, action },
      table: judged.table,
      rows: 0,
      shared: 0,
    }
    line.rows++
    this.#rows.set(`${table}\n${role}\n${action}`, line)
    const why = judged.mentioned && !judged.wantsPart ? 'mention' : judged.others ? 'other-people' : undefined
    if (judged.action === 'part' && why !== undefined) {
      if (why === 'other-people') line.shared++
      const shared = this.#shared.get(`${table}\n${role}\n${why}`) ?? { line: { table, role, why }, rows: 0 }
      shared.rows++
      this.#shared.set(`${table}\n${role}\n${why}`, shared)
    }
    if (judged.action !== 'link') for (const [field, until] of judged.kept) this.#keep(table, field, until)
  }

  #keep(table: string, field: ItemField, until: string | undefined): void {
    const name = field.column.column
    const exception = field.exception?.name ?? ''
    const kept = this.#kept.get(`${table}\n${name}`) ?? {
      line: { table, field: name, exception },
      rows: 0,
      until,
      known: true,
    }
    kept.rows++
    kept.known &&= until !== undefined
    if (until !== undefined && (kept.until === undefined || until > kept.until)) kept.until = until
    this.#kept.set(`${table}\n${name}`, kept)
  }

  read(): { tables: PreviewRow[]; shared: SharedRow[]; kept: KeptRow[] } {
    return {
      tables: sorted(this.#rows).map(({ line, table, rows, shared }) => ({
        ...line,
        rows,
        fields: fieldsOf(table, line.action, line.role, line.action === 'part' && shared >= rows),
      })),
      shared: sorted(this.#shared).map(({ line, rows }) => ({ ...line, rows })),
      kept: sorted(this.#kept).map(({ line, rows, until, known }) => ({
        ...line,
        rows,
        ...(known && until !== undefined ? { until } : {}),
      })),
    }
  }
}

function sorted<T>(lines: ReadonlyMap<string, T>): T[] {
  return [...lines].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line)
}

function actionOf(judged: Judgement): PreviewRow['action'] {
  if (judged.action === 'row') return 'row'
  if (judged.mentioned && !judged.wantsPart && !judged.wantsRow) return 'mention'
  return judged.action === 'link' ? 'keep-link' : 'part'
}

/** The fields an action concerns: all declared ones of an item that goes, the treated ones of one that stays. */
function fieldsOf(table: ItemLayout, action: PreviewRow['action'], role: string, allShared: boolean): string[] {
  const concerned = table.fields.filter((field) => {
    if (action === 'keep-link' || field.is === undefined) return false
    if (action === 'mention') return field.erase === 'redact'
    if (allShared && field.of !== role && field.erase !== 'redact') return false
    return action === 'row' || (!field.live.generated && field.exception === undefined)
  })
  return [...new Set(concerned.map(({ column }) => column.column))]
}
