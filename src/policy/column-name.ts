import type { Join, TableColumn } from '../language/store-map.ts'

/**
 * The parts of a dotted name: `users.id`, `schema.users.id`, `"schema.table".column`. Double quotes keep dots and equals
 * signs inside a part, and stand for themselves when doubled, as in SQL. Undefined for an empty part or an open quote.
 */
export const nameParts = (text: string): readonly string[] | undefined => {
  const parts = text
    .trim()
    .match(/(?:"(?:[^"]|"")*"|[^".]+|\.)/g)
    ?.filter((part) => part.trim() !== '')
  if (!parts || parts.join('').replaceAll(/\s/g, '') !== text.replaceAll(/\s/g, '')) return undefined
  const names: string[] = []
  for (const [index, part] of parts.entries()) {
    if ((index % 2 === 1) !== (part === '.')) return undefined
    if (index % 2 === 0) names.push(part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.trim())
  }
  return parts.length % 2 === 1 && names.every((name) => name !== '') ? names : undefined
}

/** A column of a table; without a table it belongs to `ownTable`, where that is given. */
export const tableColumn = (text: string, ownTable?: string): TableColumn | undefined => {
  const parts = nameParts(text)
  const column = parts?.at(-1)
  if (parts === undefined || column === undefined || parts.length > 3) return undefined
  const table = parts.length === 1 ? ownTable : parts.slice(0, -1).join('.')
  return table === undefined ? undefined : { table, column }
}

/** `left = right`: two columns that are equal. */
export const joinOf = (text: string, ownTable: string): Join | undefined => {
  const sides: readonly string[] = text.match(/(?:"(?:[^"]|"")*"|[^"=]+|=)/g) ?? []
  const middle = sides.indexOf('=')
  if (middle < 1 || sides.lastIndexOf('=') !== middle || sides.join('') !== text) return undefined
  const left = tableColumn(sides.slice(0, middle).join(''), ownTable)
  const right = tableColumn(sides.slice(middle + 1).join(''), ownTable)
  return left && right ? { left, right } : undefined
}
