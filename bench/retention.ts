/**
 * A retention sweep against a hand-written batched DELETE, in one run on one durable server. Takes the number of pairs
 * (default 7). Prints medians and the median of the ratios pair by pair, and the longest batch of each.
 */

import type { SqlPool } from '../src/sql/sql.ts'
import { startPostgres } from '../test/postgres-server.ts'
import { openRetention, type RetentionVendor } from '../test/retention-vendor.ts'

const pairs = Number(process.argv[2] ?? 7)
const rowsAtOnce = 1_000

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN

/** Half of the tickets are past their term, here and there in the table. */
async function fill(sql: SqlPool, rows: number): Promise<void> {
  await sql.query(`TRUNCATE tickets;
    INSERT INTO tickets SELECT g, 1, repeat('help ', 30), CASE WHEN g % 2 = 0 THEN timestamp '2020-01-01' ELSE '2026-10-01' END
      FROM generate_series(1, ${rows}) g`)
  for (const text of ['VACUUM ANALYZE tickets', 'CHECKPOINT']) await sql.query(text)
}

/** What a careful engineer writes: an index on the clock, a thousand rows a transaction, until none is left. */
async function byHand(sql: SqlPool): Promise<number> {
  let longest = 0
  for (;;) {
    const begun = performance.now()
    const { rowCount } = await sql.query(
      `DELETE FROM tickets WHERE ctid = ANY(ARRAY(SELECT ctid FROM tickets WHERE updated <= timestamp '2026-11-22' - interval 'P24M'
        LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED))`,
      [],
    )
    longest = Math.max(longest, performance.now() - begun)
    if (rowCount < rowsAtOnce) return longest
  }
}

async function measure({ sql, retention }: RetentionVendor, rows: number): Promise<void> {
  const kept: number[] = []
  const hand: number[] = []
  const longest = { kept: 0, hand: 0 }
  const [store] = retention.stores
  const mine = async () => {
    const begun = performance.now()
    await store?.expire?.({ terms: retention.plan.retention, held: [], now: retention.now() }, async (done) => {
      longest.kept = Math.max(longest.kept, done.longestMs)
    })
    kept.push(performance.now() - begun)
  }
  const theirs = async () => {
    const begun = performance.now()
    longest.hand = Math.max(longest.hand, await byHand(sql))
    hand.push(performance.now() - begun)
  }
  for (let pair = 0; pair <= pairs; pair++) {
    for (const act of pair % 2 === 0 ? [mine, theirs] : [theirs, mine]) {
      await fill(sql, rows)
      await act()
    }
    // The first pair opens connections and fills caches.
    if (pair === 0) for (const list of [kept, hand]) list.length = 0
  }
  const ratio = median(kept.map((value, index) => value / (hand[index] ?? Number.NaN)))
  console.log(
    `${rows / 2} of ${rows} rows: kept ${median(kept).toFixed(0)} ms, by hand ${median(hand).toFixed(0)} ms, ratio ${ratio.toFixed(2)}; longest batch ${longest.kept.toFixed(0)} and ${longest.hand.toFixed(0)} ms`,
  )
}

const server = await startPostgres({ durable: true })
try {
  const vendor = await openRetention(await server.createDatabase('helpdesk'), {
    sql: `CREATE INDEX ON tickets (updated); INSERT INTO users VALUES (1, 'ada@example.org', 'Ada', now());`,
  })
  console.log(`${server.version}, fsync on, ${pairs} pairs each`)
  for (const rows of [20_000, 200_000]) await measure(vendor, rows)
  await vendor.close()
} finally {
  await server.stop()
}
