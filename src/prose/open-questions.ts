import type { JsonValue } from '../base/canonical-json.ts'
import { sha256Hex } from '../base/hash.ts'
import { isOpen, readOpen } from '../commitments/statement.ts'
import { groundOf } from '../commitments/transfers/grounds.ts'
import { laws } from '../language/laws.ts'
import { pathText } from '../policy/place.ts'
import { wordsAt } from '../policy/schema-shape.ts'
import { policyVocabulary } from '../policy/vocabulary.ts'
import type { Question } from './questions.ts'

/** A value of the draft that still asks, and where it stands: a policy path such as `retention.tickets.keep`. */
export interface OpenValue {
  readonly place: string
  readonly path: readonly (string | number)[]
  /** The value itself. */
  readonly value: string
}

/** Every open value of a draft, in its order: each is one fault of `kept check`. */
export function openValues(value: JsonValue, path: readonly (string | number)[] = []): OpenValue[] {
  if (isOpen(value)) return [{ place: pathText(path), path, value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    openValues(inner as JsonValue, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

/** All that is open and unanswered: the questions of the sentences, and those of keys that law or form need and no sentence says. */
export function allQuestions(policy: { readonly [key: string]: JsonValue }, asked: readonly Question[]): Question[] {
  const open = openValues(policy)
  const places = new Map(open.map(({ place, path }) => [place, path]))
  const waiting = asked.filter((question) => question.place === undefined || places.has(question.place))
  const placed = new Set(waiting.map((question) => question.place))
  const further = open
    .filter(({ place }) => !placed.has(place))
    .map(({ place, path, value }): Question => {
      const { asks, proposes, source, verified = false } = readOpen(value)
      const code = `open.${[path[0], path.findLast((step) => typeof step === 'string')].join('.')}`
      return {
        id: sha256Hex(`${code}\n${place}`).slice(0, 12),
        code,
        sentence: sentenceOf(policy, path),
        place,
        words: '',
        asks,
        ...(proposes === undefined ? {} : { proposes }),
        source: source === undefined ? 'the text itself' : `${source}${verified ? '' : ' (unverified)'}`,
        verified: source === undefined || verified,
      }
    })
  return [...waiting, ...further].map((question) => {
    const takes = takenAt(places.get(question.place ?? ''))
    return takes.length === 0 ? question : { ...question, takes }
  })
}

/** What may stand at a place of the draft; laws are named, though a policy may declare its own. */
function takenAt(path: readonly (string | number)[] | undefined): readonly string[] {
  if (path === undefined) return []
  if (path.length === 1 && path[0] === 'law') return Object.keys(laws).filter((law) => /gdpr|fadp|us-/u.test(law))
  // A ground that is void is a word of the language, and no answer.
  return wordsAt(policyVocabulary, path).filter((word) => groundOf(word)?.until === undefined)
}

/** The first sentence that the commitment of a path names as its source; 0 for none. */
function sentenceOf(policy: { readonly [key: string]: JsonValue }, path: readonly (string | number)[]): number {
  const [kind = '', name = ''] = path
  const entry = valueAt(valueAt(policy, kind), name)
  const first = [valueAt(entry, 'source')].flat()[0]
  return Number(/#(\d+)$/u.exec(typeof first === 'string' ? first : '')?.[1] ?? 0)
}

function valueAt(value: JsonValue | undefined, key: string | number): JsonValue | undefined {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: JsonValue })[key] : undefined
}
