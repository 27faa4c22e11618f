import type { Task } from '../commitments/commitment-kind.ts'
import { pageStyle, states } from './page-style.ts'
import type { SentenceState, SentenceStatus, SentenceTotals } from './sentences.ts'
import { type CommitmentStatus, forAPerson, type StatusSummary } from './status.ts'

export interface Page extends StatusSummary {
  readonly controller: string
  /** Instant of the look. */
  readonly at: string
  /** SHA-256 of the policy. */
  readonly policy: string
  readonly sentences: readonly SentenceStatus[]
  readonly totals: SentenceTotals
}

const words: Readonly<Record<SentenceState, { readonly sign: string; readonly word: string; readonly many: string }>> =
  {
    kept: { sign: '✓', word: 'Kept', many: 'kept' },
    broken: { sign: '✕', word: 'Broken', many: 'broken' },
    task: { sign: '☐', word: 'Task', many: 'for a person to do' },
    unproven: { sign: '?', word: 'Unproven', many: 'unproven' },
    'not-a-promise': { sign: '–', word: 'Not a promise', many: 'that promise nothing' },
  }

/**
 * One page without script or anything from elsewhere: the notice in reading order, each sentence with its state, or the
 * commitments where no document was imported. Every value is escaped. Source: WCAG 2.2 AA.
 */
export function statusPage(page: Page): string {
  const { sentences, totals, counts, controller } = page
  const counted: Readonly<Partial<Record<SentenceState, number>>> = sentences.length > 0 ? totals : counts
  const title = `What ${controller} promises, and how it stands`
  const body = [
    `<h1>${escaped(title)}</h1>`,
    `<p class="shown">As of <time datetime="${page.at}">${instantShown(page.at)}</time>, under the policy ${escaped(page.policy.slice(0, 12))}…. A promise is kept only where something has verified it; what nobody has verified is unproven.</p>`,
    filterLinks(counted),
    ...states.map((state) => onlyShown(state)),
    '<div class="document">',
    ...sectionsOf(sentences),
    commitmentSection(page.commitments, sentences.length > 0),
    '</div>',
  ]
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main id="all">
${body.join('\n')}
</main>
</body>
</html>
`
}

function filterLinks(counted: Readonly<Partial<Record<SentenceState, number>>>): string {
  const all = Object.values(counted).reduce((sum, number) => sum + number, 0)
  const links = states.flatMap((state) => {
    const number = counted[state]
    return number === undefined
      ? []
      : [`<li class="${state}"><a href="#only-${state}"><b>${number}</b> ${words[state].many}</a></li>`]
  })
  return `<nav aria-label="Show only"><ul><li><a href="#all"><b>${all}</b> in all</a></li>${links.join('')}</ul></nav>`
}

function onlyShown(state: SentenceState): string {
  return `<p class="only" id="only-${state}" tabindex="-1">Shown is only what is ${state === 'not-a-promise' ? 'no promise' : words[state].many}. <a href="#all">Show all</a></p>`
}

/** The document's own sections, under its own headings. */
function sectionsOf(sentences: readonly SentenceStatus[]): readonly string[] {
  const sections: { title: string; of: SentenceStatus[]; heading?: SentenceStatus }[] = []
  for (const sentence of sentences) {
    const title = sentence.section.split(' > ')[0] ?? ''
    const last = sections.at(-1)
    if (sentence.heading) sections.push({ title, of: [], heading: sentence })
    else if (last?.title === title) last.of.push(sentence)
    else sections.push({ title, of: [sentence] })
  }
  return sections.map(({ title, of, heading }) => {
    const has = new Set([...of, ...(heading ? [heading] : [])].map(({ state }) => state))
    const id = heading ? ` id="${anchor(heading.id)}"` : ''
    const head = title === '' ? '' : `<h2${id}>${escaped(title)}</h2>`
    const list = of.length === 0 ? '' : `<ul>${of.map(sentenceItem).join('\n')}</ul>`
    return `<section class="${[...has].map((state) => `has-${state}`).join(' ')}">${head}${list}</section>`
  })
}

function sentenceItem(sentence: SentenceStatus): string {
  const { id, text, state, why, commitments, gates, probes, checked, since, evidence, task } = sentence
  const parts = [
    escaped(id),
    ...commitments.map((name) => `<a href="#${anchor(name)}">${escaped(name)}</a>`),
    ...shown({ state, why, gates, probes, checked, since, evidence, task }),
  ]
  return item(
    id,
    state,
    `<p>${stateShown(state)} ${escaped(plain(text))}</p>`,
    state === 'not-a-promise' ? [escaped(id)] : parts,
  )
}

function commitmentSection(commitments: readonly CommitmentStatus[], bySentence: boolean): string {
  const items = commitments.map((one) => {
    const { commitment, status, gate, probe, source } = one
    const parts = shown({
      ...one,
      state: status,
      gates: gate === null ? [] : [gate],
      probes: probe === null ? [] : [probe],
    })
    const from = bySentence
      ? source.map((sentence) => `<a href="#${anchor(sentence)}">${escaped(sentence)}</a>`)
      : source.map(escaped)
    return item(commitment, status, `<p>${stateShown(status)} ${escaped(commitment)}</p>`, [...parts, ...from])
  })
  const has = new Set(commitments.map(({ status }) => `has-${status}`))
  return `<section class="${[...has].join(' ')}"><h2>Commitments of the policy</h2><ul>${items.join('\n')}</ul></section>`
}

function item(id: string, state: SentenceState, text: string, parts: readonly string[]): string {
  return `<li id="${anchor(id)}" class="${state}">${text}<p class="shown">${parts.join(' · ')}</p></li>`
}

const stateShown = (state: SentenceState): string =>
  `<span class="state"><span aria-hidden="true">${words[state].sign}</span> ${words[state].word}:</span>`

type Shown = Pick<SentenceStatus, 'state' | 'why' | 'gates' | 'probes' | 'checked' | 'since' | 'evidence' | 'task'>

/** What shows the state: enforced by, verified by, when, since when, which entry; of a task who has to act by when. */
function shown({ state, why, gates, probes, checked, since, evidence, task }: Shown): readonly string[] {
  return [
    ...(task === null ? [] : [taskShown(task)]),
    ...(task !== null && why === forAPerson ? [] : [escaped(why)]),
    ...(gates.length === 0 ? [] : [`enforced by the gate ${escaped(gates.join(', '))}`]),
    ...(probes.length === 0 ? [] : [`verified by ${escaped(probes.join(', '))}`]),
    ...(checked === null ? [] : [`on ${instantShown(checked)}`]),
    ...(since === null ? [] : [`${words[state].word.toLowerCase()} since ${instantShown(since)}`]),
    ...(evidence === null ? [] : [`entry ${evidence} of the evidence`]),
  ]
}

function taskShown({ owner, due, every, says }: Task): string {
  const parts = [owner ?? 'nobody is named', due && `by ${due}`, every && `every ${every}`, says]
  return escaped(`to do: ${parts.filter((part) => part).join(', ')}`)
}

/** Without the signs of a list item and of emphasis: the page sets both by itself. */
const plain = (text: string): string =>
  text
    .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+/u, '')
    .replaceAll('**', '')
    .replaceAll('__', '')

/** To the minute, in UTC. */
const instantShown = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`

/** An id that a link reaches, whatever stands in a name; two names stay two. */
const anchor = (name: string): string =>
  `s-${name.replace(/[^A-Za-z0-9.-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}_`)}`

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => escapes[sign] ?? sign)
