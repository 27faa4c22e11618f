import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { given } from '../base/given.ts'
import { nearestWord } from '../base/nearest.ts'
import { isZone } from '../base/zone.ts'
import { valueAt } from '../commitments/block.ts'
import { Fault } from '../language/fault.ts'
import { sortFaults } from '../language/fault-text.ts'
import type { ApiMap, StoreMap } from '../language/store-map.ts'
import { listOf } from '../language/terms.ts'
import { storeShapeCodes } from './fault-codes.ts'
import { type Located, locate, readLocated } from './located.ts'
import { mapPlace, rememberPlaces } from './map-place.ts'
import { askOpen } from './open-questions.ts'
import type { Policy } from './policy.ts'
import { schemaFaults } from './schema-faults.ts'
import { absoluteReference, isSecretReference, secretInMap } from './secret.ts'
import { soundPart } from './sound-part.ts'
import { reportNames } from './store-names.ts'
import { storeVocabulary } from './store-vocabulary.ts'
import { type Report, tableMap } from './table-map.ts'

/** A store map that was read. `sound`: the whole file is in the map; else what has faults is left out. */
interface ReadMap {
  readonly map?: StoreMap
  readonly sound: boolean
  readonly faults: readonly Fault[]
}

/** For a map whose top is wrong, so that its tables are looked at nevertheless; never connected to. */
const stand = { store: 'unnamed', connect: { read: 'env:UNNAMED' }, tables: {} }

const secretFaults = (located: Located): readonly Fault[] =>
  ['read', 'execute', 'guard'].flatMap((connection) => {
    const value = valueAt(valueAt(located.value, 'connect'), connection)
    return value === undefined || (typeof value === 'string' && isSecretReference(value))
      ? []
      : [secretInMap(located.place(['connect', connection]))]
  })

const reporter =
  (located: Located, faults: Fault[]): Report =>
  ({ code, path, at, what, mend, word }) => {
    const nearest = word && nearestWord(word.said, word.known)
    faults.push(
      new Fault({
        code,
        where: located.place(path, at ?? 'value'),
        what,
        mend: nearest === undefined ? mend : `did you mean "${nearest}"? Else ${mend}`,
      }),
    )
  }

const storeMap = (located: Located, policy: Policy): ReadMap => {
  const faults = [...schemaFaults(located, storeVocabulary, storeShapeCodes), ...secretFaults(located)]
  const file = soundPart(storeVocabulary, located.value, stand)
  if (file === undefined)
    return { sound: false, faults: askOpen(located, faults, storeVocabulary, 'store.open-question') }
  const report = reporter(located, faults)
  if (file.zone !== undefined && !isZone(file.zone))
    report({
      code: 'store.unknown-zone',
      path: ['zone'],
      what: 'this is no IANA time zone',
      mend: 'write e.g. Europe/Berlin or UTC',
    })
  if ((file.connect.read === 'human') !== (file.human !== undefined))
    report({
      code: 'store.no-owner',
      path: ['connect', 'read'],
      what: 'a store that a person looks after says so twice: where the connection would stand, and who it is',
      mend: 'write connect: { read: human } and human: { owner: ROLE }',
    })
  const map: StoreMap = given({
    store: file.store,
    file: located.file,
    connect: given({
      read: absoluteReference(file.connect.read, located.file),
      execute: file.connect.execute === undefined ? undefined : absoluteReference(file.connect.execute, located.file),
      guard: file.connect.guard === undefined ? undefined : absoluteReference(file.connect.guard, located.file),
      application: listOf(file.connect.application),
    }),
    country: file.country,
    zone: file.zone ?? 'UTC',
    role: file.role ?? 'controller',
    copies: Object.fromEntries(
      Object.entries(file.copies ?? {}).map(([copy, entry]) => [
        copy,
        { keep: typeof entry === 'string' ? entry : entry.keep },
      ]),
    ),
    undeclared: file.undeclared,
    tables: Object.entries(file.tables).map(([table, entry]) => tableMap(table, entry ?? {}, report)),
    human: file.human && given(file.human),
    api: file.api as ApiMap | undefined,
    sha256: located.sha256,
  })
  rememberPlaces(map, located)
  // Without a readable policy every name would be unknown.
  if (policy.sha256 !== '') reportNames(map, policy, report)
  const asked = askOpen(located, faults, storeVocabulary, 'store.open-question')
  return { map, sound: !asked.some((fault) => fault.severity === 'error'), faults: asked }
}

/** One store map that is already in memory. */
export const readStoreMapBytes = (file: string, bytes: Uint8Array, policy: Policy): ReadMap => {
  const { located, faults } = locate(file, bytes)
  if (located === undefined) return { sound: false, faults }
  const read = storeMap(located, policy)
  return { ...read, sound: read.sound && faults.length === 0, faults: sortFaults([...faults, ...read.faults]) }
}

/** The directory of the store maps that belong to a policy: `stores` beside it. */
export const storesDirectory = (policyPath: string): string => join(dirname(policyPath), 'stores')

const storeFiles = async (directory: string): Promise<{ files: readonly string[]; faults: readonly Fault[] }> => {
  try {
    const names = await readdir(directory)
    return {
      files: names
        .filter((name) => /\.ya?ml$/.test(name))
        .toSorted()
        .map((name) => join(directory, name)),
      faults: [],
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return { files: [], faults: [] }
    const fault = new Fault({
      code: 'store.unreadable-directory',
      where: { file: directory },
      what: 'the directory of the store maps cannot be read',
      mend: 'let the user who runs Kept read it',
      cause,
    })
    return { files: [], faults: [fault] }
  }
}

const sameNames = (maps: readonly StoreMap[]): readonly Fault[] =>
  maps.flatMap((map, index) => {
    const first = maps.findIndex((other) => other.store === map.store)
    return first === index
      ? []
      : [
          new Fault({
            code: 'store.same-name',
            where: mapPlace(map, ['store']),
            what: `another store map is named "${map.store}" too: ${maps[first]?.file ?? ''}`,
            mend: 'give each store a name of its own',
          }),
        ]
  })

/**
 * Reads all store maps of a directory (`*.yaml`, `*.yml`, by name; none when it does not exist). `maps` are those without
 * errors; `partial` is what could be read of the others: to be checked, never carried out.
 */
export const readStoreMaps = async (
  directory: string,
  policy: Policy,
): Promise<{ maps: StoreMap[]; partial: StoreMap[]; faults: Fault[] }> => {
  const { files, faults } = await storeFiles(directory)
  const maps: StoreMap[] = []
  const partial: StoreMap[] = []
  const found = [...faults]
  for (const file of files) {
    const { located, faults: unread } = await readLocated(file)
    found.push(...unread)
    if (located === undefined) continue
    const read = storeMap(located, policy)
    found.push(...read.faults)
    if (read.map) (read.sound && unread.length === 0 ? maps : partial).push(read.map)
  }
  return { maps, partial, faults: [...sortFaults([...found, ...sameNames([...maps, ...partial])])] }
}
