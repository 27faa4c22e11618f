import { type Clock, systemClock } from '../base/clock.ts'
import { entriesOf, undeclared, unknownLaw, valueAt } from '../commitments/block.ts'
import type { Known } from '../commitments/commitment-kind.ts'
import { commitmentKinds } from '../commitments/index.ts'
import { Fault } from '../language/fault.ts'
import { sortFaults } from '../language/fault-text.ts'
import { type Law, laws } from '../language/laws.ts'
import { listOf } from '../language/terms.ts'
import { policyShapeCodes } from './fault-codes.ts'
import { type Located, locate, readLocated } from './located.ts'
import { askOpen } from './open-questions.ts'
import { schemaFaults } from './schema-faults.ts'
import { languageVersion, ownLawEntry, policyVocabulary } from './vocabulary.ts'

/** A policy file that was read: what it says and where each word of it stands. */
export interface Policy {
  readonly file: string
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string
  readonly located: Located
  readonly known: Known
}

const ownLaws = (block: unknown): readonly (readonly [string, Law])[] =>
  entriesOf(block).flatMap(([lawName, entry]) => {
    const read = ownLawEntry.safeParse(entry)
    return read.success ? [[lawName, { ...read.data, status: 'unverified' as const, deadlines: {} }] as const] : []
  })

/** The names that the policy declares, also of entries with faults: one fault shall not call forth others. */
const knownNames = (value: unknown, clock: Clock): Known => {
  const every = new Map([...Object.entries(laws), ...ownLaws(valueAt(value, 'laws'))])
  const applies = listOf(valueAt(value, 'law')).flatMap((law) => {
    const found = typeof law === 'string' ? every.get(law) : undefined
    return found === undefined ? [] : [[String(law), found] as const]
  })
  return {
    data: new Set(entriesOf(valueAt(value, 'data')).map(([category]) => category)),
    purposes: new Set(entriesOf(valueAt(value, 'purposes')).map(([purpose]) => purpose)),
    recipients: new Set(
      entriesOf(valueAt(value, 'disclosure')).flatMap(([entryName, entry]) => [
        entryName,
        ...listOf(valueAt(entry, 'to')).filter((recipient) => typeof recipient === 'string'),
      ]),
    ),
    today: clock.now().toISOString().slice(0, 10),
    applies: new Map(applies),
    laws: every,
  }
}

const versionFault = (located: Located): Fault | undefined => {
  const version = valueAt(located.value, 'kept')
  if (typeof version !== 'number' || version === languageVersion) return undefined
  const newer = version > languageVersion
  return new Fault({
    code: newer ? 'policy.newer-language' : 'policy.unknown-language',
    where: located.place(['kept']),
    what: `this policy is written in version ${version} of the language, and this program reads version ${languageVersion}`,
    mend: newer ? 'update Kept' : `write kept: ${languageVersion}`,
  })
}

const nameFaults = (located: Located, known: Known): readonly Fault[] => {
  const lawFaults = undeclared(valueAt(located.value, 'law'), ['law'], known.laws.keys(), unknownLaw)
  const kindFaults = commitmentKinds.flatMap((kind) =>
    kind
      .misstatements(valueAt(located.value, kind.key), known)
      .map((fault) => ({ ...fault, path: [kind.key, ...fault.path] })),
  )
  return [...lawFaults, ...kindFaults].map(
    (fault) => new Fault({ ...fault, where: located.place(fault.path, fault.at ?? 'value') }),
  )
}

const policyOf = (located: Located, clock: Clock): { policy: Policy; faults: Fault[] } => {
  const known = knownNames(located.value, clock)
  const policy = { file: located.file, sha256: located.sha256, located, known }
  const version = versionFault(located)
  const faults = version
    ? [version]
    : askOpen(
        located,
        [...schemaFaults(located, policyVocabulary, policyShapeCodes), ...nameFaults(located, known)],
        policyVocabulary,
      )
  return { policy, faults: [...faults] }
}

const nothing = (file: string): Located => ({ file, source: '', sha256: '', value: {}, place: () => ({ file }) })

/**
 * Reads a policy file. Every fault is collected, with file, line, column (from 1), policy path and the nearest right word,
 * and sorted by place; the policy holds what could be read. `clock`: the day against which ends and reviews are told.
 * Faults: `yaml.*`, `policy.*`, and those of each kind.
 */
export const readPolicy = async (
  path: string,
  clock: Clock = systemClock,
): Promise<{ policy: Policy; faults: Fault[] }> => {
  const { located, faults } = await readLocated(path)
  if (located === undefined) return { policy: policyOf(nothing(path), clock).policy, faults }
  const read = policyOf(located, clock)
  return { policy: read.policy, faults: [...sortFaults([...faults, ...read.faults])] }
}

/** The same for a policy that is already in memory. */
export const readPolicyBytes = (
  file: string,
  bytes: Uint8Array,
  clock: Clock = systemClock,
): { policy: Policy; faults: Fault[] } => {
  const { located, faults } = locate(file, bytes)
  if (located === undefined) return { policy: policyOf(nothing(file), clock).policy, faults }
  const read = policyOf(located, clock)
  return { policy: read.policy, faults: [...sortFaults([...faults, ...read.faults])] }
}
