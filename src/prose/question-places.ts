import type { JsonValue } from '../base/canonical-json.ts'
import { isDraftedKind, readers } from '../commitments/prose-readers.ts'
import { type DraftEntry, isOpen, open, type Reader } from '../commitments/statement.ts'
import { pathText } from '../policy/place.ts'
import type { Blocks } from './draft.ts'
import type { Question } from './questions.ts'

/** Keys of a commitment at which a question stands, by its code; where none fits, the wording itself asks. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  'open.retention-term': ['keep'],
  'open.hold': ['keep'],
  'open.answer-term': ['within'],
  'open.dangling-term': ['within'],
  'open.notice-lead': ['lead'],
  'open.how-often': ['most'],
  'open.age-table': ['ages'],
  'open.fee': ['amount'],
  'open.list': ['is', 'data', 'of', 'for', 'to'],
  'open.clause-set': ['ground'],
  'open.dangling-reference': ['at'],
  'open.dangling-contact': ['at'],
  'open.closed-list': ['contract'],
}

/** Puts each question of the sentences where its answer belongs in the draft, so that `kept check` reports it there. */
export function placeQuestions(
  blocks: Blocks,
  bound: ReadonlyMap<number, readonly string[]>,
  questions: readonly Question[],
): readonly Question[] {
  const taken = new Set<string>()
  return questions.map((question) => {
    const places = placesOf(blocks, bound.get(question.sentence) ?? [], question)
    const spot = places.find((each) => !taken.has(each.place)) ?? places.at(-1)
    if (spot === undefined) return question
    const { entry, key } = spot
    const shared = taken.has(spot.place)
    taken.add(spot.place)
    spot.block.set(spot.name, { ...entry, [key]: asking(entry[key], question, shared) })
    const listed = Array.isArray(entry[key])
    return { ...question, place: listed ? `${spot.place}[${(entry[key] as JsonValue[]).length}]` : spot.place }
  })
}

interface Spot {
  readonly block: Map<string, DraftEntry>
  readonly name: string
  readonly entry: DraftEntry
  readonly key: string
  readonly place: string
}

function placesOf(blocks: Blocks, ids: readonly string[], question: Question): Spot[] {
  return ids.flatMap((id) => {
    const [kind = '', name = ''] = id.split('.')
    const block = isDraftedKind(kind) ? blocks.get(kind) : undefined
    const entry = block?.get(name)
    if (!isDraftedKind(kind) || block === undefined || entry === undefined) return []
    const reader: Reader = readers[kind]
    const { takes } = reader.keys(name, entry.is)
    // A phrase without an end closes no purpose: what it is has to be said. Elsewhere "is" tells the form.
    const keys = (keysOf[question.code] ?? []).filter(
      (key) => takes.includes(key) && (key !== 'is' || kind === 'purposes'),
    )
    const fits = keys.filter((key) => canAsk(entry[key], question, key))
    const words = entry.words === undefined || isOpen(entry.words) ? ['words'] : []
    return [...fits, ...words].map((key) => ({ block, name, entry, key, place: pathText([kind, name, key]) }))
  })
}

/** What stands already is not asked away: lists without an end get one more item that asks. */
function canAsk(value: JsonValue | undefined, question: Question, key: string): boolean {
  if (value === undefined || isOpen(value) || key === 'is') return true
  return Array.isArray(value) && question.code === 'open.list'
}

function asking(value: JsonValue | undefined, question: Question, shared: boolean): JsonValue {
  const asked = open({
    ...question,
    source: question.source.replace(/ \(unverified\)$/u, ''),
    verified: question.verified,
  })
  if (shared && isOpen(value)) return `${value} Also: ${asked.slice('OPEN: '.length)}`
  return Array.isArray(value) ? [...value, asked] : asked
}
