import type { CellHit, SearchResult, SoughtIdentity } from '../../connector.ts'
import { compileFinder, type Findings } from '../../residual/index.ts'
import { asSought } from '../known-identities.ts'
import type { ItemSource, StoredCell } from './source.ts'

/** Reads everything that is stored once, mapped or not, for all identities together; memory does not grow with it. */
export async function searchStore(
  source: ItemSource,
  identities: readonly SoughtIdentity[],
  progress?: (read: { cells: number; bytes: number }) => void,
): Promise<SearchResult> {
  const sought = asSought(identities)
  const finder = compileFinder(sought)
  const hits: CellHit[] = []
  const unread: { table: string; column?: string; why: string }[] = []
  let cells = 0
  let bytes = 0
  for await (const one of source.stored()) {
    if (!('bytes' in one)) {
      unread.push(one)
      continue
    }
    cells++
    const findings = await look(one, (length) => {
      bytes += length
    })
    for (const reason of findings.unread) unread.push({ table: one.table, column: one.column, why: reason })
    for (const { identity, encoding, tag } of findings.hits) {
      const place = { table: one.table, key: JSON.stringify(one.key), column: one.column }
      hits.push({ ...place, identity, encoding, ...(tag === true ? { tag } : {}) })
    }
    progress?.({ cells, bytes })
  }
  return {
    hits,
    cells,
    bytes,
    unread: distinct(unread),
    notSearched: finder.notSearched.map(({ identity }) => identity),
  }

  async function look(cell: StoredCell, read: (length: number) => void): Promise<Findings> {
    if (cell.bytes instanceof Uint8Array) {
      read(cell.bytes.length)
      return finder.cell(cell.bytes, { type: cell.type })
    }
    const stream = finder.stream({ type: cell.type })
    for await (const piece of cell.bytes) {
      read(piece.length)
      stream.push(piece)
    }
    return stream.end()
  }
}

function distinct<T extends object>(list: readonly T[]): T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()]
}
