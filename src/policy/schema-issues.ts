import type { z } from 'zod'
import type { Path } from '../commitments/commitment-kind.ts'

export type Issue = z.core.$ZodIssue

const asPath = (path: readonly PropertyKey[]): Path => path.map((part) => (typeof part === 'symbol' ? '' : part))

/** Of several spellings, the one that was probably meant: the type fits, then the fewest things are wrong. */
export const flattenIssue = (issue: Issue, base: Path): readonly { readonly issue: Issue; readonly path: Path }[] => {
  const path = [...base, ...asPath(issue.path)]
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }]
  const fitting = issue.errors.filter(
    (issues) => !issues.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type'),
  )
  // A word of a list is wrong inside it; another spelling that wants one of certain words finds the whole list wrong.
  const wholeIsWrong = (issues: readonly Issue[]): number =>
    issues.some((inner) => inner.path.length === 0 && inner.code === 'invalid_value') ? 1 : 0
  const meant = fitting.toSorted(
    (left, right) => wholeIsWrong(left) - wholeIsWrong(right) || left.length - right.length,
  )[0]
  if (meant === undefined) return [{ issue, path }]
  return meant.flatMap((inner) => flattenIssue(inner, path))
}

/** The value at a path of plain values, or undefined. */
export const plainAt = (value: unknown, path: Path): unknown => {
  let inner = value
  for (const part of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, part)) return undefined
    inner = (inner as Record<string | number, unknown>)[part]
  }
  return inner
}

export const missingAt = (value: unknown, path: Path): boolean => path.length > 0 && plainAt(value, path) === undefined

const typeWords: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
}

/** Examples of what a type looks like in YAML. */
const typeExamples: Readonly<Record<string, string>> = {
  'a map': '{ KEY: VALUE }',
  'a list': '[ONE, OTHER]',
  text: '"some words"',
  'a number': '1',
  'true or false': 'true',
}

/** What would have fitted, in words: `a map or text`. */
export const expectedOf = (issue: Issue): string => {
  if (issue.code === 'invalid_type') return typeWords[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_value') return 'text'
  if (issue.code !== 'invalid_union') return ''
  const types = issue.errors.flatMap((issues) =>
    issues.flatMap((inner) => (inner.path.length === 0 ? [expectedOf(inner)] : [])),
  )
  return [...new Set(types)].filter((type) => type !== '').join(' or ')
}

/** How to write what would have fitted. */
export const exampleOf = (verb: 'add' | 'write', key: string, expected: string): string => {
  const example = typeExamples[expected.split(' or ')[0] ?? '']
  return `${verb} ${key}${example === undefined ? '' : `: ${example}`}`
}
