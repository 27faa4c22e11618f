/** Redacting JSON: a number that is an identifier becomes null, every other byte stays as written. */
import { expect, test } from 'vitest'
import { makeVendor } from '../guarantees/vendor.ts'

const MAP = `
  events:
    for: support
    people: { of: { key: user_id, to: users.id, erase: part } }
    fields: { raw: { is: message, erase: redact }, tidy: { is: message, erase: redact }, coded: { is: message, erase: redact, codec: json } }
`

/** As stored → as it must be. The phone is 442079460001, the address person1@example.org. */
const CELLS: readonly (readonly [string, string])[] = [
  ['{"phone":442079460001}', '{"phone":null}'],
  ['{ "phone" :   442079460001\n}', '{ "phone" :   null\n}'],
  ['[442079460001 ,\t442079460001,1]', '[null ,\tnull,1]'],
  ['442079460001', 'null'],
  // None of these is the phone, whatever its digits begin or end with.
  ['{"a":442079460001.5,"b":-442079460001,"c":442079460001e2,"d":1442079460001,"e":0.442079460001}', ''],
  ['{"big":123456789012345678901234567890,"exp":1.5E+300,"small":1e-7,"zero":-0,"one":1.0,"a":1,"a":2}', ''],
  [
    '{"to":"person1@example.org","n":1E5,"s":"a \\"quote\\" 442079460001, b"}',
    '{"to":"[erased]","n":1E5,"s":"a \\"quote\\" [erased], b"}',
  ],
  ['{"person1@example.org":{"since":2.50}}', '{"[erased]":{"since":2.50}}'],
  ['{"empty":"","backslash":"\\\\","n":442079460001}', '{"empty":"","backslash":"\\\\","n":null}'],
]

test('json as text and through its codec loses what names her, digit by digit nothing else', async () => {
  const values = CELLS.map(([cell], id) => `(${id}, 1, $$${cell}$$, $$${cell}$$, $$${cell}$$)`)
  const vendor = await makeVendor('json_numbers', {
    people: 2,
    map: (text) => text + MAP,
    sql: `UPDATE users SET phone = '+442079460001' WHERE id = 1;
      CREATE TABLE events (id int PRIMARY KEY, user_id bigint, raw json, tidy jsonb, coded text); INSERT INTO events VALUES ${values.join(', ')};`,
  })
  try {
    const normal = await vendor.query(
      `SELECT ${CELLS.map(([cell, wanted], id) => `$$${wanted || cell}$$::jsonb::text AS c${id}`).join(', ')}`,
    )
    const ran = await vendor.call([
      'request',
      'erase',
      '--identity',
      'email=person1@example.org',
      '--approve-by',
      'jo',
      '--json',
    ])
    expect(ran.out, ran.err).toContain('"executed"')
    const rows = await vendor.query('SELECT id, raw::text AS raw, tidy::text AS tidy, coded FROM events ORDER BY id')
    for (const [id, [cell, wanted]] of CELLS.entries()) {
      expect({ id, raw: rows[id]?.raw, coded: rows[id]?.coded }).toEqual({
        id,
        raw: wanted || cell,
        coded: wanted || cell,
      })
      // jsonb has no layout to keep: it says 1E5 as 100000 to everybody, before and after.
      expect({ id, tidy: rows[id]?.tidy }).toEqual({ id, tidy: normal[0]?.[`c${id}`] })
    }
  } finally {
    await vendor.close()
  }
})
