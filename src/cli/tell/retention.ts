import type { Copy, Gap, StoreCount } from '../../retention/retention.ts'
import type { RetentionPreview, SweepResult, TermState } from '../../retention/sweep.ts'
import { columns, count } from './columns.ts'

const WHATS: Record<StoreCount['what'], string> = {
  erase: 'rows go',
  treat: 'rows stay without the fields',
  review: 'rows wait for a person',
  held: 'held',
  referenced: 'stay: rows that stay refer to them',
  kept: 'kept under an exception',
  stuck: 'stay: nothing can stand in the place of the field',
  undated: 'their clock says nothing',
}

const GAPS: Record<Gap['why'], string> = {
  'no-clock': 'the map names no such clock for it',
  'clock-type': 'its clock is no date and no number',
  'no-purpose': 'the map does not say what it is for',
  'no-table': 'it is a view',
  failed: 'the store failed',
  unreachable: 'the store cannot be reached',
  'not-swept': 'terms cannot be ended in this kind of store yet',
  'hold-unread': 'a hold names people whom nobody can read any more',
  'no-data': 'no map holds its data',
}

export function previewText({ counts, gaps, copies }: RetentionPreview): string {
  const lines = counts.length === 0 ? ['Nothing is past its term.'] : countLines(counts)
  return `${[...lines, ...gapLines(gaps), ...copyLines(copies)].join('\n')}\n`
}

export function sweepText({ counts, gaps, terms, copies, batches, longestMs, failed }: SweepResult): string {
  const lines = counts.length === 0 ? ['Nothing was past its term.'] : countLines(counts)
  const batch = `${count(batches, 'batch').replace('batchs', 'batches')}, the longest ${Math.ceil(longestMs)} ms`
  const failing =
    failed === 0 ? [] : [`${count(failed, 'row')} could not be changed: a constraint, a lock or a time-out`]
  return `${[...lines, batch, ...failing, ...copyLines(copies), '', termsText(terms, gaps)].join('\n')}`
}

export function termsText(terms: readonly TermState[], further: readonly Gap[] = []): string {
  if (terms.length === 0) return 'The policy has no terms of retention.\n'
  const rows = terms.map(({ rule, outcome, overdue, review, undated }) => [
    outcome,
    `retention.${rule}`,
    `${overdue} overdue${review === 0 ? '' : `, ${review} for a person`}${undated === 0 ? '' : `, ${undated} undated`}`,
  ])
  return `${[...columns(rows), ...gapLines([...terms.flatMap(({ gaps }) => gaps), ...further])].join('\n')}\n`
}

function countLines(counts: readonly StoreCount[]): string[] {
  return columns(
    counts.map(({ rule, store, table, what, rows }) => [rule, `${store}.${table}`, String(rows), WHATS[what]]),
  )
}

function gapLines(gaps: readonly Gap[]): string[] {
  const lines = gaps.map(({ rule, store, table, why, fault }) => {
    const place = store === undefined ? '' : ` ${store}${table === undefined ? '' : `.${table}`}:`
    return `missing for ${rule}:${place} ${GAPS[why]}${fault === undefined ? '' : ` (${fault})`}`
  })
  return [...new Set(lines)]
}

function copyLines(copies: readonly Copy[]): string[] {
  return copies.map(
    ({ store, copy, keep, until }) =>
      `copy ${copy} of ${store}: keeps for ${keep}; what goes now is there until ${until}`,
  )
}
