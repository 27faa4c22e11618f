/**
 * The export of one person with many rows: memory above the idle process, and its speed against a plain COPY of the same
 * rows. Takes the number of rows (default 1,000,000).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeExport } from '../src/requests/export/write.ts'
import { openShop } from './shop.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const pairs = 3
const mebibyte = 1 << 20

const shop = await openShop()
const folder = mkdtempSync(join(tmpdir(), 'kept-bench-export-'))
try {
  await shop.sql.query(`INSERT INTO customers VALUES (900001, 'large@example.org', 'Large');
    INSERT INTO orders SELECT 50000000 + g, 900001, 'note ' || g || ' with some more words in it' FROM generate_series(1, ${rows}) g;
    ANALYZE orders`)
  const [found] = await shop.store.find([
    { request: 'bench', identities: [{ kind: 'email', value: 'large@example.org' }], accept: [], reject: [] },
  ])
  if (found === undefined) throw new Error('the person was not found')
  const copied: number[] = []
  const exported: number[] = []
  const memory: number[] = []
  for (let pair = 0; pair <= pairs; pair++) {
    const start = performance.now()
    await shop.sql.session(async (session) => {
      for await (const _chunk of session.copyOut(
        'COPY (SELECT id, note FROM orders WHERE customer_id = 900001) TO STDOUT',
      )) {
        // Read and thrown away: the fastest a client can be.
      }
    })
    const middle = performance.now()
    globalThis.gc?.()
    const idle = process.memoryUsage.rss()
    let peak = idle
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss())
    }, 20)
    await writeExport([{ store: shop.store, found }], {
      out: join(folder, `export-${pair}`),
      others: 'redact',
      now: new Date(),
      explanation: { controller: 'Bench Vendor', purposes: [], recipients: [], copies: [], exceptions: [] },
    })
    clearInterval(timer)
    const end = performance.now()
    // The first pair fills caches.
    if (pair === 0) continue
    copied.push(middle - start)
    exported.push(end - middle)
    memory.push(peak - idle)
  }
  const median = (values: number[]) => values.sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN
  const ratio = median(copied.map((value, index) => value / (exported[index] ?? Number.NaN)))
  console.log(
    `${rows} rows: COPY ${(median(copied) / 1000).toFixed(2)} s, export to JSON and CSV ${(median(exported) / 1000).toFixed(2)} s, ` +
      `${ratio.toFixed(2)} of its speed, ${(median(memory) / mebibyte).toFixed(0)} MiB above idle`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
  await shop.close()
}
