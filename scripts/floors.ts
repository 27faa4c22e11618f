/** The import direction of the house: a file may import from lower floors and from its own folder, nothing else. */
import { type ImportMention, readMentions, targetOf } from './imports.ts'

const INTERFACES = [
  'live-schema.ts',
  'expiry.ts',
  'alteration.ts',
  'connector.ts',
  'ledger.ts',
  'letters.ts',
  'readers.ts',
  'cases.ts',
  'records.ts',
]

// From the ground up. What stands on one floor never imports its neighbour.
const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['sql'],
  ['language'],
  [...INTERFACES, 'content', 'residual'],
  ['commitments'],
  ['policy'],
  [
    'prose',
    'notice',
    'exchange',
    'connectors',
    'discovery',
    'requests',
    'retention',
    'database',
    'intake',
    'mail',
    'webhooks',
    'opendsr',
    'opendsr',
    'data-map',
    'scanner',
    'status',
  ],
  ['workspace'],
  ['server'],
  ['cli'],
]

/** Folders whose imports are read. `test` and `scripts` stand outside: they may look at everything. */
export const FOLDERS_READ = ['src', 'demo', 'web', 'bench']

/** One import against the direction, with the line as it stands in the file. */
export interface FloorBreach {
  readonly file: string
  readonly line: number
  readonly text: string
  readonly why: string
}

/** The folder (or single file) of src that a path stands in: `src/policy/read.ts` → `policy`. */
function roomOf(path: string): string | undefined {
  return path.startsWith('src/') ? path.split('/')[1] : undefined
}

function floorOf(room: string): number {
  return FLOORS.findIndex((floor) => floor.includes(room))
}

function isTest(path: string): boolean {
  return /\.(test|test-d|bench)\.ts$/.test(path)
}

/** Why an import inside src is against the direction; undefined where it is not. */
function breachInside(from: string, to: string, typeOnly: boolean): string | undefined {
  if (from === to || from === 'index.ts') return undefined
  // The interfaces are single files that name each other's nouns; they share no code that runs.
  if (typeOnly && INTERFACES.includes(from) && INTERFACES.includes(to)) return undefined
  if (to === 'index.ts') return 'index.ts only hands names to the outside; import from the file that holds the name'
  const [fromFloor, toFloor] = [floorOf(from), floorOf(to)]
  if (fromFloor < 0) return `${from} stands on no floor; give it one in scripts/floors.ts`
  if (toFloor < 0) return `${to} stands on no floor; give it one in scripts/floors.ts`
  if (fromFloor > toFloor) return undefined
  if (fromFloor === toFloor) return `${from} and ${to} share floor ${fromFloor}; a higher floor must join them`
  return `${from} (floor ${fromFloor}) may not reach up to ${to} (floor ${toFloor})`
}

function breachOf(mention: ImportMention): string | undefined {
  const from = roomOf(mention.file)
  if (mention.name === undefined && from !== undefined)
    return 'the name of the module is no literal, so nobody can tell its floor'
  const target = targetOf(mention)
  const browserOnly = from === 'browser' || mention.file.startsWith('web/')
  if (target === undefined) {
    const isPackage = mention.name !== undefined && from === 'browser' && !mention.typeOnly && !isTest(mention.file)
    return isPackage ? 'browser has no dependencies' : undefined
  }
  const to = roomOf(target)
  if (from === undefined) {
    return browserOnly && to !== undefined && !mention.typeOnly
      ? 'web speaks HTTP and imports only types of src'
      : undefined
  }
  if (to === undefined) return isTest(mention.file) ? undefined : `src never imports ${target}, which is not shipped`
  if (browserOnly) return to === 'browser' || mention.typeOnly ? undefined : 'browser imports only types'
  return breachInside(from, to, mention.typeOnly)
}

/**
 * A check that shares code with what it checks shares its bugs: no `verify.ts` of a commitment kind reaches an
 * `enforce.ts`, not even through another file of the commitments.
 */
function proofBreaches(mentions: readonly ImportMention[]): FloorBreach[] {
  const inside = mentions.filter((one) => one.file.startsWith('src/commitments/') && !isTest(one.file) && !one.typeOnly)
  const breaches: FloorBreach[] = []
  for (const start of new Set(inside.map((one) => one.file).filter((file) => file.endsWith('/verify.ts')))) {
    const seen = new Set([start])
    const waiting = [start]
    for (let file = waiting.pop(); file; file = waiting.pop()) {
      for (const mention of inside.filter((one) => one.file === file)) {
        const target = targetOf(mention)
        if (target === undefined || seen.has(target)) continue
        seen.add(target)
        waiting.push(target)
        if (target.endsWith('/enforce.ts')) breaches.push(breach(mention, `${start} may not reach enforce.ts`))
      }
    }
  }
  return breaches
}

function breach({ file, line, text }: ImportMention, why: string): FloorBreach {
  return { file, line, text, why }
}

/** Every import below `root` that breaks the direction, in the order of the files. */
export function floorBreaches(root: string): FloorBreach[] {
  const mentions = readMentions(root, FOLDERS_READ)
  const direct = mentions.flatMap((mention) => {
    const why = breachOf(mention)
    return why === undefined ? [] : [breach(mention, why)]
  })
  return [...direct, ...proofBreaches(mentions)]
}

/** One breach as a line for people: place, reason, and the line itself. */
export function breachLine({ file, line, text, why }: FloorBreach): string {
  return `${file}:${line}: ${why}\n    ${text}`
}
