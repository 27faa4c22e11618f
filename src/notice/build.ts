import { entriesOf, valueAt } from '../commitments/block.ts'
import { commitmentKinds } from '../commitments/index.ts'
import { declaredIn } from './declared.ts'
import type { Block, Notice, Section, VersionChanges } from './notice.ts'
import { dataBlocks, readingBlocks, whoBlocks } from './opening-sections.ts'
import { pageText } from './page-words.ts'
import { labelShown } from './phrasebook.ts'
import { purposeBlocks } from './purpose-sections.ts'
import { shortLayer } from './short-layer.ts'
import { folded } from './show-text.ts'
import { speechOf } from './speech.ts'
import { type Proven, statementsOfKind } from './statements.ts'
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
      ...section('data', pageText(words, 'data'), dataBlocks(declared, speech)),
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
