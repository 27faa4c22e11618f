import type { Explanation, PurposeWords } from './explain.ts'
import { plain } from './explain.ts'
import { escaped, link, STYLES } from './html.ts'

/** One table as the page shows it: its first rows, and where all of them lie. */
export interface PageTable {
  readonly store: string
  readonly table: string
  readonly purposes: readonly string[]
  readonly rows: number
  readonly columns: readonly { readonly name: string; readonly category?: string }[]
  readonly head: readonly Record<string, unknown>[]
  readonly others: 'redacted' | 'kept' | 'none'
  readonly files: readonly string[]
  readonly json: string
  readonly csv: string
}

const MOST_LETTERS = 600
const MOST_FILES = 50

const OTHERS = {
  redacted: 'Names and addresses of other people in these rows are replaced; the rows are shared with them.',
  kept: 'Other people’s words in these rows are left as they are, as the policy declares.',
  none: '',
} as const

/** The one readable page of an export: by purpose, with all that must be told about each category. No script. */
export function pageText(explanation: Explanation, tables: readonly PageTable[], made: Date): string {
  const sections = explanation.purposes
    .map((purpose) => ({ purpose, tables: tables.filter((table) => table.purposes.includes(purpose.purpose)) }))
    .filter((section) => section.tables.length > 0)
  const placed = new Set(sections.flatMap((section) => section.tables))
  const rest = tables.filter((table) => !placed.has(table))
  const shown = new Set<PageTable>()
  const body = [
    `<h1>Your data at ${escaped(explanation.controller)}</h1>`,
    `<p>Copied on <time datetime="${made.toISOString()}">${escaped(made.toISOString().slice(0, 10))}</time>. All rows lie in the folder <code>data</code> as JSON and CSV; <a href="manifest.json">manifest.json</a> lists every file with its size and SHA-256.</p>`,
    explanation.contact === undefined
      ? ''
      : `<p>Questions, corrections and complaints: ${escaped(explanation.contact)}. You may also complain to a supervisory authority.</p>`,
    tables.length === 0 ? '<p>Nothing about you was found.</p>' : '',
    ...sections.map((section) => purposeSection(section.purpose, section.tables, explanation, shown)),
    rest.length === 0
      ? ''
      : `<h2>Without a declared purpose</h2>${rest.map((table) => tableSection(table, shown)).join('')}`,
    closingSection(explanation),
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Your data at ${escaped(explanation.controller)}</title><style>${STYLES}</style></head>
<body><main>
${body.filter((part) => part !== '').join('\n')}
</main></body></html>
`
}

function purposeSection(
  purpose: PurposeWords,
  tables: readonly PageTable[],
  explanation: Explanation,
  shown: Set<PageTable>,
): string {
  const held = new Set(tables.flatMap((table) => table.columns.flatMap(({ category }) => category ?? [])))
  const categories = purpose.categories.filter(({ category }) => held.has(category))
  const bases = purpose.bases.length === 0 ? 'no legal basis is declared' : purpose.bases.join('; ')
  const recipients = explanation.recipients.length === 0 ? 'nobody else is declared' : explanation.recipients.join(', ')
  const rows = categories.map(
    ({ words, keeps, from }) =>
      `<dt>${escaped(words)}</dt><dd>${[
        `Why: ${escaped(purpose.words)}.`,
        `Basis: ${escaped(bases)}.`,
        `Who receives it: ${escaped(recipients)}.`,
        `How long: ${escaped(keeps.length === 0 ? 'no term is declared' : keeps.join('; '))}.`,
        from.length === 0 ? '' : `Where from: ${escaped(from.join(', '))}.`,
      ].join(' ')}</dd>`,
  )
  return `<h2 id="${escaped(`purpose-${purpose.purpose}`)}">${escaped(capital(purpose.words))}</h2>
${rows.length === 0 ? `<p>Basis: ${escaped(bases)}.</p>` : `<dl>${rows.join('')}</dl>`}
${tables.map((table) => tableSection(table, shown)).join('\n')}`
}

function tableSection(table: PageTable, shown: Set<PageTable>): string {
  const id = escaped(`table-${table.store}-${table.table}`)
  const name = escaped(`${plain(table.table)} (${table.store})`)
  if (shown.has(table)) return `<h3>${name}</h3><p>Shown <a href="#${id}">above</a>.</p>`
  shown.add(table)
  const left = table.rows - table.head.length
  const all = `<a href="${link(table.json)}">JSON</a>, <a href="${link(table.csv)}">CSV</a>`
  const more =
    left > 0 ? `<p>${left.toLocaleString('en')} more rows: ${all}.</p>` : `<p class="note">Files: ${all}.</p>`
  const files = table.files
    .slice(0, MOST_FILES)
    .map((file) => `<li><a href="${link(file)}">${escaped(file.split('/').at(-1) ?? file)}</a></li>`)
  const others = OTHERS[table.others]
  return `<h3 id="${id}">${name}: ${table.rows.toLocaleString('en')} row${table.rows === 1 ? '' : 's'}</h3>
${others === '' ? '' : `<p class="note">${others}</p>`}
<div class="rows" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${table.columns.map(({ name }) => `<th scope="col">${escaped(plain(name))}</th>`).join('')}</tr></thead>
<tbody>${table.head.map((row) => `<tr>${table.columns.map(({ name }) => `<td>${cell(row[name])}</td>`).join('')}</tr>`).join('\n')}</tbody></table></div>
${more}${files.length === 0 ? '' : `<ul>${files.join('')}</ul>`}${table.files.length > MOST_FILES ? `<p>${table.files.length - MOST_FILES} more files in the same folder.</p>` : ''}`
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return escaped(text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)} …` : text)
}

function closingSection({ copies, exceptions }: Explanation): string {
  const parts: string[] = []
  if (copies.length > 0)
    parts.push(`<h2>Copies</h2><p>Copies of these data last until their own end:</p>${list(copies)}`)
  if (exceptions.length > 0) parts.push(`<h2>Kept even after an erasure</h2>${list(exceptions)}`)
  parts.push(
    '<h2>Your rights</h2><p>You may ask for correction, erasure, restriction and a portable copy of these data, object to their use, and withdraw a consent at any time (GDPR art. 15(1)(e), 16 to 21).</p>',
  )
  return parts.join('\n')
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
