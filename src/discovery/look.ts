import type { LiveColumn, LiveTable, SampledTable } from '../live-schema.ts'
import { nameSays, namesPeople, namesThings } from './name-rules.ts'
import { emptyProfile, type Profile, profilesOf } from './profile.ts'
import { meaningsOf, piecesOf } from './words.ts'

/** A column with all that is known of it before it is classified. */
export interface LookedColumn {
  readonly live: LiveColumn
  /** Meanings of its name, without the prefix that the table's columns share. */
  readonly words: readonly string[]
  readonly profile: Profile
  readonly isText: boolean
  readonly isKeyLike: boolean
  readonly isTime: boolean
}

export interface LookedTable {
  readonly live: LiveTable
  readonly words: readonly string[]
  readonly columns: readonly LookedColumn[]
  /** Its rows are people, to this degree. */
  readonly people: number
  readonly sampled: SampledTable | undefined
}

const TEXT = /^(text|varchar|bpchar|char|citext|name|json|jsonb|xml|bytea|tsvector|hstore|_text|_varchar)$/

/** A first piece that most columns of a table have: `rc_ip`, `rc_title`, `c_mail`. */
function sharedPrefix(columns: readonly LiveColumn[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { name } of columns) {
    const [first, second] = piecesOf(name)
    if (first !== undefined && second !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1)
  }
  const [most] = [...counts].sort((one, other) => other[1] - one[1])
  return most !== undefined && columns.length >= 3 && most[1] >= columns.length * 0.6 ? most[0] : undefined
}

function wordsOf(name: string, prefix: string | undefined): readonly string[] {
  const pieces = piecesOf(name)
  return meaningsOf(prefix !== undefined && pieces.length > 1 && pieces[0] === prefix ? pieces.slice(1) : pieces)
}

/** How far a table's rows are people: by its name, and by what its columns say of themselves. */
function peopleIn(words: readonly string[], columns: readonly LookedColumn[]): number {
  const holds = new Set(
    columns.flatMap(({ words: name, profile, isText }) => {
      const says = nameSays(name)?.category
      const seen = (profile.kinds.get('email') ?? 0) > profile.distinct * 0.6 && profile.distinct > 2 ? ['email'] : []
      if (/^(first|last|real|full|display|given) name/.test(name.join(' '))) seen.push('full-name')
      if (name.join(' ') === 'name' && isText) seen.push('name')
      if (/^(uid|user|account)$/.test(name.join(' ')) && isText) seen.push('login')
      return says === undefined ? seen : [says, ...seen]
    }),
  )
  const named = namesPeople(words)
  const strong = ['email', 'phone', 'date-of-birth', 'national-id', 'credential', 'login'].filter((one) =>
    holds.has(one),
  ).length
  const name = holds.has('full-name') || holds.has('name')
  if (named && (strong > 0 || name)) return 0.95
  if (namesThings(words)) return named ? 0.5 : 0
  if (holds.has('full-name') && strong > 0) return 0.85
  if (holds.has('email') && (holds.has('credential') || holds.has('login') || (name && strong > 1))) return 0.8
  if (holds.has('email') && name && columns.length <= 10) return 0.65
  return named ? 0.5 : holds.has('email') && /^(address|email|sender|subscription)$/.test(words.at(-1) ?? '') ? 0.6 : 0
}

export function lookAtTable(live: LiveTable, sampled: SampledTable | undefined): LookedTable {
  const prefix = sharedPrefix(live.columns)
  const profiles = profilesOf(sampled)
  const words = meaningsOf(piecesOf(live.name.split('.').at(-1) ?? live.name))
  const columns = live.columns.map((column) => ({
    live: column,
    words: wordsOf(column.name, prefix),
    profile: profiles.get(column.name) ?? emptyProfile,
    isText: TEXT.test(column.base) || column.type.startsWith('character'),
    isKeyLike: /^(int[248]|uuid|text|varchar|bpchar|citext|numeric)$/.test(column.base),
    isTime: /^(timestamp|timestamptz|date)$/.test(column.base),
  }))
  return { live, words, columns, people: peopleIn(words, columns), sampled }
}
