import type { Explanation, PurposeWords } from './explain.ts'
import { plain } from './explain.ts'
import { escaped, link, STYLES } from './html.ts'

/** One table as the page shows it: its first rows, and where all of them lie. */
export interface PageTable {
  readonly store: string
  readonly table: string
  readonly purposes: readonly string[]
  readonly rows: number
  readonly columns: readonly { readonly name: string; readonly category?: string; readonly to?: string }[]
  readonly head: readonly Record<string, unknown>[]
  readonly others: 'redacted' | 'kept' | 'none'
  readonly files: readonly string[]
  readonly json: string
  readonly csv: string
}

const MOST_LETTERS = 600
const MOST_FILES = 50

const OTHERS = {
  redacted: 'Other people stand in some of these rows, too. Their names and addresses are replaced.',
  kept: 'Other people stand in some of these rows, too. Their words are left as they are, as the policy declares.',
  none: '',
} as const

/** The one readable page of an export: by purpose, with all that must be told about each category. No script. */
export function pageText(explanation: Explanation, all: readonly PageTable[], made: Date): string {
  const tables = all.filter((table) => table.rows > 0)
  const empty = all.filter((table) => table.rows === 0).map(nameOf)
  const sections = explanation.purposes
    .map((purpose) => ({ purpose, tables: tables.filter((table) => serves(table, purpose)) }))
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
    ...sections.map((section) => purposeSection(section.purpose, section.tables, shown)),
    rest.length === 0
      ? ''
      : `<h2>Without a declared purpose</h2>${rest.map((table) => tableSection(table, shown)).join('')}`,
    empty.length === 0 || tables.length === 0
      ? ''
      : `<h2>Where nothing about you was found</h2><p>${escaped(empty.join(', '))}</p>`,
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

/** Rows serve the purposes that their map names; where it names none, every purpose that may use what they hold. */
function serves({ purposes, columns }: PageTable, { purpose, categories }: PurposeWords): boolean {
  if (purposes.length > 0) return purposes.includes(purpose)
  return columns.some(({ category }) => categories.some((used) => used.category === category))
}

function purposeSection(purpose: PurposeWords, tables: readonly PageTable[], shown: Set<PageTable>): string {
  const held = new Set(tables.flatMap((table) => table.columns.flatMap(({ category }) => category ?? [])))
  const categories = purpose.categories.filter(({ category }) => held.has(category))
  const bases = purpose.bases.length === 0 ? 'no legal basis is declared' : purpose.bases.join('; ')
  const details = new Map<string, string[]>()
  for (const { words, keeps, from, recipients } of categories) {
    const told = [
      `Why: ${purpose.words}.`,
      `Basis: ${bases}.`,
      `Who receives it: ${recipients.length === 0 ? 'nobody else is declared' : recipients.join(', ')}.`,
      `How long: ${keeps.length === 0 ? 'no term is declared' : keeps.join('; ')}.`,
      from.length === 0 ? '' : `Where from: ${from.join(', ')}.`,
    ].join(' ')
    details.set(told, [...(details.get(told) ?? []), words])
  }
  const rows = [...details].map(
    ([told, words]) => `<dt>${escaped(capital(words.join(', ')))}</dt><dd>${escaped(told)}</dd>`,
  )
  return `<h2 id="${escaped(`purpose-${purpose.purpose}`)}">${escaped(capital(purpose.words))}</h2>
${rows.length === 0 ? `<p>Basis: ${escaped(bases)}.</p>` : `<dl>${rows.join('')}</dl>`}
${tables.map((table) => tableSection(table, shown)).join('\n')}`
}

function nameOf({ store, table }: PageTable): string {
  return `${plain(table)} (${store})`
}

function tableSection(table: PageTable, shown: Set<PageTable>): string {
  const id = escaped(`table-${table.store}-${table.table}`)
  const name = escaped(nameOf(table))
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
<div class="rows" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${table.columns.map(heading).join('')}</tr></thead>
<tbody>${table.head.map((row) => `<tr>${table.columns.map(({ name }) => `<td>${cell(row[name])}</td>`).join('')}</tr>`).join('\n')}</tbody></table></div>
${more}${files.length === 0 ? '' : `<ul>${files.join('')}</ul>`}${table.files.length > MOST_FILES ? `<p>${table.files.length - MOST_FILES} more files in the same folder.</p>` : ''}`
}

/** A column that only names a row of another table says so: its number means nothing by itself. */
function heading({ name, to }: PageTable['columns'][number]): string {
  const link = to === undefined ? '' : ` <small>(a row of ${escaped(plain(to))})</small>`
  return `<th scope="col">${escaped(plain(name))}${link}</th>`
}

// As the database writes an instant in JSON; the zone is always the one of UTC.
const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:\+00:00|Z)$/

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const whole = typeof value === 'string' ? value : JSON.stringify(value)
  const text = whole.length < 40 ? whole.replace(INSTANT, '$1 $2 UTC') : whole
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
