import { entriesOf, valueAt } from '../commitments/block.ts'
import { listOf } from '../language/terms.ts'
import type { Category } from './declared.ts'
import { fieldsFor } from './entry-fields.ts'
import type { Block, Part, Row } from './notice.ts'
import { pageText } from './page-words.ts'
import { labelShown, phrasesListed } from './phrasebook.ts'
import { listed, shown, translated } from './show-text.ts'
import { type Scalar, type Speech, sayValues } from './speech.ts'
import { type Proven, statementsOf } from './statements.ts'

const names = (value: unknown): readonly string[] => listOf(value).filter((each) => typeof each === 'string')

const namesAt = (entry: unknown, key: string): readonly string[] => names(valueAt(entry, key))

/** A value of a field in the words of its kind. */
const said = (kind: string, key: string, values: readonly Scalar[], speech: Speech): string => {
  const field = fieldsFor(kind, '').find((each) => each.key === key)
  return field === undefined ? '' : sayValues(values, field, kind, speech)
}

/** Whom an entry of disclosure names, else what it says of itself; none for what never happens. */
export const recipientPart = (name: string, entry: unknown, speech: Speech): readonly Part[] => {
  const is = String(valueAt(entry, 'is'))
  if (valueAt(entry, 'never') === true || is === 'bar') return []
  const to = namesAt(entry, 'to')
  const sentence = speech.words.kinds.disclosure?.says[`is=${is}`]?.replace(/\.$/u, '') ?? is
  return [
    {
      of: `disclosure.${name}`,
      text:
        to.length === 0
          ? sentence
          : listed(
              to.map((one) => translated(one, speech.words)),
              speech.words,
            ),
    },
  ]
}

const serving = (policy: unknown, kind: string, purpose: string) =>
  entriesOf(valueAt(policy, kind)).filter(([, entry]) => namesAt(entry, 'for').includes(purpose))

const recipients = (policy: unknown, purpose: string, speech: Speech): readonly Part[] =>
  serving(policy, 'disclosure', purpose).flatMap(([name, entry]) => recipientPart(name, entry, speech))

const places = (policy: unknown, purpose: string, speech: Speech): readonly Part[] => [
  ...serving(policy, 'collection', purpose).map(([name]) => ({
    of: `collection.${name}`,
    text: pageText(speech.words, 'collected', { names: labelShown(name, speech.words) }),
  })),
  ...serving(policy, 'disclosure', purpose).flatMap(([name, entry]) => {
    const countries = namesAt(entry, 'countries')
    const [part] = recipientPart(name, entry, speech)
    if (countries.length === 0 || part === undefined) return []
    const values = { countries: said('disclosure', 'countries', countries, speech), names: part.text }
    return [{ of: part.of, text: pageText(speech.words, 'countries', values) }]
  }),
]

const terms = (policy: unknown, purpose: string, uses: readonly string[], speech: Speech): readonly Part[] =>
  entriesOf(valueAt(policy, 'retention')).flatMap(([name, entry]) => {
    const only = namesAt(entry, 'for')
    const data = namesAt(entry, 'data').filter((each) => uses.includes(each))
    if (data.length === 0 || (only.length > 0 && !only.includes(purpose))) return []
    const keep = said('retention', 'keep', [String(valueAt(entry, 'keep'))], speech)
    return [
      {
        of: `retention.${name}`,
        text: pageText(speech.words, 'kept', { data: phrasesListed(data, speech.data, speech.words), keep }),
      },
    ]
  })

/** How a category or purpose is called: the author's words, quoted where they are those of the vocabulary. */
export const calledShown = ({ is, words: own }: Category, { words }: Speech): string => {
  const term = words.terms[is] ?? is
  return own === undefined ? term : shown(own, words, (plain) => plain === term)
}

const orElse = (parts: readonly Part[], of: string, text: string): readonly Part[] =>
  parts.length > 0 ? parts : [{ of, text }]

/** The heading, table and further statements of one purpose. What others say of it is gathered with their ids. */
export const purposeBlocks = (
  policy: unknown,
  purpose: Category,
  entry: unknown,
  speech: Speech,
  proven: Proven,
): readonly Block[] => {
  const { words } = speech
  const of = `purposes.${purpose.name}`
  const uses = namesAt(entry, 'uses')
  const plain = (text: string): Part => ({ of, text })
  const row = (key: string, parts: readonly Part[]): Row => ({ head: pageText(words, key), of, cells: [parts] })
  const text = (key: string): string => pageText(words, key)
  const bases = namesAt(entry, 'basis').map((basis) => plain(words.terms[basis] ?? basis))
  return [
    { type: 'heading', text: labelShown(purpose.name, words), anchor: of },
    {
      type: 'table',
      caption: pageText(words, 'purpose-caption', { name: labelShown(purpose.name, words) }),
      columns: [],
      rows: [
        row('purpose-why', [plain(calledShown(purpose, speech))]),
        ...(purpose.words === undefined ? [] : [row('purpose-is', [plain(words.terms[purpose.is] ?? purpose.is)])]),
        row(
          'purpose-uses',
          orElse(
            uses.map((name) => plain(speech.data.phraseOf(name))),
            of,
            words.list.none,
          ),
        ),
        row('purpose-basis', orElse(bases, of, text('no-basis'))),
        row('purpose-recipients', orElse(recipients(policy, purpose.name, speech), of, text('nobody'))),
        row('purpose-where', orElse(places(policy, purpose.name, speech), of, text('no-where'))),
        row('purpose-keep', orElse(terms(policy, purpose.name, uses, speech), of, text('no-keep'))),
      ],
    },
    { type: 'statements', statements: statementsOf('purposes', purpose.name, entry, speech, proven) },
  ]
}
