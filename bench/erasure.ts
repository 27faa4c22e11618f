/**
 * Erasure with its bookkeeping and durable evidence against one hand-written transaction, in one run on one durable server.
 * Takes the number of repetitions (default 15), and `--large` for a batch of 10,000 people. Prints medians and the median of the ratios
 * pair by pair: first of a process that has just started, then after its code is compiled, as in a server.
 */
import { executeApproved } from '../src/requests/carry-out.ts'
import { byHand, openShop, rowByRow, type Shop } from './shop.ts'

const repetitions = Number(process.argv[2] ?? 15)
const batches = Math.min(repetitions, 9)

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** Kept and the hand-written transaction in turn, the first one alternating, so that a noisy machine hits both. */
async function pairs(
  shop: Shop,
  people: number,
  rows: number,
  times: number,
  naive: boolean,
  { when = '', engine = shop.engine } = {},
): Promise<void> {
  const kept: number[] = []
  const hand: number[] = []
  const slow: number[] = []
  for (let time = 0; time < times + 1; time++) {
    const ids = await shop.people(people * (naive ? 3 : 2), rows)
    const [mine, theirs, last] = [ids.slice(0, people), ids.slice(people, people * 2), ids[people * 2]]
    const requests = await shop.approved(mine)
    // What the preparation of many left behind is nobody's work in the measurement; after one it would only cool the caches.
    if (people > 1) globalThis.gc?.()
    const one = async () => kept.push(await milliseconds(() => executeApproved(engine, requests)))
    const other = async () => hand.push(await milliseconds(() => byHand(shop.sql, theirs)))
    for (const act of time % 2 === 0 ? [one, other] : [other, one]) await act()
    if (naive && last !== undefined) slow.push(await milliseconds(() => rowByRow(shop.sql, last)))
    // The first pair opens connections and fills caches.
    if (time === 0) for (const list of [kept, hand, slow]) list.length = 0
  }
  const ratio = median(kept.map((value, index) => value / (hand[index] ?? Number.NaN)))
  const who = `${people === 1 ? `1 person, ${rows} rows` : `${people} people, ${rows} rows each`}${when}`
  const beside = naive
    ? `, row by row ${median(slow).toFixed(1)} ms (${(median(slow) / median(hand)).toFixed(0)}x)`
    : ''
  console.log(
    `${who}: kept ${median(kept).toFixed(2)} ms, by hand ${median(hand).toFixed(2)} ms, ratio ${ratio.toFixed(2)}${beside}`,
  )
}

const shop = await openShop()
try {
  console.log(`${shop.server.version}, fsync on, ${repetitions} pairs each, Kept's own database on the same server`)
  await pairs(shop, 1, 201, 5, false, { when: ', of a process that has just started' })
  await pairs(shop, 1, 201, 30, false, { when: ', of a process that warms up' })
  for (const rows of [21, 201, 2_001]) await pairs(shop, 1, rows, repetitions, true)
  await pairs(shop, 1, 20_001, Math.min(repetitions, 5), false)
  for (const rows of [21, 51, 201]) await pairs(shop, 200, rows, batches, false)
  const elsewhere = { when: ', approved by another process', engine: shop.elsewhere }
  await pairs(shop, 1, 201, repetitions, false, elsewhere)
  await pairs(shop, 200, 21, batches, false, elsewhere)
  if (process.argv.includes('--large')) await pairs(shop, 10_000, 5, 1, false)
} finally {
  await shop.close()
}
