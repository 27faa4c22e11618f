import type { z } from 'zod'
import { nearestWord } from '../base/nearest.ts'
import type { Path } from '../commitments/commitment-kind.ts'
import { Fault } from '../language/fault.ts'
import { type ShapeCodes, shapeMends } from './fault-codes.ts'
import type { Located } from './located.ts'
import { keyShown } from './place.ts'
import { keysAt } from './schema-shape.ts'

type Issue = z.core.$ZodIssue

const asPath = (path: readonly PropertyKey[]): Path => path.map((part) => (typeof part === 'symbol' ? '' : part))

/** Of several spellings, the one that was probably meant: the type fits, then the fewest things are wrong. */
const flatten = (issue: Issue, base: Path): readonly { readonly issue: Issue; readonly path: Path }[] => {
  const path = [...base, ...asPath(issue.path)]
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }]
  const fitting = issue.errors.filter(
    (issues) => !issues.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type'),
  )
  const meant = fitting.toSorted((left, right) => left.length - right.length)[0]
  if (meant === undefined) return [{ issue, path }]
  return meant.flatMap((inner) => flatten(inner, path))
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'a map (key: value)',
  record: 'a map (key: value)',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
}

const typeWord = (type: string): string => typeWords[type] ?? type

const expectedOf = (issue: Issue): string => {
  if (issue.code === 'invalid_type') return typeWord(issue.expected)
  if (issue.code !== 'invalid_union') return 'something else'
  const types = issue.errors.flatMap((issues) =>
    issues.flatMap((inner) => (inner.path.length === 0 ? [expectedOf(inner)] : [])),
  )
  return [...new Set(types)].filter((type) => type !== 'something else').join(' or ') || 'something else'
}

const at = (value: unknown, path: Path): unknown => {
  let inner = value
  for (const part of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, part)) return undefined
    inner = (inner as Record<string | number, unknown>)[part]
  }
  return inner
}

/** What a schema does not accept, as faults with places, the nearest right word, and how to mend each. */
export const schemaFaults = (located: Located, schema: z.ZodType, codes: ShapeCodes): readonly Fault[] => {
  const read = schema.safeParse(located.value)
  if (read.success) return []
  const fault = (code: string, path: Path, what: string, mend: string, spot: 'key' | 'value' = 'value'): Fault =>
    new Fault({ code, where: located.place(path, spot), what, mend })

  const unknownKey = (path: Path, key: string): Fault => {
    const known = keysAt(schema, path)
    const nearest = nearestWord(key, known)
    const mend = nearest === undefined ? `known here: ${known.join(', ') || 'nothing'}` : `did you mean "${nearest}"?`
    return fault(codes.unknownKey, [...path, key], `unknown key "${keyShown(key)}"`, mend, 'key')
  }
  const unknownWord = (path: Path, code: string, words: readonly unknown[]): Fault => {
    const value = at(located.value, path)
    const known = words.map(String)
    const nearest = typeof value === 'string' ? nearestWord(value, known) : undefined
    const list = known.length <= 20 ? `one of: ${known.join(', ')}` : 'see docs/policy.md for the list'
    const mend = nearest === undefined ? list : `did you mean "${nearest}"?`
    return fault(code, path, `unknown word "${String(value).slice(0, 80)}"`, mend)
  }

  return read.error.issues
    .flatMap((issue) => flatten(issue, []))
    .flatMap(({ issue, path }) => {
      const key = keyShown(String(path.at(-1) ?? ''))
      const own = Object.hasOwn(shapeMends, issue.message) ? shapeMends[issue.message] : undefined
      switch (issue.code) {
        case 'unrecognized_keys':
          return issue.keys.map((unknown) => unknownKey(path, unknown))
        case 'invalid_key':
          return [
            fault(codes.badName, path, `"${keyShown(key)}" is no name`, shapeMends[codes.badName]?.mend ?? '', 'key'),
          ]
        case 'invalid_value':
          return at(located.value, path) === undefined
            ? [fault(codes.missingKey, path, `"${key}" is missing`, `add ${key}`)]
            : [unknownWord(path, own === undefined ? codes.unknownWord : issue.message, issue.values)]
        case 'invalid_type':
        case 'invalid_union':
          return at(located.value, path) === undefined && path.length > 0
            ? [fault(codes.missingKey, path, `"${key}" is missing`, `add ${key}: ${expectedOf(issue)}`)]
            : [fault(codes.wrongType, path, `${key || 'the file'} must be ${expectedOf(issue)}`, 'write it so')]
        default:
          return own === undefined
            ? [fault(codes.wrongType, path, `${key} is not as it should be: ${issue.message}`, 'see the reference')]
            : [fault(issue.message, path, `${key} ${own.what}`, own.mend)]
      }
    })
}
