import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { BOUNDARIES } from '../src/base/boundary.ts'
import { probes } from '../src/commitments/index.ts'
import { faultCodes } from '../src/language/fault-codes/index.ts'

const SOURCES = fileURLToPath(new URL('../src', import.meta.url))

/** Words of the same form that are no faults: places where a test kills the process, file names, probes. */
const NO_FAULTS = new Set<string>([...BOUNDARIES, ...probes.map(({ name }) => name), 'evidence.journal', 'keys.json'])

function sources(): { file: string; text: string }[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => ({ file, text: readFileSync(join(SOURCES, file), 'utf8') }))
}

/** Codes in a source: whatever stands after `code:`, and every word that begins like a code we know. */
function codesIn(text: string, prefixes: ReadonlySet<string>): string[] {
  const named = [...text.matchAll(/code: '([a-z]+\.[a-z0-9-]+)'/g)].map((match) => match[1] ?? '')
  const alike = [...text.matchAll(/'(([a-z]+)\.[a-z0-9-]+)'/g)]
    .filter((match) => prefixes.has(match[2] ?? ''))
    .map((match) => match[1] ?? '')
  return [...named, ...alike].filter((code) => !NO_FAULTS.has(code))
}

// `kept.yaml` and its like are files.
const prefixes = new Set(
  Object.keys(faultCodes)
    .map((code) => code.split('.')[0] ?? '')
    .filter((one) => one !== 'kept'),
)
const isRegistry = (file: string): boolean => file.startsWith(join('language', 'fault-codes'))

/** What a reader should know about an imported text has codes of its own and is no fault. */
const isRemark = (file: string, text: string): boolean => file.startsWith('prose') && !text.includes('new Fault(')

it('lists every code that the sources use', () => {
  const unlisted = sources()
    .filter(({ file, text }) => !isRegistry(file) && !isRemark(file, text))
    .flatMap(({ file, text }) => codesIn(text, prefixes).map((code) => ({ file, code })))
    .filter(({ code }) => !Object.hasOwn(faultCodes, code))
    .map(({ file, code }) => `src/${file}: ${code} is not in src/language/fault-codes`)
  expect(unlisted).toEqual([])
})

it('lists no code that nothing uses', () => {
  const used = new Set(
    sources()
      .filter(({ file, text }) => !isRegistry(file) && !isRemark(file, text))
      .flatMap(({ text }) => codesIn(text, prefixes)),
  )
  expect(Object.keys(faultCodes).filter((code) => !used.has(code))).toEqual([])
})

it('catches a code that is not listed, of a known prefix and of a new one', () => {
  expect(codesIn("refuse('policy.planted'); new Fault({ code: 'planted.code' })", prefixes)).toEqual([
    'planted.code',
    'policy.planted',
  ])
})

it('says what each code means and how it is mended, in the form that evidence takes', () => {
  for (const [code, { what, mend }] of Object.entries(faultCodes)) {
    expect(code).toMatch(/^[a-z]+\.[a-z0-9-]{1,40}$/)
    expect(what).toMatch(/\.$/)
    expect(mend.length).toBeGreaterThan(4)
  }
})
