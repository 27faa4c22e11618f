import { entriesOf, valueAt } from '../commitments/block.ts'
import { commitmentKinds } from '../commitments/index.ts'
import { type Declared, declaredIn } from './declared.ts'
import type { Block, Notice, Row, Section, VersionChanges } from './notice.ts'
import { pageText } from './page-words.ts'
import { labelShown } from './phrasebook.ts'
import { calledShown, purposeBlocks } from './purpose-sections.ts'
import { shortLayer } from './short-layer.ts'
import { folded, listed, shown } from './show-text.ts'
import { type Speech, speechOf } from './speech.ts'
import { marksOf, type Proven, statementsOfKind } from './statements.ts'
import { dateShown } from './time-words.ts'
import type { Words } from './words.ts'

/** What a notice is made of. */
export interface NoticeInput {
  /** The policy as its file says it, without faults. */
  readonly policy: unknown
  /** Ids of the commitments that a gate carries out (`enforced` of the plan). */
  readonly enforced: ReadonlySet<string>
  /** Ids of those that the status calls kept: a probe looked, and an entry of the evidence says so. Default none. */
  readonly verified?: ReadonlySet<string>
  /** What changed in which version, newest first. Default: the section is left out. */
  readonly history?: readonly VersionChanges[]
}

const controllerRows = ({ controller }: Declared, { words }: Speech): readonly Row[] =>
  Object.entries(words.controller).flatMap(([key, head]) => {
    const value = controller[key]
    if (value === undefined) return []
    const text = key === 'country' ? (words.countries[value] ?? value) : folded(value)
    return [{ head, of: 'controller', cells: [[{ of: 'controller', text }]] }]
  })

const whoBlocks = (declared: Declared, speech: Speech): readonly Block[] => {
  const { words, laws } = speech
  const caption = pageText(words, 'who')
  const rows = declared.law.map((law) => ({ head: laws.phraseOf(law), of: 'law', cells: [] }))
  const own = declared.laws.map(({ name, title, source }) => ({
    head: laws.phraseOf(name),
    of: 'law',
    cells: [
      [{ of: 'law', text: labelShown(name, words) }],
      [{ of: 'law', text: folded(title) }],
      [{ of: 'law', text: folded(source) }],
    ],
  }))
  const laws_: Block[] =
    rows.length === 0
      ? []
      : [
          {
            type: 'paragraph',
            of: 'law',
            text: `${pageText(words, 'laws')}: ${listed(
              rows.map(({ head }) => head),
              words,
            )}.`,
          },
        ]
  const table = (heading: string, columns: readonly string[], of: readonly Row[]): Block[] =>
    of.length === 0 ? [] : [{ type: 'table', caption: heading, columns, rows: of }]
  return [
    ...table(caption, [], controllerRows(declared, speech)),
    ...laws_,
    ...table(
      pageText(words, 'own-laws'),
      [
        pageText(words, 'law-called'),
        pageText(words, 'data-name'),
        pageText(words, 'law-title'),
        pageText(words, 'law-source'),
      ],
      own,
    ),
  ]
}

const dataBlock = ({ data }: Declared, speech: Speech): readonly Block[] => {
  const { words } = speech
  if (data.length === 0) return []
  const columns = ['data-words', 'data-is', 'data-name'].map((key) => pageText(words, key))
  const rows = data.map((category): Row => {
    const of = `data.${category.name}`
    const cell = (text: string) => [{ of, text }]
    return {
      head: calledShown(category, speech),
      of,
      cells: [cell(words.terms[category.is] ?? category.is), cell(labelShown(category.name, words))],
    }
  })
  return [{ type: 'table', caption: pageText(words, 'data-caption'), columns, rows }]
}

const readingBlocks = (policy: unknown, speech: Speech, { enforced, verified }: Proven): readonly Block[] => {
  const { words } = speech
  const ids = commitmentKinds.flatMap(({ key }) => entriesOf(valueAt(policy, key)).map(([name]) => `${key}.${name}`))
  const marks = new Set(ids.flatMap((id) => marksOf(id, { enforced, verified })))
  const unstated = commitmentKinds.filter(({ key }) => entriesOf(valueAt(policy, key)).length === 0)
  const kinds = unstated.map(({ key }) => shown(words.kinds[key]?.heading ?? key, words))
  return [
    ...(['undertaken', 'enforced', 'verified'] as const)
      .filter((mark) => marks.has(mark))
      .map((mark) => ({ type: 'paragraph', of: 'reading', text: pageText(words, `${mark}-means`) }) as const),
    ...(kinds.length === 0
      ? []
      : [
          {
            type: 'paragraph',
            of: 'reading',
            text: pageText(words, 'unstated', { kinds: listed(kinds, words) }),
          } as const,
        ]),
  ]
}

type Change = VersionChanges['changes'][number]

/** What changed, in the language of the notice: the sentence itself, else the commitment's place and name, and how it changed. */
const changeText = ({ text, language, commitment = '', change = 'changed' }: Change, words: Words): string => {
  if (language === undefined || language === words.language) return text
  const dot = commitment.indexOf('.')
  const [kind, name] = dot < 0 ? [commitment, ''] : [commitment.slice(0, dot), commitment.slice(dot + 1)]
  const heading = words.kinds[kind]?.heading ?? words.page[kind === 'controller' ? 'who' : kind] ?? kind
  const label = words.kinds[kind]?.names?.[name] ?? (name === '' ? '' : labelShown(name, words))
  return pageText(words, `changed-${change}`, { place: [heading, label].filter((part) => part !== '').join(' – ') })
}

const historyBlocks = (history: readonly VersionChanges[], words: Words): readonly Block[] => [
  {
    type: 'table',
    caption: pageText(words, 'changed-caption'),
    columns: ['changed-date', 'changed-what', 'changed-effect'].map((key) => pageText(words, key)),
    rows: history.flatMap(({ date, changes }) =>
      changes.map((change) => {
        const { commitment: of = 'changes', effect } = change
        const [what, how] = [folded(changeText(change, words)), pageText(words, effect)]
        return { head: dateShown(date, words), of, cells: [[{ of, text: what }], [{ of, text: how }]] }
      }),
    ),
  },
]

/** The kinds after the purposes: rights first, as people look for them, then all others in the order of the language. */
const kindsInOrder = [
  'rights',
  ...commitmentKinds.map(({ key }) => key).filter((key) => !['purposes', 'rights'].includes(key)),
]

/**
 * The notice of a policy in one language, without a format: every statement carries the id of its commitment, and says
 * that it is undertaken where nothing enforces or verifies it. The same policy and words give the same notice.
 */
export const buildNotice = (
  { policy, enforced, verified = new Set(), history = [] }: NoticeInput,
  words: Words,
): Notice => {
  const declared = declaredIn(policy)
  const speech = speechOf(declared, words)
  const proven: Proven = { enforced, verified }
  const section = (key: string, heading: string, blocks: readonly Block[]): readonly Section[] =>
    blocks.length === 0 ? [] : [{ key, heading, blocks }]
  const headingOf = (kind: string): string => words.kinds[kind]?.heading ?? kind
  const purposes = entriesOf(valueAt(policy, 'purposes'))
  return {
    language: words.language,
    direction: words.direction,
    title: pageText(words, 'title', { name: folded(declared.controller.name ?? '') }),
    skip: pageText(words, 'skip'),
    contents: pageText(words, 'contents'),
    sections: [
      ...section('short', pageText(words, 'short'), [shortLayer(policy, declared, speech)]),
      ...section('reading', pageText(words, 'reading'), readingBlocks(policy, speech, proven)),
      ...section('controller', pageText(words, 'who'), whoBlocks(declared, speech)),
      ...section('data', pageText(words, 'data'), dataBlock(declared, speech)),
      ...section(
        'purposes',
        headingOf('purposes'),
        declared.purposes.flatMap((purpose, index) =>
          purposeBlocks(policy, purpose, purposes[index]?.[1], speech, proven),
        ),
      ),
      ...kindsInOrder.flatMap((kind) => {
        const statements = statementsOfKind(kind, valueAt(policy, kind), speech, proven)
        return section(kind, headingOf(kind), statements.length === 0 ? [] : [{ type: 'statements', statements }])
      }),
      ...section('changed', pageText(words, 'changed'), history.length === 0 ? [] : historyBlocks(history, words)),
    ],
  }
}
