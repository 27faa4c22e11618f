/** Scores discovery by column: precision and recall on the fixtures' truth and on schemas made in the manner of real software. `--misses` names each miss. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { openPostgres } from '../src/connectors/postgres/index.ts'
import { openSamples } from '../src/connectors/postgres/samples.ts'
import { type Discovery, discover } from '../src/discovery/index.ts'
import { openSql } from '../src/sql/open.ts'
import { startPostgres } from '../test/postgres-server.ts'
import { imitations } from './discovery-schemas.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FIXTURES = join(ROOT, '..', 'shared', 'fixtures')
const misses = process.argv.includes('--misses')

interface Score {
  readonly met: number
  readonly said: number
  readonly true: number
}

async function look(name: string, url: string): Promise<{ found: Discovery; seconds: number }> {
  const map = { store: name, connect: { read: 'env:NONE', application: [] }, zone: 'UTC', role: 'controller' as const }
  const store = await openPostgres({ ...map, copies: {}, tables: [], sha256: '' }, [], { read: url })
  const samples = await openSamples(url)
  const start = performance.now()
  try {
    return { found: await discover(name, await store.describe(), samples), seconds: (performance.now() - start) / 1000 }
  } finally {
    await samples.close()
    await store.close()
  }
}

/** Columns of the truth that the schema does not have are not counted: they could not be found. */
function scoreOf(found: Discovery, truth: ReadonlySet<string>, judged?: ReadonlySet<string>): Score {
  let [met, said, all] = [0, 0, 0]
  for (const { table, columns } of found.tables)
    for (const { column, category, why } of columns) {
      const at = `${table}.${column}`
      if (judged !== undefined && !judged.has(at)) continue
      const [personal, told] = [truth.has(at), category !== 'none']
      met += personal && told ? 1 : 0
      said += told ? 1 : 0
      all += personal ? 1 : 0
      if (misses && personal !== told) console.log(`   ${personal ? 'missed' : 'too many'}  ${at}  ${category}: ${why}`)
    }
  return { met, said, true: all }
}

function tell(name: string, { met, said, true: all }: Score, seconds?: number): void {
  const end = seconds === undefined ? '' : `  ${seconds.toFixed(2)} s`
  console.log(
    `${name.padEnd(22)} precision ${(met / said).toFixed(3)}  recall ${(met / all).toFixed(3)}  (${met} of ${said} told, of ${all} true)${end}`,
  )
}

/** Request Tracker: what the reviewed map calls personal, what the truth found by value, and every key of a role that leads to a user. */
function requestTracker(): ReadonlySet<string> {
  const truth = JSON.parse(readFileSync(join(FIXTURES, 'request-tracker', 'truth.json'), 'utf8')) as {
    table: string
    column: string
  }[]
  const map = parse(readFileSync(join(ROOT, 'examples', 'request-tracker', 'stores', 'request-tracker.yaml'), 'utf8'), {
    maxAliasCount: 0,
  }) as {
    tables: Record<string, { fields?: Record<string, unknown>; people?: Record<string, { key?: string; to?: string }> }>
  }
  const found = new Set(truth.map(({ table, column }) => `${table}.${column}`))
  for (const [table, { fields, people }] of Object.entries(map.tables)) {
    for (const [column, field] of Object.entries(fields ?? {})) if (field !== 'none') found.add(`${table}.${column}`)
    for (const { key, to } of Object.values(people ?? {}))
      if (typeof key === 'string' && to === 'users.id') found.add(`${table}.${key}`)
  }
  // TRUTH.md, "Where the person is found by id": every record says who made it and who changed it.
  for (const table of Object.keys(map.tables))
    for (const column of ['creator', 'lastupdatedby']) found.add(`${table}.${column}`)
  return found.add('users.id').add('acl.principalid')
}

/** Fides: fields with a category of a person; only fields that the dataset names are judged. */
function fides(): { readonly truth: ReadonlySet<string>; readonly judged: ReadonlySet<string> } {
  const { dataset } = parse(readFileSync(join(FIXTURES, 'fides', 'postgres_example_test_dataset.yml'), 'utf8')) as {
    dataset: { collections: { name: string; fields: { name: string; data_categories?: string[] }[] }[] }[]
  }
  const fields = dataset.flatMap(({ collections }) =>
    collections.flatMap(({ name, fields }) =>
      fields.map((field) => ({ at: `${name}.${field.name}`, categories: field.data_categories ?? [] })),
    ),
  )
  return {
    truth: new Set(
      fields.filter(({ categories }) => categories.some((one) => one.startsWith('user'))).map(({ at }) => at),
    ),
    judged: new Set(fields.map(({ at }) => at)),
  }
}

/** 500 tables of 20 columns, and one of ten million rows: how long it takes, and what it costs. */
async function large(server: Awaited<ReturnType<typeof startPostgres>>): Promise<void> {
  const url = await server.createDatabase()
  const pool = await openSql(url, { maxConnections: 1 })
  const columns = Array.from({ length: 18 }, (_, index) => `note_${index} text`).join(', ')
  const values = Array.from({ length: 18 }, (_, index) => `'word ' || i * ${index + 1}`).join(', ')
  for (let table = 0; table < 499; table++)
    await pool.query(
      `CREATE TABLE t_${table} (id int PRIMARY KEY, user_id int, ${columns}); INSERT INTO t_${table} SELECT i, i, ${values} FROM generate_series(1, 300) i`,
    )
  await pool.query(`CREATE TABLE users (id int PRIMARY KEY, email text, name text);
    INSERT INTO users SELECT i, 'u' || i || '@example.org', 'Anna Meyer' FROM generate_series(1, 500) i`)
  await pool.query(`CREATE UNLOGGED TABLE visits AS SELECT i AS id, i % 500 AS user_id, '203.0.113.' || i % 250 AS seen_from
    FROM generate_series(1, 10000000) i; ANALYZE`)
  await pool.close()
  const { seconds } = await look('large', url)
  console.log(
    `501 tables, one of 10,000,000 rows: ${seconds.toFixed(2)} s, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at the most`,
  )
}

async function main(): Promise<void> {
  const server = await startPostgres()
  const scores: Score[] = []
  const score = async (
    name: string,
    url: string,
    truth: ReadonlySet<string>,
    judged?: ReadonlySet<string>,
  ): Promise<void> => {
    const { found, seconds } = await look(name, url)
    const one = scoreOf(found, truth, judged)
    scores.push(one)
    tell(name, one, seconds)
  }
  const load = async (file: string): Promise<string> => {
    const url = await server.createDatabase()
    execFileSync(join(server.bin, 'psql'), ['-q', '-v', 'ON_ERROR_STOP=1', '-f', file, url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return url
  }
  try {
    if (existsSync(FIXTURES)) {
      await score('Request Tracker', await load(join(FIXTURES, 'request-tracker', 'database.sql')), requestTracker())
      const { truth, judged } = fides()
      await score('Fides sample', await load(join(FIXTURES, 'fides', 'fides_postgres_sample.sql')), truth, judged)
    } else console.log('Request Tracker and Fides skipped: ../shared/fixtures is not here')
    for (const { name, sql, personal } of imitations) {
      const url = await server.createDatabase()
      const pool = await openSql(url, { maxConnections: 1 })
      await pool.query(sql)
      await pool.close()
      await score(name, url, new Set(personal))
    }
    if (process.argv.includes('--large')) await large(server)
    tell('all columns', {
      met: scores.reduce((sum, one) => sum + one.met, 0),
      said: scores.reduce((sum, one) => sum + one.said, 0),
      true: scores.reduce((sum, one) => sum + one.true, 0),
    })
    console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
  } finally {
    await server.stop()
  }
}

await main()
