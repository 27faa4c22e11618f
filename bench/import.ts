/** Scores the prose import against labelled policies, and measures time and memory, each policy in a fresh process. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importDocument } from '../src/prose/import-document.ts'
import type { Imported } from '../src/prose/imported.ts'
import { type Labelled, macroF1, type Pair, readLabels, scoreSlots, slotScore, type Tally } from './import-score.ts'

const SHARED = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'shared')
const LABELLED = ['kerio', 'kayako', 'zimbra']
/** Its sentences were not read for the rules, only its totals were seen: what it scores is what another company's policy may expect. */
const HELD_OUT = 'zimbra'
const UNLABELLED = ['kaseya', 'open-xchange']
const SLOTS = ['data', 'purposes', 'recipients'] as const

interface Score {
  readonly boundaries: readonly [number, number]
  readonly dispositions: readonly Pair[]
  readonly labels: readonly Pair[]
  readonly slots: Readonly<Record<(typeof SLOTS)[number], Tally>>
}

const child = process.argv[2] === '--one' ? process.argv[3] : undefined
if (child !== undefined) {
  const source = readFileSync(join(SHARED, 'policies', `${child}.txt`), 'utf8')
  const start = performance.now()
  const imported = importDocument(source, { name: `${child}.txt` })
  const seconds = (performance.now() - start) / 1000
  console.log(
    JSON.stringify({
      seconds,
      megabytes: process.resourceUsage().maxRSS / 1024,
      coverage: imported.coverage,
      words: imported.document.words,
    }),
  )
} else if (!existsSync(join(SHARED, 'labels'))) {
  console.log('bench:import skipped: the labelled policies (../shared/labels) are not here')
} else {
  main()
}

function main(): void {
  console.log(
    'policy         boundaries  disposition  label  data  purposes  recipients  seconds  RSS MB  quoted   bound unbound open review',
  )
  const scores: Score[] = []
  for (const name of [...LABELLED, ...UNLABELLED]) {
    const source = readFileSync(join(SHARED, 'policies', `${name}.txt`), 'utf8')
    const imported = importDocument(source, { name: `${name}.txt` })
    const file = join(SHARED, 'labels', `${name}.jsonl`)
    const score = existsSync(file) ? scoreOf(imported, readLabels(readFileSync(file, 'utf8'))) : undefined
    if (score !== undefined) scores.push(score)
    const run = measured(name)
    const quality = score === undefined ? ' '.repeat(57) : line(score)
    const { coverage, document } = imported
    const quoted = (coverage.quotedWords / document.words).toFixed(4)
    const end = [coverage.bound, coverage.unbound, coverage.questions, coverage.review]
      .map((value) => String(value).padStart(5))
      .join('  ')
    console.log(
      `${(name === HELD_OUT ? `${name} (held out)` : name).padEnd(17)}${quality}  ${run.seconds.toFixed(2).padStart(7)}  ${run.megabytes.toFixed(0).padStart(6)}  ${quoted}  ${end}`,
    )
  }
  console.log(`${'all labelled'.padEnd(17)}${line(together(scores))}`)
  console.log(
    'label: macro-F1 over labels with at least three sentences; slots: token-F1; boundaries: sentences of the labels met exactly',
  )
}

function measured(name: string): { readonly seconds: number; readonly megabytes: number } {
  const runs = [0, 1, 2].map(
    () =>
      JSON.parse(
        execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--one', name], { encoding: 'utf8' }),
      ) as { seconds: number; megabytes: number },
  )
  const [, median] = runs.sort((left, right) => left.seconds - right.seconds)
  return median ?? { seconds: Number.NaN, megabytes: Number.NaN }
}

function scoreOf(imported: Imported, truth: readonly Labelled[]): Score {
  const fold = (text: string): string => text.replace(/\s+/gu, ' ').trim()
  const byText = new Map<string, number[]>()
  for (const [index, sentence] of imported.sentences.entries())
    byText.set(fold(sentence.text), [...(byText.get(fold(sentence.text)) ?? []), index])
  const dispositions: Pair[] = []
  const labels: Pair[] = []
  const slots = { data: scoreSlots(), purposes: scoreSlots(), recipients: scoreSlots() }
  let exact = 0
  for (const each of truth) {
    const index = byText.get(fold(each.quote))?.shift()
    const found = index === undefined ? undefined : imported.sentences[index]
    if (found !== undefined) exact += 1
    dispositions.push([each.enforceable, found?.disposition ?? 'missed'])
    labels.push([each.kind, found?.label ?? 'missed'])
    for (const slot of SLOTS) slots[slot].add(each[slot], found?.slots[slot].map((value) => value.name) ?? [])
  }
  return {
    boundaries: [exact, truth.length],
    dispositions,
    labels,
    slots: { data: slots.data.tally, purposes: slots.purposes.tally, recipients: slots.recipients.tally },
  }
}

function together(scores: readonly Score[]): Score {
  const sum = (slot: (typeof SLOTS)[number]): Tally =>
    scores.reduce(
      (all, score) => ({
        met: all.met + score.slots[slot].met,
        said: all.said + score.slots[slot].said,
        true: all.true + score.slots[slot].true,
      }),
      { met: 0, said: 0, true: 0 },
    )
  return {
    boundaries: [
      scores.reduce((all, score) => all + score.boundaries[0], 0),
      scores.reduce((all, score) => all + score.boundaries[1], 0),
    ],
    dispositions: scores.flatMap((score) => score.dispositions),
    labels: scores.flatMap((score) => score.labels),
    slots: { data: sum('data'), purposes: sum('purposes'), recipients: sum('recipients') },
  }
}

function line(score: Score): string {
  const [exact, all] = score.boundaries
  const shown = [
    exact / all,
    macroF1(score.dispositions, 1),
    macroF1(score.labels, 3),
    slotScore(score.slots.data),
    slotScore(score.slots.purposes),
    slotScore(score.slots.recipients),
  ]
  const widths = [8, 12, 7, 6, 9, 11]
  return shown.map((value, index) => value.toFixed(3).padStart(widths[index] ?? 8)).join(' ')
}
