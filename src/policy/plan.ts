import { entriesOf, valueAt } from '../commitments/block.ts'
import type { Commitment, Known, Step } from '../commitments/commitment-kind.ts'
import { commitmentKinds, type Slices } from '../commitments/index.ts'
import { shortestDeadline } from '../commitments/rights/deadline.ts'
import type { Place } from '../language/fault.ts'
import { fideslangTerms } from '../language/fideslang.ts'
import { type RequestKind, requestKinds } from '../language/request-kinds.ts'
import type { StoreMap } from '../language/store-map.ts'
import type { Policy } from './policy.ts'
import { categoryEntry, controllerEntry, probeEntry } from './vocabulary.ts'

/** Who decides why and how the data is used (GDPR art. 4(7)). */
export interface Controller {
  readonly name: string
  readonly country?: string | undefined
  readonly contact?: string | undefined
  readonly address?: string | undefined
  readonly website?: string | undefined
  readonly representative?: string | undefined
  readonly officer?: string | undefined
}

/** A category of personal data that the policy declares. */
export interface DataCategory {
  readonly name: string
  /** DPV CURIE, e.g. `pd:EmailAddress`. */
  readonly is: string
  /** How the notice names it. */
  readonly words?: string
  readonly place: Place
}

/** What a policy comes to: the language's blocks, a slice for each of the sixteen kinds, and its commitments in file order. */
export interface Plan extends Slices {
  readonly file: string
  /** SHA-256 of the policy's bytes, hex. */
  readonly sha256: string
  readonly controller: Controller
  /** Names of the laws that apply. */
  readonly law: readonly string[]
  readonly data: readonly DataCategory[]
  readonly commitments: readonly Commitment[]
  readonly steps: readonly (Step & { readonly kind: string })[]
  /** How long a request may take (ISO 8601 duration from its receipt). */
  readonly terms: Readonly<Record<RequestKind, string>>
  /** Imported documents that sources name: SHA-256 by name, where the policy says it. */
  readonly documents: Readonly<Record<string, string>>
  /** What the policy says of probes, by name: `off`, or the period (ISO 8601) of its findings. */
  readonly probes: Readonly<Record<string, string>>
  /** The store maps it was compiled with. */
  readonly stores: readonly { readonly store: string; readonly sha256: string }[]
  /** Where a part of the policy stands, by its path. */
  readonly place: Policy['located']['place']
}

const readData = (policy: Policy): readonly DataCategory[] =>
  entriesOf(valueAt(policy.located.value, 'data')).flatMap(([category, entry]) => {
    const read = categoryEntry.safeParse(entry)
    if (!read.success) return []
    const { is, words } = typeof read.data === 'string' ? { is: read.data, words: undefined } : read.data
    return [
      {
        name: category,
        is: fideslangTerms.data[is] ?? is,
        ...(words === undefined ? {} : { words }),
        place: policy.located.place(['data', category], 'key'),
      },
    ]
  })

const readDocuments = (value: unknown): Plan['documents'] =>
  Object.fromEntries(
    entriesOf(valueAt(value, 'documents')).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

const readProbes = (value: unknown): Plan['probes'] =>
  Object.fromEntries(
    entriesOf(valueAt(value, 'probes')).flatMap(([probe, entry]) => {
      const read = probeEntry.safeParse(entry)
      if (!read.success) return []
      return [[probe, read.data === 'off' ? 'off' : read.data.every]]
    }),
  )

/** In the order of the file: as its author thinks of them. */
const byPlace = (left: Commitment, right: Commitment): number =>
  (left.place.line ?? 0) - (right.place.line ?? 0) || (left.place.column ?? 0) - (right.place.column ?? 0)

/** The policy's term, else the shortest of its laws', else a month (GDPR art. 12(3)). A withdrawal ends a use as an objection does. */
const requestTerm = (slices: Slices, known: Known, kind: RequestKind): string => {
  const right = kind === 'withdrawal' ? 'objection' : kind
  return slices.rights[right]?.within ?? shortestDeadline(right, known.applies)?.deadline.within ?? 'P1M'
}

/** Compiles a policy and its store maps. What has faults is left out of the slices, never out of the commitments. */
export const compilePlan = (policy: Policy, maps: readonly StoreMap[]): Plan => {
  const { located, known } = policy
  const compiled = commitmentKinds.map((kind) => {
    const block = valueAt(located.value, kind.key)
    const { slice, steps } = kind.compile(block, known)
    const enforced = new Set(steps.map((step) => step.commitment))
    const commitments = kind.commitments(block).map(({ name, source, task }) => ({
      id: `${kind.key}.${name}`,
      kind: kind.key,
      name,
      place: located.place([kind.key, name], 'key'),
      enforced: enforced.has(name),
      source,
      ...(task === undefined ? {} : { task }),
    }))
    return { kind: kind.key, slice, steps, commitments }
  })
  const slices = Object.fromEntries(compiled.map(({ kind, slice }) => [kind, slice])) as Slices
  const controller = controllerEntry.safeParse(valueAt(located.value, 'controller'))
  return {
    ...slices,
    file: policy.file,
    sha256: policy.sha256,
    controller: controller.success ? controller.data : { name: '' },
    law: [...known.applies.keys()],
    data: readData(policy),
    commitments: compiled.flatMap(({ commitments }) => commitments).toSorted(byPlace),
    steps: compiled.flatMap(({ kind, steps }) => steps.map((step) => ({ ...step, kind }))),
    terms: Object.fromEntries(requestKinds.map((kind) => [kind, requestTerm(slices, known, kind)])) as Plan['terms'],
    documents: readDocuments(located.value),
    probes: readProbes(located.value),
    stores: maps.map(({ store, sha256 }) => ({ store, sha256 })),
    place: located.place,
  }
}
