import { dayIn } from '../clock-text.ts'
import type { Layout } from '../postgres/layout.ts'
import { readCounts } from '../postgres/preview.ts'
import type { CountRow } from '../postgres/statement.ts'
import type { Hit, Hits, TableHits } from './hits.ts'

/** What the rows of one person come to, in the shape of previews and results, in the order of the map. */
export function countsOf(layout: Layout, hits: Hits, person: number): ReturnType<typeof readCounts> {
  const lines = new Map<string, CountRow & { many: number }>()
  const add = (number: number, kind: CountRow['kind'], label: string, role: string, until?: string) => {
    const name = `${number}\n${kind}\n${label}\n${role}`
    const line = lines.get(name) ?? {
      number,
      kind,
      request: person + 1,
      label,
      role,
      rows: '0',
      until: until ?? null,
      recorded: null,
      many: 0,
    }
    line.many++
    if (until === undefined || line.until === null) line.until = null
    else if (until > line.until) line.until = until
    lines.set(name, line)
  }
  for (const one of hits.tables) {
    for (const hit of one.rows.values()) if (hit.people.has(person)) addHit(add, one, hit, layout.store.zone)
  }
  const rows = [...lines.values()].map(({ many, ...line }) => ({ ...line, rows: String(many) }))
  return readCounts(layout, { of: () => undefined }, rows)
}

function addHit(
  add: (number: number, kind: CountRow['kind'], label: string, role: string, until?: string) => void,
  { number }: TableHits,
  hit: Hit,
  zone: string,
): void {
  const mention = hit.mentioned && !hit.wantsPart && !hit.wantsRow
  add(number, 'rows', mention ? 'mention' : hit.action === 'link' ? 'keep-link' : hit.action, hit.role)
  const named = hit.mentioned && !hit.wantsPart
  if (hit.action === 'part' && (named || hit.others || (hit.wantsRow && hit.referenced))) {
    add(number, 'shared', named ? 'mention' : hit.others ? 'other-people' : 'referenced', hit.role)
  }
  if (hit.action === 'link') return
  for (const [field, until] of hit.kept) {
    const { column } = field.column
    const name = field.exception?.name ?? ''
    add(number, 'kept', column, name, until === undefined ? undefined : dayIn(until, zone))
    const dated = field.exception?.keep !== undefined && field.exception.from !== undefined
    if (until === undefined && dated) add(number, 'undated', column, name)
  }
}
