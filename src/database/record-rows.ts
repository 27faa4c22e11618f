import { evidenceName, fact } from '../language/facts.ts'
import { lookedUnder } from '../language/looked-under.ts'
import type { Entry, Fact } from '../ledger.ts'
import type { ErasedRows, Finding } from '../records.ts'
import type { Row } from '../sql/sql.ts'
import type { ErasedRow, FindingRow } from './operations.ts'

/** First and last entry of each request that the facts speak of. */
export function evidenceOf(entries: readonly Entry[]): Map<string, { first: number; last: number }> {
  const ranges = new Map<string, { first: number; last: number }>()
  for (const { index, body } of entries) {
    if (typeof body.request !== 'string') continue
    const range = ranges.get(body.request)
    if (range === undefined) ranges.set(body.request, { first: index, last: index })
    else range.last = index
  }
  return ranges
}

/** The rows, each with the range of the entries that speak of it. */
export function withEvidence<R extends { id: string }>(rows: readonly R[], entries: readonly Entry[]): R[] {
  const evidence = evidenceOf(entries)
  return rows.map((row) => ({ ...row, ...evidence.get(row.id) }))
}

/** Requests that only the facts speak of: their range is written too. */
export function withoutChanged(
  evidence: ReadonlyMap<string, { first: number; last: number }>,
  changed: readonly { id: string }[],
): { id: string; first: number; last: number }[] {
  const ids = new Set(changed.map((row) => row.id))
  return [...evidence].filter(([id]) => !ids.has(id)).map(([id, range]) => ({ id, ...range }))
}

/** Bytes of hashes in one row at most, but for a single request's: what is read at once stays small. */
const mostHashBytes = 1024 * 1024

/** What many people's erasures removed from one table stands in one row, each request with its share, in order. */
export function erasedRowsOf(erased: readonly ErasedRows[]): ErasedRow[] {
  const rows: ErasedRow[] = []
  for (const places of Map.groupBy(erased, placeOf).values()) {
    let shares: [string, number][] = []
    let hashes: Uint8Array[] = []
    let bytes = 0
    places.forEach((one, index) => {
      shares.push([one.request, one.hashes.length / one.hashBytes])
      hashes.push(one.hashes)
      bytes += one.hashes.length
      const next = places[index + 1]
      if (next !== undefined && bytes + next.hashes.length <= mostHashBytes) return
      const { store, table, key, hashBytes } = one
      rows.push({ store, table, key, bytes: hashBytes, shares, hashes: Buffer.concat(hashes).toString('base64') })
      shares = []
      hashes = []
      bytes = 0
    })
  }
  return rows
}

const placeOf = (one: ErasedRows) => JSON.stringify([one.store, one.table, one.key, one.hashBytes])

/** A stored row as the requests recorded it. */
export function* erasedOf(row: Row): Generator<ErasedRows> {
  const hashes = row.hashes as Uint8Array
  const hashBytes = row.hash_bytes as number
  const place = { store: row.store as string, table: row.table_name as string, key: row.key_name as string, hashBytes }
  const shares = (row.shares ?? [[row.request, hashes.length / hashBytes]]) as [string, number][]
  let at = 0
  for (const [request, count] of shares) {
    yield { request, ...place, hashes: hashes.subarray(at, at + count * hashBytes) }
    at += count * hashBytes
  }
}

type NewFinding = Omit<Finding, 'evidence' | 'at'>

/** A finding whose fact was not given gets one: nothing is remembered that no entry attests. */
export function unattested(findings: readonly NewFinding[], facts: readonly Fact[]): Fact[] {
  return findings.filter(({ probe, subject }) => !facts.some((given) => attests(given, probe, subject))).map(attesting)
}

/** With the policy and maps it was made under, where the finding says so: an auditor can tell what has changed since. */
function attesting({ probe, subject, outcome, detail }: NewFinding): Fact {
  const { policy, maps } = lookedUnder(detail)
  if (policy === undefined) return fact('status.finding/1', { probe, subject, outcome })
  const named = Object.entries(maps).map(([store, sha256]) => ({ store: evidenceName(store), sha256 }))
  return fact('status.finding/2', { probe, subject, outcome, policy, maps: named })
}

function attests(given: Fact, probe: string, subject: string): boolean {
  return given.type.startsWith('status.finding/') && given.body.probe === probe && given.body.subject === subject
}

/** Rows of findings with the index of the entry that attests each; of several about one subject the last. */
export function findingRows(findings: readonly NewFinding[], entries: readonly Entry[], at: string): FindingRow[] {
  const rows = new Map<string, FindingRow>()
  for (const { probe, subject, outcome, detail } of findings) {
    const entry = entries.findLast((given) => attests(given, probe, subject))
    const evidence = entry?.index ?? 0
    rows.set(JSON.stringify([probe, subject]), {
      probe,
      subject,
      outcome,
      at,
      evidence,
      ...(detail === undefined ? {} : { detail }),
    })
  }
  return [...rows.values()]
}
