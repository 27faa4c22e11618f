import { z } from 'zod'
import { valueAt } from '../../commitments/block.ts'
import { Fault } from '../../language/fault.ts'
import { listOf } from '../../language/terms.ts'
import { readLocated } from '../../policy/located.ts'
import {
  type FideslangDataset,
  type FideslangOrganization,
  type FideslangSystem,
  fideslangDataset,
  fideslangOrganization,
  fideslangSystem,
} from './vocabulary.ts'

/** What files of Fideslang say, in the order of the files. */
export interface Fideslang {
  readonly organizations: readonly FideslangOrganization[]
  readonly systems: readonly FideslangSystem[]
  readonly datasets: readonly FideslangDataset[]
  /** Blocks that are read by nothing here, e.g. `policy`. */
  readonly unread: readonly string[]
}

// A list nested deeper than people write it is refused: fields of fields are walked by calls of calls.
const deepest = 40

const depthOf = (value: unknown, left: number): boolean =>
  left > 0
    ? typeof value !== 'object' || value === null || Object.values(value).every((inner) => depthOf(inner, left - 1))
    : false

const resources = {
  organization: fideslangOrganization,
  system: fideslangSystem,
  dataset: fideslangDataset,
} as const

const known = ['organization', 'system', 'dataset'] as const

/**
 * Reads YAML files of Fideslang (3.2 and earlier): `organization`, `system` and `dataset`. Throws no fault: all are
 * returned, with file, line and column. Faults: `yaml.*`, `exchange.not-fideslang`, `exchange.bad-fideslang`.
 */
export const readFideslang = async (
  files: readonly string[],
): Promise<{ readonly fideslang: Fideslang; readonly faults: readonly Fault[] }> => {
  const faults: Fault[] = []
  const found = { organization: [], system: [], dataset: [] } as {
    organization: FideslangOrganization[]
    system: FideslangSystem[]
    dataset: FideslangDataset[]
  }
  const unread = new Set<string>()
  for (const file of files) {
    const { located, faults: syntax } = await readLocated(file)
    faults.push(...syntax)
    if (located === undefined) continue
    const { value } = located
    const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
    if (!known.some((block) => keys.includes(block)))
      faults.push(
        new Fault({
          code: 'exchange.not-fideslang',
          where: { file },
          what: 'this file has no system, dataset or organization',
          mend: 'name a YAML file of Fideslang, e.g. with dataset: at its top',
        }),
      )
    for (const key of keys) if (!known.some((block) => block === key)) unread.add(key)
    for (const block of known) {
      for (const [index, entry] of listOf(valueAt(value, block)).entries()) {
        const read = depthOf(entry, deepest) ? resources[block].safeParse(entry) : undefined
        if (read?.success) found[block].push(read.data as never)
        else {
          const issue = read?.error.issues[0]
          faults.push(
            new Fault({
              code: 'exchange.bad-fideslang',
              where: located.place([block, index, ...((issue?.path ?? []) as (string | number)[])]),
              what: `this is no ${block} of Fideslang: ${read === undefined ? 'nested too deeply' : shapeOf(issue)}`,
              mend: 'write it as Fideslang does: fides_key, and collections or privacy_declarations',
            }),
          )
        }
      }
    }
  }
  const { organization: organizations, system: systems, dataset: datasets } = found
  return { fideslang: { organizations, systems, datasets, unread: [...unread] }, faults }
}

/** What is wrong, without the value: it is somebody else's file. */
const shapeOf = (issue: z.core.$ZodIssue | undefined): string => {
  if (issue === undefined) return 'its shape is another one'
  if (issue.code === 'invalid_type') return `${issue.path.join('.')} must be ${issue.expected}`
  return `${issue.path.join('.')}: ${issue.code.replaceAll('_', ' ')}`
}

export const isFideslangKey = (key: string): boolean =>
  z
    .string()
    .regex(/^[\w.<>-]+$/)
    .safeParse(key).success
