import type { SentenceStatus, SentenceTotals } from '../../status/sentences.ts'
import type { CommitmentStatus, StatusSummary } from '../../status/status.ts'
import { columns, count } from './columns.ts'

interface Told extends StatusSummary {
  readonly sentences: readonly SentenceStatus[]
  readonly totals: SentenceTotals
}

const MOST_CHARACTERS = 48

/** By sentence where a document was imported, else by commitment; what promises nothing is only counted. */
export function statusText({ sentences, totals, commitments, counts }: Told, page: string | undefined): string {
  const written = page === undefined ? '' : `Written: ${page}\n`
  if (sentences.length === 0) return `${commitmentLines(commitments)}\n\n${totalLine(counts)}\n${written}`
  const lines = columns(
    sentences
      .filter(({ state }) => state !== 'not-a-promise')
      .map((sentence) => [
        sentence.state,
        sentence.id,
        clip(sentence.text),
        firstOf(sentence.commitments),
        shownBy(sentence),
      ]),
  )
  const promised = sentences.length - totals['not-a-promise']
  return [
    ...lines,
    '',
    `${count(sentences.length, 'sentence')}, ${promised} that promise something: ${totalLine(totals)}`,
    `${count(commitments.length, 'commitment')}: ${totalLine(counts)}`,
    written,
  ].join('\n')
}

function commitmentLines(commitments: readonly CommitmentStatus[]): string {
  return columns(
    commitments.map(({ commitment, status, why, evidence }) => [
      status,
      commitment,
      why,
      evidence === null ? '' : `entry ${evidence}`,
    ]),
  ).join('\n')
}

function totalLine({ kept, broken, unproven, task }: StatusSummary['counts']): string {
  return `${kept} kept, ${broken} broken, ${unproven} unproven, ${task} for a person to do`
}

/** Who has to act by when, or what enforces and verified it. */
function shownBy({ state, why, task, gates, probes, checked, evidence }: SentenceStatus): string {
  const parts =
    state === 'task'
      ? [task?.owner, task?.due && `by ${task.due}`, task?.every && `every ${task.every}`]
      : [
          state === 'kept' ? undefined : why,
          gates.length > 0 && `gate ${gates.join(', ')}`,
          probes.length > 0 && `probe ${probes.join(', ')}`,
          checked?.slice(0, 10),
        ]
  return [...parts, evidence !== null && `entry ${evidence}`].filter((part) => part).join('; ')
}

function firstOf([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} +${others.length}`
}

function clip(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1).trimEnd()}…`
}
