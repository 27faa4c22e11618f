/** Keep beats erase: a clock that says nothing ends no term, is told, and is never read as 1970. */
import { expect, test } from 'vitest'
import type { RequestDocument } from '../../src/requests/report.ts'
import { makeVendor } from './vendor.ts'

const TABLES = { seconds: 'bigint', stamps: 'timestamptz', plain: 'timestamp', days: 'date' }

const MAP = Object.keys(TABLES).map(
  (table) => `
  ${table}:
    for: billing
    clock: { invoice-date: at }
    people: { payer: { key: user_id, to: users.id, erase: part } }
    fields: { bill_to: { is: invoice, keep: tax } }
`,
)

/** What each row's clock says → whether the row is kept. */
const ROWS: Record<string, Record<string, boolean>> = {
  seconds: {
    '0': true,
    '-1': true,
    NULL: true,
    '1262304000': false,
    '1735689600': true,
    '1262304000000': false,
    '1735689600000000': true,
  },
  stamps: {
    "'1970-01-01 00:00:00Z'": true,
    "'-infinity'": true,
    "'infinity'": true,
    "'0001-01-01'": true,
    "'0044-03-15 BC'": true,
    NULL: true,
    "'1970-01-02'": false,
    "'2010-01-01'": false,
    "'2025-01-01'": true,
  },
  plain: { "'1970-01-01'": true, "'-infinity'": true, "'2010-01-01'": false, "'2025-01-01'": true },
  days: { "'1970-01-01'": true, "'-infinity'": true, "'2010-01-01'": false, "'2025-01-01'": true },
}

test('zero, NULL, infinity, the year 1 and the epoch are no clock: the row is kept and told, not treated as ended', async () => {
  const sql = Object.entries(TABLES).flatMap(([table, type]) => [
    `CREATE TABLE ${table} (id int PRIMARY KEY, user_id bigint, bill_to text, at ${type})`,
    ...Object.keys(ROWS[table] ?? {}).map(
      (clock, index) => `INSERT INTO ${table} VALUES (${index}, 1, 'person1@example.org', ${clock})`,
    ),
  ])
  const vendor = await makeVendor('clocks', { people: 2, map: (text) => text + MAP.join(''), sql: `${sql.join(';')};` })
  try {
    const ran = await vendor.call([
      'request',
      'erase',
      '--identity',
      'email=person1@example.org',
      '--approve-by',
      'jo',
      '--json',
    ])
    const document = JSON.parse(ran.out) as RequestDocument
    for (const [table, rows] of Object.entries(ROWS)) {
      const left = await vendor.query(`SELECT id, bill_to IS NOT NULL AS kept FROM ${table} ORDER BY id`)
      const expected = Object.values(rows).map((kept, id) => ({ id, kept }))
      expect({ table, left }).toEqual({ table, left: expected })
    }
    const kept = document.stores[0]?.kept.filter(({ table }) => table in TABLES)
    expect(kept?.map(({ table, rows, undated }) => [table, rows, undated])).toEqual([
      ['seconds', 5, 3],
      ['stamps', 7, 6],
      ['plain', 3, 2],
      ['days', 3, 2],
    ])
    // The proof reads the clocks by its own means and comes to the same.
    expect(new Set(document.proof?.residual.map((one) => one.class))).toEqual(new Set(['kept']))
    expect(document.state).toBe('done')
    const told = await vendor.call(['request', 'show', document.id])
    expect(told.out).toContain('seconds.bill_to, 5 rows under tax, end unknown; 3 rows whose clock says nothing')
  } finally {
    await vendor.close()
  }
})
