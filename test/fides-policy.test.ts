/** Systems and a dataset of Fides alone: the drafts, answered, are a policy that runs. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { runCommand } from '../src/cli/run.ts'
import { ROOT } from './checkout.ts'
import { everyRow, others } from './fides-sample.ts'
import { answered } from './fideslang-drafts.ts'
import { freshDatabase, loadDump } from './postgres.ts'

const FIXTURE = join(ROOT, '../shared/fixtures/fides')
const present = existsSync(FIXTURE)
if (!present) console.log('fides-policy.test.ts: skipped: ../shared/fixtures/fides is not there')

let folder: string
let env: Record<string, string>
let pool: pg.Pool

async function call(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await runCommand(words, {
    cwd: folder,
    env,
    interactive: false,
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  })
  return { code, ...said }
}

describe.skipIf(!present)('systems and a dataset of Fides', () => {
  beforeAll(async () => {
    const url = await freshDatabase('fides_policy')
    await loadDump(url, join(FIXTURE, 'fides_postgres_sample.sql'))
    pool = new pg.Pool({ connectionString: url, max: 2 })
    folder = mkdtempSync(join(tmpdir(), 'kept-fides-policy-'))
    const variable = 'POSTGRES_EXAMPLE_TEST_DATASET'
    env = {
      [`${variable}_READ`]: url,
      [`${variable}_EXECUTE`]: url,
      KEPT_DATABASE_URL: await freshDatabase('fides_own'),
    }
  })
  afterAll(async () => {
    await pool?.end()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  test('become drafts that erase one customer and nobody else, once they are answered', async () => {
    const files = ['sample_systems.yml', 'postgres_example_test_dataset.yml'].map((file) => join(FIXTURE, file))
    expect((await call('policy', 'import', '--from', 'fideslang', ...files, '--out', '.')).code).toBe(0)
    for (const file of ['kept.draft.yaml', 'stores/postgres_example_test_dataset.yaml']) {
      const draft = readFileSync(join(folder, file), 'utf8')
      expect(draft).toContain('OPEN: ')
      writeFileSync(join(folder, file), stringify(answered(parse(draft), { erase: 'keep-link' })))
    }
    const policy = ['--policy', 'kept.draft.yaml']
    const { out } = await call('check', ...policy, '--json')
    const faults = (JSON.parse(out) as { faults: { severity: string; code: string }[] }).faults
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
    // Columns that no dataset mentions are reported, not overlooked.
    expect(faults.map(({ code }) => code)).toContain('store.undeclared-column')

    const before = await everyRow(pool)
    const identity = 'email=customer-1@example.com'
    const erased = await call('request', 'erase', '--identity', identity, '--approve-by', 'jo', '--json', ...policy)
    expect(erased.err).toBe('')
    const after = await everyRow(pool)
    expect(after.get('address')).toEqual(before.get('address'))
    // No dataset speaks of this table, so nothing leads from the person to its rows.
    const left = { ...others(before), composite_pk_test: before.get('composite_pk_test') }
    expect(Object.fromEntries(after)).toEqual(left)
  })
})
