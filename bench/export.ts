/**
 * The export of one person with many rows: memory above the idle process, and its speed against a plain COPY of the same
 * rows. Takes the number of rows (default 1,000,000), of about 75 bytes as COPY text, and of repetitions (default 5).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeExport } from '../src/requests/export/write.ts'
import { openShop } from './shop.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const pairs = Number(process.argv[3] ?? 5)
const mebibyte = 1 << 20

const shop = await openShop()
const folder = mkdtempSync(join(tmpdir(), 'kept-bench-export-'))

async function milliseconds(run: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

try {
  await shop.sql.query(`INSERT INTO customers VALUES (900001, 'large@example.org', 'Large');
    INSERT INTO orders (id, customer_id, note, placed_at, amount, paid, label)
      SELECT 50000000 + g, 900001, 'note ' || g || CASE WHEN g % 9 = 0 THEN ', "urgent"' ELSE ' for you' END,
        timestamptz '2025-01-01 00:00Z' + g * interval '37 seconds', (g % 97700) / 100.0::numeric(8, 2), g % 3 = 0, 'label ' || g % 100
      FROM generate_series(1, ${rows}) g;
    ANALYZE orders`)
  const [found] = await shop.store.find([
    { request: 'bench', identities: [{ kind: 'email', value: 'large@example.org' }], accept: [], reject: [] },
  ])
  if (found === undefined) throw new Error('the person was not found')
  // The same rows of the same tables, as one who knows the schema would copy them.
  const mine = [
    'SELECT id, email, name FROM customers WHERE id = 900001',
    'SELECT id, note, placed_at, amount, paid, label FROM orders WHERE customer_id = 900001',
    'SELECT i.id, i.label FROM items i JOIN orders o ON o.id = i.order_id WHERE o.customer_id = 900001',
  ]
  let bytes = 0
  const copy = async () => {
    bytes = 0
    await shop.sql.session(async (session) => {
      for (const text of mine) {
        for await (const chunk of session.copyOut(`COPY (${text}) TO STDOUT`)) bytes += chunk.length
      }
    })
  }
  const write = async (out: string) => {
    await writeExport([{ store: shop.store, found }], {
      out,
      others: 'redact',
      now: new Date(),
      explanation: { controller: 'Bench Vendor', purposes: [], copies: [], exceptions: [] },
    })
  }
  const copied: number[] = []
  const exported: number[] = []
  const memory: number[] = []
  for (let pair = 0; pair <= pairs; pair++) {
    const before = await milliseconds(copy)
    globalThis.gc?.()
    const idle = process.memoryUsage.rss()
    let peak = idle
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss())
    }, 20)
    const out = join(folder, `export-${pair}`)
    const taken = await milliseconds(() => write(out))
    clearInterval(timer)
    rmSync(out, { recursive: true })
    const after = await milliseconds(copy)
    // The first pair fills caches.
    if (pair === 0) continue
    copied.push((before + after) / 2)
    exported.push(taken)
    memory.push(peak - idle)
  }
  const median = (values: readonly number[]) =>
    [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN
  const ratio = median(copied.map((value, index) => value / (exported[index] ?? Number.NaN)))
  console.log(
    `${rows} rows, ${(bytes / 1e6).toFixed(0)} MB: COPY ${(median(copied) / 1000).toFixed(2)} s, export to JSON and CSV ${(median(exported) / 1000).toFixed(2)} s, ` +
      `${ratio.toFixed(2)} of its speed, at most ${(Math.max(...memory) / mebibyte).toFixed(0)} MiB above idle`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
  await shop.close()
}
