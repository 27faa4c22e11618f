import type { z } from 'zod'
import { flattenIssue, missingAt } from './schema-issues.ts'

type Plain = Record<string | number, unknown>

const parentOf = (value: unknown, path: readonly (string | number)[]): Plain | undefined => {
  let inner = value
  for (const part of path.slice(0, -1)) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, part)) return undefined
    inner = (inner as Plain)[part]
  }
  return typeof inner === 'object' && inner !== null ? (inner as Plain) : undefined
}

// Each round takes out what is wrong one level further up; no file needs more than its depth.
const mostRounds = 20

/**
 * What a schema accepts of a value once the parts that it does not are taken out, so that a fault in one place does not
 * hide those in others. Undefined when nothing is left. `stand`: for required keys at the top that are missing or wrong.
 */
export const soundPart = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  stand: Readonly<Record<string, unknown>>,
): z.output<Schema> | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const copy = structuredClone(value) as Plain
  for (let round = 0; round < mostRounds; round++) {
    const read = schema.safeParse(copy)
    if (read.success) return read.data
    for (const { issue, path } of read.error.issues.flatMap((one) => flattenIssue(one, []))) {
      const paths =
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => [...path, key])
          : [missingAt(copy, path) ? path.slice(0, -1) : path]
      for (const wrong of paths) {
        const top = wrong[0] ?? path[0]
        const key = wrong.at(-1)
        const parent = key === undefined ? undefined : parentOf(copy, wrong)
        if (wrong.length <= 1 && top !== undefined && Object.hasOwn(stand, top)) copy[top] = stand[top]
        else if (parent !== undefined && key !== undefined) delete parent[key]
      }
    }
  }
  return undefined
}
