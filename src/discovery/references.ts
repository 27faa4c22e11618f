import type { LiveSamples } from '../live-schema.ts'
import type { FoundReference } from './discovery.ts'
import type { LookedColumn, LookedTable } from './look.ts'
import { leadsToPerson, namesMany, withoutKeyWords } from './name-rules.ts'

const MOST_VALUES = 200
const MOST_COMPARED = 1500
/** As many as the samples have connections. */
const AT_ONCE = 4
/** A few values without a partner are orphans; more of them is another reference, or none. */
const ORPHANS_ALLOWED = 0.1

const keyOf = (table: LookedTable): LookedColumn | undefined => {
  const [only] = table.live.key
  return table.live.key.length === 1 ? table.columns.find(({ live }) => live.name === only) : undefined
}

const family = ({ live }: LookedColumn): string =>
  /^int[248]$/.test(live.base)
    ? 'integer'
    : live.base === 'uuid'
      ? 'uuid'
      : /^(text|varchar|bpchar|citext)$/.test(live.base)
        ? 'text'
        : 'other'

/** Values that can be bound as the key's type, few, distinct; zero means nobody in many schemas. */
function comparable(table: LookedTable, column: LookedColumn, key: LookedColumn): readonly string[] {
  const values = new Set(table.sampled?.cells.get(column.live.name) ?? [])
  const fits =
    family(key) === 'integer' ? /^-?\d{1,18}$/ : family(key) === 'uuid' ? /^[0-9a-f-]{36}$/i : /^[^\0]{1,255}$/
  return [...values].filter((value) => fits.test(value) && value !== '0' && value !== '-1').slice(0, MOST_VALUES)
}

/** Columns of a table that say of which kind another column's id is: `object_type` beside `object_id`. */
function kindColumnOf(table: LookedTable, column: LookedColumn): LookedColumn | undefined {
  const stem = withoutKeyWords(column.words).join(' ')
  return stem === ''
    ? undefined
    : table.columns.find(
        ({ words, isText }) => isText && words.at(-1) === 'type' && words.slice(0, -1).join(' ') === stem,
      )
}

/** Whether a kind's values name a table of people: `RT::User`, `App\Models\Customer`, `users`. */
function kindNames(
  table: LookedTable,
  kind: LookedColumn,
  people: LookedTable,
  wordsOf: (text: string) => readonly string[],
): boolean {
  const head = people.words.at(-1)
  return (table.sampled?.cells.get(kind.live.name) ?? []).some((value) => wordsOf(value.slice(0, 100)).at(-1) === head)
}

/** `mwuser`, `app_users` for `user_id`. */
const endsIn = (to: LookedTable, stem: readonly string[]): boolean =>
  stem.length === 1 &&
  to.live.name
    .toLowerCase()
    .replace(/s$/, '')
    .endsWith(stem[0] ?? '\0')

interface Candidate {
  readonly table: LookedTable
  readonly column: LookedColumn
  readonly to: LookedTable
  readonly key: LookedColumn
  readonly by: 'table' | 'role' | 'values'
}

const sameWords = (one: readonly string[], other: readonly string[]): boolean => one.join(' ') === other.join(' ')

function candidatesOf(
  tables: readonly LookedTable[],
  people: readonly LookedTable[],
  declared: ReadonlySet<string>,
): Candidate[] {
  const found: Candidate[] = []
  for (const table of tables) {
    for (const column of table.columns) {
      const isOwnKey = table.live.key.length === 1 && table.live.key[0] === column.live.name
      const isCount = family(column) === 'integer' && namesMany(column.live.name)
      if (isOwnKey || isCount || !column.isKeyLike || declared.has(`${table.live.name}.${column.live.name}`)) continue
      const stem = withoutKeyWords(column.words)
      for (const to of people) {
        const key = keyOf(to)
        if (key === undefined) continue
        const same = family(key) === family(column) || (family(column) === 'text' && family(key) !== 'other')
        if (!same) continue
        if (
          stem.length > 0 &&
          (endsIn(to, stem) ||
            sameWords(stem, to.words) ||
            sameWords(stem, to.words.slice(-1)) ||
            sameWords(stem.slice(-1), to.words))
        )
          found.push({ table, column, to, key, by: 'table' })
        else if (leadsToPerson(column.words) && to !== table) found.push({ table, column, to, key, by: 'role' })
        else if (
          column.profile.distinct >= 5 &&
          (family(key) === 'uuid' || (family(key) === 'text' && family(column) === 'text' && column.profile.words > 4))
        )
          found.push({ table, column, to, key, by: 'values' })
        else if (
          column.profile.distinct >= 8 &&
          family(column) === 'integer' &&
          /\b(id|key|fk|ref|reference)\b/.test(column.words.join(' '))
        )
          found.push({ table, column, to, key, by: 'values' })
      }
    }
  }
  return found
}

const SURE_BY = { table: 0.9, role: 0.85, values: 0.75 } as const

/** Whether keys lie so close that any small number is one of them: then equal values alone show nothing. */
function isDense(to: LookedTable, key: LookedColumn): boolean {
  if (family(key) !== 'integer') return false
  const values = (to.sampled?.cells.get(key.live.name) ?? []).map(Number)
  return (
    values.length === 0 ||
    values.reduce((most, one) => Math.max(most, one), 0) < 20 * Math.max(50, to.live.estimatedRows, values.length)
  )
}

/** References to tables of people that nobody declared: shown by names, and by sampled values that stand among the keys. */
export async function undeclaredReferences(
  tables: readonly LookedTable[],
  people: readonly LookedTable[],
  declared: ReadonlySet<string>,
  samples: LiveSamples,
): Promise<readonly FoundReference[]> {
  const candidates = candidatesOf(tables, people, declared).filter(
    ({ by, to, key }) => by !== 'values' || !isDense(to, key),
  )
  const found: FoundReference[] = []
  const compared = candidates.slice(0, MOST_COMPARED)
  for (let start = 0; start < compared.length; start += AT_ONCE) {
    const some = await Promise.all(compared.slice(start, start + AT_ONCE).map((one) => referenceOf(one, samples)))
    found.push(...some.flatMap((one) => one ?? []))
  }
  return found
}

async function referenceOf(
  { table, column, to, key, by }: Candidate,
  samples: LiveSamples,
): Promise<FoundReference | undefined> {
  const values = comparable(table, column, key)
  const shared = values.length === 0 ? undefined : await samples.shared(to.live.name, key.live, values)
  const at = { table: table.live.name, column: column.live.name, to: { table: to.live.name, column: key.live.name } }
  if (shared === undefined) {
    // Text that is no key of them says something else of a person: a name, an address.
    if (family(column) === 'text' && column.profile.distinct > 0) return undefined
    const why = 'its name leads to people; no value was there to show it'
    return by === 'values' ? undefined : { ...at, sure: by === 'table' ? 0.75 : 0.6, why }
  }
  const seen = `${shared} of ${values.length} sampled values are keys of ${to.live.name}`
  if (shared >= values.length * (1 - ORPHANS_ALLOWED)) return { ...at, sure: SURE_BY[by], why: seen }
  return shared > 0 && by !== 'values' ? { ...at, sure: 0.55, why: `its name leads to people; ${seen}` } : undefined
}

/** Ids whose kind another column names, where a value of that kind is a table of people. */
export function polymorphicReferences(
  tables: readonly LookedTable[],
  people: readonly LookedTable[],
  wordsOf: (text: string) => readonly string[],
): readonly FoundReference[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const kind = column.isKeyLike ? kindColumnOf(table, column) : undefined
      const to = kind && people.find((one) => kindNames(table, kind, one, wordsOf))
      const key = to && keyOf(to)
      return kind === undefined || to === undefined || key === undefined
        ? []
        : [
            {
              table: table.live.name,
              column: column.live.name,
              to: { table: to.live.name, column: key.live.name },
              sure: 0.75,
              why: `${kind.live.name} says of which table it is, and names ${to.live.name}`,
              kindColumn: kind.live.name,
            },
          ]
    }),
  )
}
