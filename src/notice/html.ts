import { htmlStyle } from './html-style.ts'
import type { Block, Notice, Part, Row, Section, Statement } from './notice.ts'

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// What no HTML document may hold, not even as a reference (HTML Living Standard 13.1.4).
const forbidden = /[^\P{Cc}\t\n\r]/gu

/** A text as HTML shows it; every sign that could be markup is a character reference. */
export const escaped = (text: string): string =>
  text.replace(forbidden, '\uFFFD').replace(/[&<>"']/gu, (sign) => references[sign] ?? sign)

const address = /https?:\/\/[^\s<>"'“”„]+[^\s<>"'“”„.,;:!?)\]]|[^\s<>"'“”„;,()@]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu

/** A text with its web and mail addresses as links; only http, https and mailto ever become one. */
const linked = (text: string): string => {
  let html = ''
  let from = 0
  for (const match of text.matchAll(address)) {
    const found = match[0]
    const to = found.startsWith('http') ? found : `mailto:${found}`
    html += `${escaped(text.slice(from, match.index))}<a href="${escaped(to)}">${escaped(found)}</a>`
    from = match.index + found.length
  }
  return html + escaped(text.slice(from))
}

const anchorOf = (of: string): string => escaped(of)

/** Commitments have a kind and a name; other parts (`controller`, `data.email`) are marked apart from them. */
const idOf = (of: string, sections: ReadonlySet<string>): string => {
  const [kind = ''] = of.split('.')
  return of.includes('.') && kind !== 'data' && sections.has(kind)
    ? `data-commitment="${escaped(of)}"`
    : `data-part="${escaped(of)}"`
}

type Ids = (of: string) => string

const partsOf = (parts: readonly Part[], ids: Ids): string => {
  const [only] = parts
  if (only === undefined) return ''
  if (parts.length === 1) return `<span ${ids(only.of)}>${linked(only.text)}</span>`
  return `<ul>${parts.map(({ of, text }) => `<li ${ids(of)}>${linked(text)}</li>`).join('')}</ul>`
}

/** Roles are said outright: on small screens the rows are shown as blocks, which would take them away. */
const rowOf = ({ head, of, cells }: Row, columns: readonly string[], ids: Ids): string => {
  const shown = cells.map((cell, index) => {
    const column = columns[index + 1]
    const label = column === undefined ? '' : ` data-label="${escaped(column)}"`
    return `<td role="cell"${label}>${partsOf(cell, ids)}</td>`
  })
  return `<tr role="row" ${ids(of)}><th scope="row" role="rowheader">${escaped(head)}</th>${shown.join('')}</tr>`
}

const statementOf = ({ of, anchor, label, sentences, marks }: Statement, ids: Ids): string => {
  const said = sentences.map((sentence) => ` ${linked(sentence)}`).join('')
  const marked = marks.map(({ mark, text }) => ` <span class="mark mark-${mark}">${escaped(text)}</span>`).join('')
  const place = of.startsWith('purposes.') ? '' : `id="${anchorOf(anchor)}" `
  const named = label === '' ? '' : `<strong>${escaped(label)}.</strong>`
  return `<li ${place}${ids(of)}>${`${named}${said}${marked}`.trimStart()}</li>`
}

const blockOf = (block: Block, ids: Ids, anchors: ReadonlySet<string>, page = ''): string => {
  switch (block.type) {
    case 'heading':
      return `<h3 id="${anchorOf(block.anchor)}" ${ids(block.anchor)}>${escaped(block.text)}</h3>`
    case 'paragraph':
      return `<p ${ids(block.of)}>${linked(block.text)}</p>`
    case 'statements':
      return `<ul class="statements">\n${block.statements.map((statement) => statementOf(statement, ids)).join('\n')}\n</ul>`
    case 'facts': {
      const facts = block.facts.map(({ head, section, parts }) => {
        const title = anchors.has(section)
          ? `<a href="${escaped(page)}#${anchorOf(section)}">${escaped(head)}</a>`
          : escaped(head)
        return `<dt>${title}</dt><dd>${parts.map(({ of, text }) => `<span ${ids(of)}>${linked(text)}</span>`).join('; ')}</dd>`
      })
      return `<dl>\n${facts.join('\n')}\n</dl>`
    }
    case 'table': {
      const { caption, columns, rows } = block
      const cells = columns.map((column) => `<th scope="col" role="columnheader">${escaped(column)}</th>`).join('')
      const head = cells === '' ? '' : `<thead role="rowgroup"><tr role="row">${cells}</tr></thead>`
      return [
        `<table role="table" class="${head === '' ? 'facts-of' : 'wide'}"><caption>${escaped(caption)}</caption>${head}<tbody role="rowgroup">`,
        ...rows.map((row) => rowOf(row, columns, ids)),
        '</tbody></table>',
      ].join('\n')
    }
  }
}

const sectionOf = ({ key, heading, blocks }: Section, ids: Ids, anchors: ReadonlySet<string>, page = ''): string =>
  [
    `<section${key === 'short' ? ' class="short"' : ''} aria-labelledby="${key}">`,
    `<h2 id="${key}">${escaped(heading)}</h2>`,
    ...blocks.map((block) => blockOf(block, ids, anchors, page)),
    '</section>',
  ].join('\n')

/** Kinds whose statements are commitments: all sections but those of the page. */
const ofPage: readonly string[] = ['short', 'reading', 'controller', 'data', 'changed']

/**
 * The notice as one HTML document: landmarks, headings in order, captions and scopes, a skip link, styles for small and
 * dark screens and for paper; no script, and nothing is loaded from anywhere. All of the policy's words are escaped.
 */
export const htmlOf = (notice: Notice): string => {
  const kinds = new Set(notice.sections.map(({ key }) => key).filter((key) => !ofPage.includes(key)))
  const anchors = new Set(notice.sections.map(({ key }) => key))
  const ids: Ids = (of) => idOf(of, kinds)
  const [short, ...others] = notice.sections
  const contents = others.map(({ key, heading }) => `<li><a href="#${key}">${escaped(heading)}</a></li>`)
  return `${[
    '<!doctype html>',
    `<html lang="${escaped(notice.language)}" dir="${notice.direction}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(notice.title)}</title>`,
    `<style>\n${htmlStyle}\n</style>`,
    '</head>',
    '<body>',
    `<a class="skip" href="#notice">${escaped(notice.skip)}</a>`,
    `<header><h1>${escaped(notice.title)}</h1></header>`,
    '<main id="notice">',
    ...(short === undefined ? [] : [sectionOf(short, ids, anchors)]),
    `<nav aria-labelledby="contents"><h2 id="contents">${escaped(notice.contents)}</h2><ol>`,
    ...contents,
    '</ol></nav>',
    ...others.map((section) => sectionOf(section, ids, anchors)),
    '</main>',
    '</body>',
    '</html>',
  ].join('\n')}\n`
}

/** The first layer alone, as a part of another page; `page`: where the whole notice stands, to which its lines lead. */
export const shortHtml = ({ sections }: Notice, page: string): string => {
  const anchors = new Set(sections.map(({ key }) => key))
  const [short] = sections
  return short === undefined ? '' : sectionOf(short, (of) => `data-part="${escaped(of)}"`, anchors, page)
}
