import type { Imported } from '../../prose/imported.ts'
import type { Question } from '../../prose/questions.ts'
import type { QueueItem } from '../../prose/review-queue.ts'
import type { FoundDifference } from '../../prose/warnings/between.ts'
import type { Warning } from '../../prose/warnings/find-warnings.ts'
import { columns, count, printable } from './columns.ts'

/** All that a run of `kept import` tells. */
export interface ImportTold {
  readonly imported: Imported
  /** Differences to the policies named by --with. */
  readonly between: readonly FoundDifference[]
  /** Shown in full where a review was asked for. */
  readonly queue?: readonly QueueItem[]
  readonly notices: readonly string[]
  readonly moved: readonly { readonly from: string; readonly to: string | undefined }[]
  readonly written: readonly string[]
}

/** What was imported, as people read it: what is open first, then what does not hold, then what waits for a reviewer. */
export function importText(told: ImportTold): string {
  const { imported, between, queue, notices, moved, written } = told
  const { document, sentences, coverage, questions } = imported
  const by = (disposition: string) => sentences.filter((sentence) => sentence.disposition === disposition).length
  const unbound = sentences.filter((one) => one.unbound !== undefined)
  const parts = [
    part('Unbound:', columns(unbound.map((one) => [`  ${one.id}`, one.unbound ?? '']))),
    part(
      'Open questions (the draft asks them; kept check refuses it until they are answered):',
      columns(
        questions.map((one) => [`  ${one.place ?? idOf(document.name, one.sentence)}`, `${one.asks}${takes(one)}`]),
      ),
    ),
    part('Contradictions, the stricter reading first:', contradictionLines(imported)),
    part('Between policies, the stricter reading first:', between.flatMap(differenceLines)),
    part('Warnings:', warningLines(imported)),
    part('Decided otherwise, on record:', acceptedLines(imported)),
    part('Decisions that find nothing to decide in this text:', staleLines(imported)),
    queue === undefined ? waiting(coverage.review) : part('For review:', queue.flatMap(queueLines)),
    part(
      'Sentences that moved; sources of the policy that name them have to follow:',
      columns(moved.map(({ from, to }) => [`  ${from}`, to === undefined ? 'is gone' : `is now ${to}`])),
    ),
    part(
      'Notices:',
      notices.map((notice) => `  ${printable(notice)}`),
    ),
  ]
  return [
    `${document.name}: ${count(document.words, 'word')}, ${count(sentences.length, 'sentence')}, all accounted for.`,
    `  ${by('machine')} that software can keep and show, ${by('human-task')} that need a person, ${by('not-a-promise')} that promise nothing`,
    `  ${coverage.bound} bound to commitments of the draft, ${coverage.unbound} unbound`,
    ...parts.flat(),
    ...written.map((path) => `\nWritten: ${path}`),
    '',
  ].join('\n')
}

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines]

const waiting = (sentences: number): readonly string[] =>
  sentences === 0 ? [] : ['', `${count(sentences, 'sentence')} for review: kept import … --review`]

/** The words that an answer may be, where the question does not list them itself. */
const takes = ({ asks, takes: words = [] }: Question): string => {
  const unsaid = words.filter((word) => !asks.includes(word))
  return unsaid.length === 0 ? '' : ` [${words.join(', ')}]`
}

const idOf = (document: string, sentence: number): string => (sentence === 0 ? document : `${document}#${sentence}`)

const refusals = {
  forbidden: ' (a decision on record does not count: the law forbids it)',
  'no-reason': ' (a decision on record does not count: it gives no reason)',
}
const refusalOf = ({ refused }: { readonly refused?: 'forbidden' | 'no-reason' }): string =>
  refused === undefined ? '' : refusals[refused]

function contradictionLines({ document, sentences }: Imported): string[] {
  const seen = new Set<string>()
  return sentences.flatMap((sentence) =>
    sentence.warnings.flatMap((warning) => {
      if (warning.against === undefined || seen.has(warning.code)) return []
      seen.add(warning.code)
      return [
        `  ${warning.code}  ${sentence.id} against ${document.name}#${warning.against}${refusalOf(warning)}`,
        `    ${warning.stricter}`,
        `    ${warning.what} (${warning.source})`,
      ]
    }),
  )
}

function differenceLines({ code, stricter, source, sides, accepted, refused }: FoundDifference): string[] {
  const record =
    accepted === undefined ? '' : ` (decided otherwise by ${accepted.by} on ${accepted.on}: ${accepted.why})`
  return [
    `  ${code}${printable(record)}${refusalOf(refused === undefined ? {} : { refused })}`,
    `    ${stricter} (${source})`,
    ...columns(sides.map((side) => [`    ${side.takes}:`, side.sentences.join(', ')])),
  ]
}

function warningLines({ document, sentences, warnings }: Imported): string[] {
  const row = (at: string, warning: Warning): string[] => [
    `  ${at}`,
    warning.code,
    `${warning.what}${refusalOf(warning)}`,
  ]
  return columns([
    ...sentences.flatMap((sentence) =>
      sentence.warnings.filter((warning) => warning.against === undefined).map((warning) => row(sentence.id, warning)),
    ),
    ...warnings.map((warning) => row(document.name, warning)),
  ])
}

function acceptedLines({ document, sentences, accepted }: Imported): string[] {
  const all = [
    ...sentences.flatMap((sentence) => sentence.accepted.map((each) => ({ at: sentence.id, ...each }))),
    ...accepted.map((each) => ({ at: document.name, ...each })),
  ]
  return columns(all.map(({ at, code, by, on, why }) => [`  ${at}`, code, `by ${by} on ${on}: ${why ?? ''}`]))
}

function staleLines({ stale }: Imported): string[] {
  return columns([
    ...stale.decisions.map(({ by, on, says = '' }) => [`  by ${by} on ${on}`, says.slice(0, 80)]),
    ...stale.answers.map(({ by, on, at }) => [`  by ${by} on ${on}`, `an answer at ${at}, where nothing is asked`]),
  ])
}

function queueLines({ id, reason, says, label, disposition, sure, formerly, proposals }: QueueItem): string[] {
  const why = reason === 'changed' ? 'it changed since it was decided on' : `sure ${sure}`
  return [
    `  ${id}  ${printable(says.slice(0, 160))}`,
    `    read as ${label}, ${disposition} (${why})`,
    ...(formerly === undefined
      ? []
      : [
          `    before: ${formerly.label ?? '–'}, ${formerly.disposition ?? '–'}, by ${printable(formerly.by)} on ${printable(formerly.on)}`,
        ]),
    ...proposals.map(
      (each) =>
        `    ${printable(each.origin)} proposes ${each.label}, ${each.disposition}${each.why === undefined ? '' : `: ${printable(each.why)}`}`,
    ),
  ]
}
