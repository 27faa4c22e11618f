/** Everything that must hold before a change goes in, but for the tests: `npm run check`. Every step runs, also after a failure. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { build } from './build.ts'
import { buildAdmin, FIRST_LOAD_BYTES, firstLoadBytes } from './build-admin.ts'
import { checkFileSizes } from './file-sizes.ts'
import { breachLine, floorBreaches } from './floors.ts'
import { staleFiles } from './generate.ts'
import { GENERATED_FILES } from './generators.ts'
import { repeatedWords } from './policy-words.ts'
import { readTexts, trackedFiles } from './tracked-files.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const POLICIES = join(ROOT, '..', 'shared', 'policies')

/** What a step found: `failures` fail the check, `notes` are printed and pass. */
interface Findings {
  readonly failures: readonly string[]
  readonly notes?: readonly string[]
}

interface Step {
  readonly name: string
  run(): Promise<Findings>
}

function program(name: string, script: string, args: readonly string[]): Step {
  return { name, run: () => runProgram(join(ROOT, 'node_modules', script), args) }
}

function runProgram(script: string, args: readonly string[]): Promise<Findings> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ failures: code === 0 ? [] : [output.trim()] }))
  })
}

async function floors(): Promise<Findings> {
  return { failures: floorBreaches(ROOT).map(breachLine) }
}

async function generated(): Promise<Findings> {
  const stale = await staleFiles(ROOT, GENERATED_FILES)
  return { failures: stale.map(({ file }) => `${file} is not what its sources say; run: npm run generate`) }
}

async function projectTexts() {
  const files = await trackedFiles(ROOT)
  return files && readTexts(ROOT, files)
}

async function sizes(): Promise<Findings> {
  const texts = await projectTexts()
  if (!texts) return { failures: [], notes: ['skipped: this is no git checkout'] }
  const allowed = JSON.parse(readFileSync(join(ROOT, 'scripts', 'long-files.json'), 'utf8')) as Record<string, string>
  const { failures, warnings } = checkFileSizes(texts, allowed)
  return { failures, notes: warnings }
}

async function words(): Promise<Findings> {
  if (!existsSync(POLICIES))
    return { failures: [], notes: ['skipped: there is no ../shared/policies beside this checkout'] }
  const texts = await projectTexts()
  if (!texts) return { failures: [], notes: ['skipped: this is no git checkout'] }
  return { failures: repeatedWords(texts, POLICIES) }
}

async function builds(): Promise<Findings> {
  try {
    build()
    return { failures: [] }
  } catch (fault) {
    return { failures: [fault instanceof Error ? fault.message : String(fault)] }
  }
}

async function pageSizes(): Promise<Findings> {
  await buildAdmin(ROOT)
  const bytes = firstLoadBytes(ROOT)
  const told = `the first page of the administration loads ${Math.ceil(bytes / 1024)} KiB of ${FIRST_LOAD_BYTES / 1024}`
  return bytes > FIRST_LOAD_BYTES ? { failures: [told] } : { failures: [], notes: [told] }
}

async function packageContents(): Promise<Findings> {
  const { messages } = await publint({ pkgDir: ROOT, pack: 'npm', strict: true })
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>
  const texts = messages.map((message) => `${message.type}: ${formatMessage(message, manifest) ?? message.code}`)
  return {
    failures: texts.filter((text) => !text.startsWith('suggestion')),
    notes: texts.filter((text) => text.startsWith('suggestion')),
  }
}

const STEPS: readonly Step[] = [
  program('format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
  program('types', 'typescript/bin/tsc', ['--noEmit', '-p', '.']),
  program('types of the pages', 'typescript/bin/tsc', ['--noEmit', '-p', 'web']),
  { name: 'import direction', run: floors },
  { name: 'generated files', run: generated },
  { name: 'file sizes', run: sizes },
  { name: 'own words', run: words },
  program('dead code', 'knip/bin/knip.js', ['--no-progress', '--no-config-hints']),
  { name: 'build', run: builds },
  { name: 'size of the pages', run: pageSizes },
  { name: 'package', run: packageContents },
]

function indented(text: string): string {
  return text.replaceAll(/^/gm, '      ')
}

async function runSteps(steps: readonly Step[]): Promise<number> {
  let failed = 0
  for (const step of steps) {
    const start = performance.now()
    const { failures, notes = [] } = await step.run()
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${failures.length === 0 ? 'ok  ' : 'fail'}  ${step.name} (${seconds} s)`)
    for (const line of [...failures, ...notes]) console.log(indented(line))
    if (failures.length > 0) failed += 1
  }
  return failed
}

const failed = await runSteps(STEPS)
console.log(`${STEPS.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
