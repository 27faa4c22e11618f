import type { z } from 'zod'
import { entriesOf, valueAt } from '../../commitments/block.ts'
import { Fault } from '../../language/fault.ts'
import { listOf } from '../../language/terms.ts'
import { type Located, locate, readLocated } from '../../policy/located.ts'
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

const isShallow = (value: unknown, left: number): boolean =>
  left > 0 &&
  (typeof value !== 'object' || value === null || Object.values(value).every((inner) => isShallow(inner, left - 1)))

type Found = {
  readonly organization: FideslangOrganization[]
  readonly system: FideslangSystem[]
  readonly dataset: FideslangDataset[]
}

const refused = (block: string, issue: z.core.$ZodIssue | undefined, located: Located, index: number): Fault =>
  new Fault({
    code: 'exchange.bad-fideslang',
    where: located.place([block, index, ...((issue?.path ?? []) as (string | number)[])]),
    what: `this is no ${block} of Fideslang: ${issue === undefined ? 'nested too deeply' : shapeOf(issue)}`,
    mend: 'write it as Fideslang does: fides_key, and collections or privacy_declarations',
  })

/** Takes every entry of a block; what is none of its kind is a fault. */
const take = <T>(block: keyof Found, schema: z.ZodType<T>, located: Located, into: T[]): Fault[] =>
  listOf(valueAt(located.value, block)).flatMap((entry, index) => {
    const read = isShallow(entry, deepest) ? schema.safeParse(entry) : undefined
    if (read?.success !== true) return [refused(block, read?.error.issues[0], located, index)]
    into.push(read.data)
    return []
  })

const known = ['organization', 'system', 'dataset']

const readOne = (located: Located, found: Found, unread: Set<string>): readonly Fault[] => {
  const keys = entriesOf(located.value).map(([key]) => key)
  for (const key of keys) if (!known.includes(key)) unread.add(key)
  if (!known.some((block) => keys.includes(block)))
    return [
      new Fault({
        code: 'exchange.not-fideslang',
        where: { file: located.file },
        what: 'this file has no system, dataset or organization',
        mend: 'name a YAML file of Fideslang, e.g. with dataset: at its top',
      }),
    ]
  return [
    ...take('organization', fideslangOrganization, located, found.organization),
    ...take('system', fideslangSystem, located, found.system),
    ...take('dataset', fideslangDataset, located, found.dataset),
  ]
}

const readAll = (
  files: readonly { readonly located?: Located; readonly faults: readonly Fault[] }[],
): { readonly fideslang: Fideslang; readonly faults: readonly Fault[] } => {
  const found: Found = { organization: [], system: [], dataset: [] }
  const unread = new Set<string>()
  const faults = files.flatMap(({ located, faults: syntax }) => [
    ...syntax,
    ...(located === undefined ? [] : readOne(located, found, unread)),
  ])
  const { organization: organizations, system: systems, dataset: datasets } = found
  return { fideslang: { organizations, systems, datasets, unread: [...unread] }, faults }
}

/**
 * Reads YAML files of Fideslang (3.2 and earlier): `organization`, `system` and `dataset`. Nothing is thrown: all faults are
 * returned, with file, line and column. Faults: `yaml.*`, `exchange.not-fideslang`, `exchange.bad-fideslang`.
 */
export const readFideslang = async (files: readonly string[]): Promise<ReturnType<typeof readAll>> =>
  readAll(await Promise.all(files.map((file) => readLocated(file))))

/** The same for a file that is already in memory. */
export const readFideslangBytes = (file: string, bytes: Uint8Array): ReturnType<typeof readAll> =>
  readAll([locate(file, bytes)])

/** What is wrong, without the value: it is somebody else's file. */
const shapeOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type') return `${issue.path.join('.')} must be ${issue.expected}`
  return `${issue.path.join('.')}: ${issue.code.replaceAll('_', ' ')}`
}
