import type { z } from 'zod'
import { nearestWord } from '../base/nearest.ts'
import type { Path } from '../commitments/commitment-kind.ts'
import { Fault } from '../language/fault.ts'
import { type ShapeCodes, shapeMends } from './fault-codes.ts'
import type { Located } from './located.ts'
import { keyShown } from './place.ts'
import { exampleOf, expectedOf, flattenIssue, missingAt, plainAt } from './schema-issues.ts'
import { keysAt } from './schema-shape.ts'

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
    const value = plainAt(located.value, path)
    const known = words.map(String)
    const nearest = typeof value === 'string' ? nearestWord(value, known) : undefined
    const page = known.some((word) => word.includes(':')) ? 'docs/terms.md' : 'docs/kinds.md'
    const list = known.length <= 40 ? `one of: ${known.join(', ')}` : `${page} lists them`
    const shown = typeof value === 'string' ? keyShown(value) : typeof value
    const mend = nearest === undefined ? list : `did you mean "${nearest}"?`
    const own = shapeMends[code]
    return fault(code, path, own === undefined ? `unknown word "${shown}"` : `"${shown}" ${own.what}`, mend)
  }

  const wrongType = (path: Path, key: string, expected: string): Fault =>
    fault(
      codes.wrongType,
      path,
      `${key || 'the file'} must be ${expected || 'something else'}`,
      exampleOf('write', key, expected),
    )

  return read.error.issues
    .flatMap((issue) => flattenIssue(issue, []))
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
          return missingAt(located.value, path)
            ? [
                fault(
                  codes.missingKey,
                  path,
                  `"${key}" is missing`,
                  `add ${key}: ${issue.values.length <= 20 ? issue.values.join(' | ') : 'TERM'}`,
                ),
              ]
            : [unknownWord(path, own === undefined ? codes.unknownWord : issue.message, issue.values)]
        case 'invalid_type':
        case 'invalid_union':
          return missingAt(located.value, path)
            ? [fault(codes.missingKey, path, `"${key}" is missing`, exampleOf('add', key, expectedOf(issue)))]
            : [wrongType(path, key, expectedOf(issue))]
        default:
          return own === undefined
            ? [fault(codes.wrongType, path, `${key} is not as it should be: ${issue.message}`, 'see the reference')]
            : [fault(issue.message, path, `${key} ${own.what}`, own.mend)]
      }
    })
}
