import type { z } from 'zod'
import { z as schema } from 'zod'
import { name } from '../language/terms.ts'
import {
  entriesOf,
  namedCommitments,
  readEntries,
  undeclared,
  unknownData,
  unknownPurpose,
  unknownRecipient,
  valueAt,
} from './block.ts'
import type { CommitmentKind, Known, Misstatement, Part } from './commitment-kind.ts'
import { type Forms, formFaults } from './forms.ts'

/** A kind that a policy can state in full and that no gate carries out yet. */
export interface Declared<Key extends string, Entry extends z.ZodObject> {
  readonly key: Key
  readonly heading: string
  readonly says: string
  /** What one commitment may say. */
  readonly entry: Entry
  /** The forms that `is` tells apart. */
  readonly forms: Forms
  /** Keys whose words must be declared elsewhere in the policy. */
  readonly names: {
    readonly data?: readonly string[]
    readonly purposes?: readonly string[]
    readonly recipients?: readonly string[]
  }
  /** What law and sense forbid in an entry that is well formed. */
  readonly misstatements?: (entry: readonly [name: string, value: unknown], known: Known) => readonly Misstatement[]
  readonly absent: Readonly<Partial<Record<Part, string>>>
}

export type Slice<Entry extends z.ZodObject> = readonly (readonly [string, z.output<Entry>])[]

/** Its commitments are named, checked and counted, and shown as unproven until a gate and a probe are built. */
export const declaredKind = <Key extends string, Entry extends z.ZodObject>(
  kind: Declared<Key, Entry>,
): CommitmentKind<Key, Slice<Entry>> => {
  const keys = Object.keys(kind.entry.shape)
  const undeclaredNames = ([entryName, entry]: readonly [string, unknown], known: Known): Misstatement[] => {
    const { data = [], purposes = [], recipients = [] } = kind.names
    const faults = (
      wanted: readonly string[],
      declared: ReadonlySet<string>,
      fault: Parameters<typeof undeclared>[3],
    ): Misstatement[] =>
      wanted.flatMap((key) => [...undeclared(valueAt(entry, key), [entryName, key], declared, fault)])
    return [
      ...faults(data, known.data, unknownData),
      ...faults(purposes, known.purposes, unknownPurpose),
      ...faults(recipients, known.recipients, unknownRecipient),
    ]
  }
  return {
    key: kind.key,
    heading: kind.heading,
    says: kind.says,
    vocabulary: schema.record(name, kind.entry).meta({ description: `${kind.says} (shown as unproven)` }),
    commitments: namedCommitments,
    misstatements: (block, known) => [
      ...formFaults(block, kind.forms, keys),
      ...entriesOf(block).flatMap((entry) => [
        ...undeclaredNames(entry, known),
        ...(kind.misstatements?.(entry, known) ?? []),
      ]),
    ],
    compile: (block) => ({ slice: readEntries(block, kind.entry), steps: [] }),
    absent: kind.absent,
  }
}
