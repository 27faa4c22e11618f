import { parse } from 'yaml'
import type { JsonValue } from '../base/canonical-json.ts'
import { answerFaults } from '../prose/answer-faults.ts'
import { applyAnswers } from '../prose/answers.ts'
import type { Imported, ImportedSentence } from '../prose/imported.ts'
import { type Disposition, type Label, labels } from '../prose/labels.ts'
import type { Question } from '../prose/questions.ts'
import { type Answer, type Decision, type OnRecord, occurrences, type Review } from '../prose/review.ts'
import { type QueueItem, queueOf } from '../prose/review-queue.ts'
import type { Warning } from '../prose/warnings/find-warnings.ts'
import { Desk, Ended, type Keyboard } from './desk.ts'
import { printable } from './tell/columns.ts'

const dispositions: readonly Disposition[] = ['machine', 'human-task', 'not-a-promise']

/** Asks a person about the queue, then about warnings the law leaves open, then about open questions; answers all decisions on record. */
export async function reviewImport(
  keyboard: Keyboard,
  imported: Imported,
  review: Review,
  on: string,
): Promise<Review> {
  const desk = await Desk.open(keyboard)
  const queue = queueOf(imported, review)
  let { decisions, answers } = review
  desk.say(`${imported.document.name}: ${queue.length} to review, ${imported.questions.length} open questions`)
  try {
    const by = await desk.write('Who decides? A name or id of staff.', decisions.at(-1)?.by ?? '')
    for (const [index, item] of queue.entries()) {
      desk.note(item.says, `${index + 1} of ${queue.length} · ${item.id} · ${item.section}`)
      const decision = await decideReading(desk, item, { by, on })
      if (decision !== undefined) decisions = [...decisions, decision]
    }
    const warnings = openWarnings(imported)
    if (warnings.length > 0 && (await desk.agree(`Decide on warnings that the law leaves open (${warnings.length})?`)))
      for (const warned of warnings) {
        const decision = await decideWarning(desk, warned, { by, on })
        if (decision !== undefined) decisions = [...decisions, decision]
      }
    const open = imported.questions.filter((question) => question.place !== undefined)
    if (open.length > 0 && (await desk.agree(`Answer open questions now (${open.length})?`)))
      for (const question of open) {
        const answer = await answerQuestion(desk, question, { by, on }, imported)
        if (answer !== undefined) answers = [...answers, answer]
      }
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  }
  desk.end('What was decided is written.')
  return { ...review, decisions, answers }
}

type Reading = { readonly label: Label; readonly disposition: Disposition; readonly proposed?: string }

async function decideReading(desk: Desk, item: QueueItem, record: OnRecord): Promise<Decision | undefined> {
  const asRead: Reading = { label: item.label, disposition: item.disposition }
  const readings: { readonly reading: Reading; readonly hint: string }[] = [
    { reading: asRead, hint: `as it was read, sure ${item.sure}` },
    ...(item.formerly === undefined
      ? []
      : [
          {
            reading: {
              label: item.formerly.label ?? item.label,
              disposition: item.formerly.disposition ?? item.disposition,
            },
            hint: `by ${item.formerly.by} on ${item.formerly.on}, before it changed`,
          },
        ]),
    ...item.proposals.map(({ label, disposition, origin, why }) => ({
      reading: { label, disposition, proposed: origin },
      hint: `proposed by ${origin}${why === undefined ? '' : `: ${why}`}`,
    })),
  ]
  const chosen = await desk.choose('How is it read?', [
    ...readings.map(({ reading, hint }, index) => ({
      value: String(index),
      label: `${reading.label}, ${reading.disposition}`,
      hint: printable(hint),
    })),
    { value: 'other', label: 'something else' },
    { value: 'later', label: 'later' },
    { value: 'end', label: 'end the review' },
  ])
  if (chosen === 'end') throw new Ended()
  if (chosen === 'later') return undefined
  const reading = chosen === 'other' ? await otherReading(desk) : (readings[Number(chosen)]?.reading ?? asRead)
  const why = await desk.write('Why? May stay empty.', '', true)
  return {
    text: item.text,
    occurrence: item.occurrence,
    says: item.says.slice(0, 1000),
    ...reading,
    ...record,
    ...(why === '' ? {} : { why }),
  }
}

async function otherReading(desk: Desk): Promise<Reading> {
  const label = await desk.choose(
    'What is it about?',
    labels.map((value) => ({ value })),
  )
  const disposition = await desk.choose(
    'Who can keep it?',
    dispositions.map((value) => ({ value })),
  )
  return { label: label as Label, disposition: disposition as Disposition }
}

interface Warned {
  readonly sentence: ImportedSentence
  readonly text: string
  readonly occurrence: number
  readonly warning: Warning
}

/** Warnings on sentences about which a named person may decide otherwise. */
function openWarnings({ sentences }: Imported): Warned[] {
  const keys = occurrences(sentences.map((sentence) => sentence.text))
  return sentences.flatMap((sentence, index) => {
    const key = keys[index]
    if (key === undefined) return []
    return sentence.warnings.filter((warning) => !warning.forbidden).map((warning) => ({ sentence, ...key, warning }))
  })
}

async function decideWarning(desk: Desk, warned: Warned, record: OnRecord): Promise<Decision | undefined> {
  const { sentence, warning, text, occurrence } = warned
  desk.note(sentence.text, `${sentence.id} · ${warning.code}`)
  const chosen = await desk.choose(`${warning.what} (${warning.source})`, [
    { value: 'stands', label: warning.stricter, hint: 'the stricter reading stands' },
    { value: 'otherwise', label: 'decide otherwise, with a reason' },
    { value: 'end', label: 'end the review' },
  ])
  if (chosen === 'end') throw new Ended()
  if (chosen === 'stands') return undefined
  const why = await desk.write('Why?', '')
  return { text, occurrence, says: sentence.text.slice(0, 1000), accepts: [warning.code], ...record, why }
}

/** Asks until the answer fits its place, or is put off. */
async function answerQuestion(
  desk: Desk,
  question: Question,
  record: OnRecord,
  imported: Imported,
): Promise<Answer | undefined> {
  const { place = '', asks, proposes, takes = [], source } = question
  const words = takes.length === 0 ? '' : ` [${takes.join(', ')}]`
  const chosen = await desk.choose(`${place}: ${asks}${words} (${source})`, [
    ...(proposes === undefined || readYaml(proposes) === undefined
      ? []
      : [{ value: 'proposed', label: proposes, hint: 'as proposed' }]),
    { value: 'own', label: 'another answer' },
    { value: 'later', label: 'later' },
    { value: 'end', label: 'end the review' },
  ])
  if (chosen === 'end') throw new Ended()
  if (chosen === 'later') return undefined
  const written = chosen === 'proposed' ? (proposes ?? '') : await desk.write('As it shall stand in kept.yaml:', '')
  const value = readYaml(written)
  if (value === undefined) return undefined
  const answered = applyAnswers(imported.draft, [{ at: place, value, ...record }]).draft
  const [unfit] = answerFaults({ ...imported, draft: answered }, [{ at: place, value, ...record }], place)
  if (unfit !== undefined) {
    desk.note(`${unfit.what}: ${unfit.mend}`, place)
    return answerQuestion(desk, question, record, imported)
  }
  const why = await desk.write('Why? May stay empty.', '', true)
  return { at: place, value, ...record, ...(why === '' ? {} : { why }) }
}

/** A value as a policy file writes it; undefined for what is none. */
function readYaml(text: string): JsonValue | undefined {
  try {
    const value: unknown = parse(text, { maxAliasCount: 0 })
    return value === undefined || value === null ? undefined : (JSON.parse(JSON.stringify(value)) as JsonValue)
  } catch {
    return undefined
  }
}
