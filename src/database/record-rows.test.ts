import { describe, expect, it } from 'vitest'
import type { ErasedRows } from '../records.ts'
import { erasedOf, erasedRowsOf } from './record-rows.ts'

const place = { store: 'shop', table: 'orders', key: 'k1', hashBytes: 4 }
const stored = (given: ErasedRows[]) =>
  erasedRowsOf(given).map((row) => ({
    request: row.request ?? null,
    shares: row.shares ?? null,
    store: row.store,
    table_name: row.table,
    key_name: row.key,
    hash_bytes: row.bytes,
    hashes: Buffer.from(row.hashes, 'base64'),
  }))

describe('rows of hashes', () => {
  it('hold what many requests lost in one table, and tell each its own', () => {
    const given = [
      { ...place, request: 'one', hashes: Buffer.from('aaaabbbb') },
      { ...place, request: 'two', hashes: Buffer.from('cccc') },
      { ...place, request: 'two', table: 'items', hashes: Buffer.from('dddd') },
    ]
    const rows = stored(given)
    expect(rows.map(({ shares }) => shares)).toEqual([
      [
        ['one', 2],
        ['two', 1],
      ],
      [['two', 1]],
    ])
    expect(rows.flatMap((row) => [...erasedOf(row)])).toEqual(given)
  })

  it('are read as earlier releases wrote them: one request a row', () => {
    const row = { ...stored([{ ...place, request: 'one', hashes: Buffer.from('aaaabbbb') }])[0], shares: null }
    expect([...erasedOf({ ...row, request: 'one' })]).toEqual([
      { ...place, request: 'one', hashes: Buffer.from('aaaabbbb') },
    ])
  })

  it('stay below a megabyte, but for a single request', () => {
    const half = Buffer.alloc(600_000, 'a')
    const given = ['one', 'two', 'three'].map((request) => ({ ...place, request, hashes: half }))
    const large = { ...place, request: 'large', hashes: Buffer.alloc(2_000_000, 'b') }
    const rows = stored([...given, large])
    expect(rows.map(({ hashes }) => hashes.length)).toEqual([600_000, 600_000, 600_000, 2_000_000])
    expect(rows.flatMap((row) => [...erasedOf(row)].map(({ request }) => request))).toEqual([
      'one',
      'two',
      'three',
      'large',
    ])
  })
})
