import type { Plan } from '../../policy/plan.ts'
import type { Particular, ProcessingRecord } from './record.ts'
import type { RecordWords } from './words.ts'

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const safe = (text: string): string => text.replace(/[&<>"']/g, (letter) => escaped[letter] ?? letter)

// Black on white, one column below 30 em: readable on a telephone and on paper; what is missing is told by words too.
const style = `body{font:1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:60rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere;hyphens:auto}
table{border-collapse:collapse;width:100%;margin:0 0 2rem}caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:left;vertical-align:top}th{width:14rem;font-weight:600}
ul{margin:0;padding-left:1.2rem}.missing{color:#8a1c00;font-weight:600}@media(max-width:30rem){th,td{display:block;width:auto;border-bottom:0}tr{display:block;border-bottom:1px solid #767676}}
@media print{body{max-width:none;padding:0}tr{break-inside:avoid}}`

const value = ({ said, missing }: Particular): string => {
  const items = [...said.map(safe), ...missing.map((what) => `<span class="missing">${safe(what)}</span>`)]
  return items.length === 1 ? (items[0] ?? '') : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`
}

const table = (caption: string, particulars: readonly Particular[], words: RecordWords): string => {
  const rows = particulars.map(
    (one) => `<tr><th scope="row">${safe(words.headings[one.heading])}</th><td>${value(one)}</td></tr>`,
  )
  return `<table><caption>${safe(caption)}</caption><tbody>\n${rows.join('\n')}\n</tbody></table>`
}

/** The records as one page: no script, nothing fetched, readable by ear, on paper and at 320 px. */
export const recordHtml = (records: readonly ProcessingRecord[], plan: Plan, words: RecordWords): string => {
  const titleOf = ({ by }: ProcessingRecord) => (by === 'controller' ? words.title : words.processorTitle)
  const missing = records
    .flatMap((record) => [...record.particulars, ...record.activities.flatMap(({ particulars }) => particulars)])
    .reduce((sum, one) => sum + one.missing.length, 0)
  const version = plan.changes.find(([, entry]) => entry.is === 'version')?.[1].date
  const sections = records.map(
    (record) => `<section>
<h2>${safe(titleOf(record))}</h2>
${table(words.headings[record.by], record.particulars, words)}
${record.activities.map(({ name, particulars }) => table(`${words.headings.activity}: ${name}`, particulars, words)).join('\n')}
</section>`,
  )
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(words.title)}: ${safe(plan.controller.name)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${safe(plan.controller.name)}</h1>
<p>${words.policy}: <code>${plan.sha256}</code>${version === undefined ? '' : `. ${words.version} ${safe(version)}`}</p>
<p>${safe(words.missingCount(missing))}</p>
${sections.join('\n')}
</main>
</body>
</html>
`
}
