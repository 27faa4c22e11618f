import { type Document, isMap, isNode, isScalar, parseDocument, stringify, type YAMLMap } from 'yaml'

/**
 * A store map in which one column of a table holds a category. Only the place of the edit changes: every other letter of
 * the text, comments and line ends too, stays as it was written.
 */
export function declared(text: string, table: string, column: string, category: string): string {
  const document = parseDocument(text)
  const fields = document.getIn(['tables', table, 'fields'], true)
  if (isMap(fields)) {
    const field = fields.get(column, true)
    const value = isMap(field) ? field.get('is', true) : field
    if (isMap(field) && value === undefined) return entryAdded(text, field, 'is', category)
    if (isScalar(value) && value.range) return spliced(text, value.range[0], value.range[1], plain(category))
    if (field === undefined) return entryAdded(text, fields, column, category)
  }
  const own = document.getIn(['tables', table], true)
  if (isMap(own) && !own.has('fields')) return entryAdded(text, own, 'fields', { [column]: category })
  const tables = document.get('tables', true)
  if (isMap(tables) && !tables.has(table)) return entryAdded(text, tables, table, { fields: { [column]: category } })
  // A table or field in a form that no text can be put into: written anew as a whole.
  return rewritten(document, table, column, category)
}

function rewritten(document: Document, table: string, column: string, category: string): string {
  document.setIn(['tables', table], { fields: { [column]: category } })
  return document.toString({ lineWidth: 0 })
}

/** One more entry at the end of a mapping, in the mapping's own style. */
function entryAdded(text: string, map: YAMLMap, key: string, value: unknown): string {
  if (map.flow) {
    const brace = text.lastIndexOf('}', (map.range?.[1] ?? text.length) - 1)
    const before = text.slice(0, brace).trimEnd()
    const comma = map.items.length === 0 || before.endsWith(',') ? ' ' : ', '
    return `${before}${comma}${plain(key)}: ${flow(value)} ${text.slice(brace)}`
  }
  const first = map.items[0]?.key
  const last = map.items.at(-1)?.value
  const lastKey = map.items.at(-1)?.key
  const start = isNode(first) ? (first.range?.[0] ?? 0) : 0
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const end =
    (isNode(last) ? last.range?.[1] : undefined) ?? (isNode(lastKey) ? lastKey.range?.[2] : undefined) ?? text.length
  // To the end of the line on which the last entry ends: a comment beside it belongs to it.
  const tail = text.slice(0, end).trimEnd().length
  const newline = text.indexOf('\n', tail)
  const at = newline === -1 ? text.length : newline
  return `${text.slice(0, at)}\n${indent}${plain(key)}: ${flow(value)}${text.slice(at)}`
}

const spliced = (text: string, start: number, end: number, value: string): string =>
  text.slice(0, start) + value + text.slice(end)

/** A word as YAML writes it, quoted where it must be. */
const plain = (word: string): string => stringify(word, { lineWidth: 0 }).trimEnd()

function flow(value: unknown): string {
  if (typeof value !== 'object' || value === null) return plain(String(value))
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${plain(key)}: ${flow(inner)}`)
    .join(', ')} }`
}
