import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const REQUIRED = join(ROOT, '..', 'shared', 'capabilities.md')
const STATES = ['works', 'part', 'not yet']

interface Row {
  readonly code: string
  readonly state: string
  readonly tests: string[]
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/^\| ([A-Z]{3}) \|/gm)].map((match) => match[1] ?? '')
}

/** Rows of the table: code, capability, state, and the test files between backticks in the last cell. */
function rowsIn(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => /^\| [A-Z]{3} \|/.test(line))
    .map((line) => {
      const [, code = '', , state = '', shown = ''] = line.split('|').map((cell) => cell.trim())
      return { code, state, tests: [...shown.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '') }
    })
}

/** What is wrong with the table, one line each; empty if every claim names a test that is there. */
function claimsWithoutTest(rows: readonly Row[], exists: (file: string) => boolean): string[] {
  return rows.flatMap(({ code, state, tests }) => {
    if (!STATES.includes(state)) return [`${code}: "${state}" is none of ${STATES.join(', ')}`]
    if (state === 'not yet') return tests.length > 0 ? [`${code}: not yet, but names a test`] : []
    if (tests.length === 0) return [`${code}: says ${state} and names no test`]
    return tests.filter((test) => !exists(test)).map((test) => `${code}: ${test} is not there`)
  })
}

const text = readFileSync(join(ROOT, 'docs', 'capabilities.md'), 'utf8')

it('lists sixty capabilities, each once', () => {
  expect(codesIn(text)).toHaveLength(60)
  expect(new Set(codesIn(text)).size).toBe(60)
})

it('lists the capabilities that the policies require, in their order', (context) => {
  if (!existsSync(REQUIRED)) context.skip('there is no ../shared/capabilities.md beside this checkout')
  expect(codesIn(text)).toEqual(codesIn(readFileSync(REQUIRED, 'utf8')))
})

it('names an existing test for whatever it claims', () => {
  const rows = rowsIn(text)
  expect(rows).toHaveLength(60)
  expect(claimsWithoutTest(rows, (file) => existsSync(join(ROOT, file)))).toEqual([])
})

it('catches a claim without a test, and one whose test is gone', () => {
  const planted = rowsIn(
    '| DEL | erasure | works | |\n| ACS | access | part | `test/gone.test.ts` |\n| RET | terms | soon | |',
  )
  expect(claimsWithoutTest(planted, () => false)).toEqual([
    'DEL: says works and names no test',
    'ACS: test/gone.test.ts is not there',
    'RET: "soon" is none of works, part, not yet',
  ])
})
