/**
 * The evidence log: durable appends by eight writers in batches of 100, the cost of one request's bookkeeping over a bare
 * durable insert, and the check of a pack of 1,000,000 entries. Takes the number of entries to verify (default 1,000,000).
 */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson } from '../src/base/canonical-json.ts'
import { makeSigner, originOf, signNote } from '../src/database/evidence/note.ts'
import { exportPack } from '../src/database/evidence/pack.ts'
import { Frontier, leafDigest } from '../src/database/evidence/tree.ts'
import { verifyPack } from '../src/database/evidence/verify.ts'
import { type KeptDatabase, openDatabase } from '../src/database/open.ts'
import { fact } from '../src/language/facts.ts'
import { openSql } from '../src/sql/open.ts'
import { startPostgres } from '../test/postgres-server.ts'

const controller = 'Larkspur Software Ltd'
const policy = 'a'.repeat(64)
const folder = mkdtempSync(join(tmpdir(), 'kept-bench-'))

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN

const act = (request: string) =>
  fact('request.executed/1', {
    request,
    store: 'desk',
    tables: [
      { table: 'tickets', role: 'requester', action: 'row', rows: 12 },
      { table: 'messages', role: 'author', action: 'part', rows: 31 },
    ],
  })

/** Entries a second of eight writers, each waiting for its batch of 100 before the next; the writers share the databases. */
async function appends(databases: readonly KeptDatabase[], batches: number): Promise<number> {
  const facts = Array.from({ length: 100 }, () => act('k7m2x9q4w8nd'))
  const start = performance.now()
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      const database = databases[writer % databases.length] as KeptDatabase
      for (let batch = 0; batch < batches; batch++) await database.append(facts)
    }),
  )
  return (8 * batches * 100) / ((performance.now() - start) / 1000)
}

async function appendRates(name: string, databases: readonly KeptDatabase[]): Promise<void> {
  await appends(databases, 5)
  const rates: number[] = []
  for (let run = 0; run < 5; run++) rates.push(await appends(databases, 40))
  console.log(
    `${name}: ${Math.round(median(rates)).toLocaleString('en')} appends/s (median of 5; lowest ${Math.round(Math.min(...rates)).toLocaleString('en')})`,
  )
}

/** One request's change with its fact, in turn with one bare durable insert on the same server. */
async function bookkeeping(database: KeptDatabase, url: string): Promise<void> {
  const sql = await openSql(url)
  await sql.query('CREATE TABLE bare (id integer PRIMARY KEY, content text)')
  const [request] = await database.createRequests(
    [{ kind: 'erasure', policy, dueAt: '2026-12-24T00:00:00.000Z', stores: ['desk'], sealed: null }],
    () => [],
  )
  if (request === undefined) throw new Error('one request was asked for')
  const kept: number[] = []
  const bare: number[] = []
  for (let run = 0; run < 400; run++) {
    let start = performance.now()
    await sql.query('INSERT INTO bare VALUES ($1, $2)', [run, 'x'.repeat(200)])
    if (run >= 100) bare.push(performance.now() - start)
    start = performance.now()
    await database.change([{ id: request.id, revision: run + 1, state: 'executing' }], [act(request.id)])
    if (run >= 100) kept.push(performance.now() - start)
  }
  await sql.close()
  const over = median(kept) - median(bare)
  console.log(
    `one change with its fact: ${median(kept).toFixed(2)} ms, bare durable insert ${median(bare).toFixed(2)} ms: ${over.toFixed(2)} ms over it (medians of 300)`,
  )
}

async function verification(entries: number): Promise<void> {
  const name = originOf(controller)
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const signer = makeSigner(name, pem)
  const line = (index: number) =>
    canonicalJson({ at: '2026-11-22T10:00:00.000Z', controller, index, ...act('k7m2x9q4w8nd') })
  const frontier = new Frontier()
  for (let index = 0; index < entries; index++) frontier.append(leafDigest(line(index)))
  const head = { origin: name, size: entries, root: frontier.root() }
  const file = join(folder, 'pack')
  await exportPack(
    {
      controller,
      keys: { verifier: signer.key },
      checkpoint: async () => ({ size: entries, root: head.root.toString('hex'), note: signNote(head, signer) }),
      async *lines(from = 0, to = entries) {
        for (let index = from; index < to; index++) yield [index, line(index)] as const
      },
    },
    file,
  )
  const seconds: number[] = []
  for (let run = 0; run < 5; run++) {
    const start = performance.now()
    const { ok, size } = await verifyPack(file, { key: signer.key })
    if (!ok || size !== entries) throw new Error('the pack must hold')
    seconds.push((performance.now() - start) / 1000)
  }
  const megabytes = Math.round(statSync(file).size / 1e6)
  console.log(
    `verify ${entries.toLocaleString('en')} entries (${megabytes} MB): ${median(seconds).toFixed(1)} s (median of 5; longest ${Math.max(...seconds).toFixed(1)} s)`,
  )
}

const server = await startPostgres({ durable: true })
try {
  const url = await server.createDatabase()
  const open = () => openDatabase({ directory: join(folder, 'server'), url, controller })
  const database = await open()
  const more = await Promise.all(Array.from({ length: 7 }, open))
  await appendRates(`${server.version}, one process`, [database])
  await appendRates(`${server.version}, eight processes' worth of connections`, [database, ...more])
  await bookkeeping(database, url)
  await Promise.all([database, ...more].map((one) => one.close()))
  const embedded = await openDatabase({ directory: join(folder, 'embedded'), controller })
  await appendRates('embedded, with its journal on the disk', [embedded])
  await embedded.close()
  await verification(Number(process.argv[2] ?? 1_000_000))
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
