import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, it } from 'vitest'
import { breachLine, floorBreaches } from '../scripts/floors.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

let trees = 0

/** A tree of files in the run's folder; returns its root. */
function plant(files: Record<string, string>): string {
  trees += 1
  const root = join(inject('runFolder'), `tree-${trees}`)
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), source)
  }
  return root
}

function reasons(files: Record<string, string>): string[] {
  return floorBreaches(plant(files)).map((one) => `${one.file}:${one.line} ${one.why}`)
}

it('finds no import against the direction in this house', () => {
  expect(floorBreaches(ROOT).map(breachLine)).toEqual([])
})

it.each([
  ['import', "import { a } from '../policy/plan.ts'"],
  ['type import', "import type { A } from '../policy/plan.ts'"],
  ['export from', "export { a } from '../policy/plan.ts'"],
  ['export all', "export * from '../policy/plan.ts'"],
  ['import over lines', "import {\n  a,\n  b,\n} from '../policy/plan.ts'"],
  ['dynamic import', "export const a = () => import('../policy/plan.ts')"],
  ['dynamic import of a template', 'export const a = () => import(`../policy/plan.ts`)'],
  ['import type in a type', "export type A = import('../policy/plan.ts').A"],
  ['worker file', "export const a = new URL('../policy/plan.ts', import.meta.url)"],
])('catches a planted %s that reaches up', (_, source) => {
  expect(reasons({ 'src/base/clock.ts': source })).toEqual([
    'src/base/clock.ts:1 base (floor 0) may not reach up to policy (floor 5)',
  ])
})

it('prints the offending line', () => {
  const root = plant({ 'src/base/clock.ts': "// first\nimport { a } from '../cli/main.ts'\n" })
  expect(floorBreaches(root).map(breachLine)).toEqual([
    "src/base/clock.ts:2: base (floor 0) may not reach up to cli (floor 9)\n    import { a } from '../cli/main.ts'",
  ])
})

it('is not fooled by comments and strings', () => {
  const source = "// import { a } from '../cli/main.ts'\nexport const words = \"import { a } from '../cli/main.ts'\"\n"
  expect(reasons({ 'src/base/clock.ts': source })).toEqual([])
})

it('keeps neighbours of one floor apart', () => {
  expect(reasons({ 'src/requests/run.ts': "import { a } from '../database/jobs.ts'" })).toHaveLength(1)
  expect(reasons({ 'src/residual/search.ts': "import { a } from '../content/zip.ts'" })).toHaveLength(1)
  expect(reasons({ 'src/content/zip.ts': "import { a } from '../residual/search.ts'" })).toHaveLength(1)
  expect(reasons({ 'src/ledger.ts': "import { a } from './records.ts'" })).toHaveLength(1)
  expect(reasons({ 'src/ledger.ts': "import type { A } from './records.ts'" })).toEqual([])
  expect(reasons({ 'src/ledger.ts': "import type { A } from './content/zip.ts'" })).toHaveLength(1)
})

it('keeps a proof apart from what it proves, also over a third file', () => {
  const direct = { 'src/commitments/retention/verify.ts': "import { a } from './enforce.ts'" }
  expect(reasons(direct)).toEqual([
    'src/commitments/retention/verify.ts:1 src/commitments/retention/verify.ts may not reach enforce.ts',
  ])
  const over = {
    'src/commitments/retention/verify.ts': "import { a } from './terms.ts'",
    'src/commitments/retention/terms.ts': "export { a } from './enforce.ts'",
  }
  expect(reasons(over)).toHaveLength(1)
})

it('keeps the outside out, and types only for browser and web', () => {
  expect(reasons({ 'src/policy/read.ts': "import { a } from '../../demo/start.ts'" })).toHaveLength(1)
  expect(reasons({ 'src/browser/choice.ts': "import { a } from '../language/purpose.ts'" })).toHaveLength(1)
  expect(reasons({ 'src/browser/choice.ts': "import { z } from 'zod'" })).toHaveLength(1)
  expect(reasons({ 'web/pages/home.ts': "import { a } from '../../src/policy/plan.ts'" })).toHaveLength(1)
  expect(reasons({ 'web/pages/home.ts': "import type { A } from '../../src/policy/plan.ts'" })).toEqual([])
})

it('asks for a floor for a new folder, and for a name that can be read', () => {
  expect(reasons({ 'src/attic/box.ts': "import { a } from '../base/clock.ts'" })).toHaveLength(1)
  expect(reasons({ 'src/base/clock.ts': 'export const load = (name: string) => import(name)' })).toHaveLength(1)
})

it('lets a higher floor look down', () => {
  expect(reasons({ 'src/cli/main.ts': "import { a } from '../base/clock.ts'\nimport pg from 'pg'" })).toEqual([])
})
