/** Rows of the INSERT statements in an SQL dump: enough of SQL to read values, for tests over real cells. */
import { existsSync, readFileSync } from 'node:fs'

export type Row = readonly (string | null)[]

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', Z: '\x1a', b: '\b' }

interface Value {
  readonly value: string | null
  readonly end: number
}

function valueAt(sql: string, start: number, backslash: boolean): Value {
  if (sql[start] !== "'") {
    let end = start
    while (end < sql.length && sql[end] !== ',' && sql[end] !== ')') end++
    const word = sql.slice(start, end).trim()
    return { value: word === 'NULL' ? null : word, end }
  }
  const pieces: string[] = []
  let from = start + 1
  for (let index = from; index < sql.length; index++) {
    const character = sql[index]
    if (character === "'" && sql[index + 1] !== "'") {
      return { value: pieces.join('') + sql.slice(from, index), end: index + 1 }
    }
    if (character === "'" || (backslash && character === '\\')) {
      const next = sql[index + 1] ?? ''
      pieces.push(sql.slice(from, index), character === "'" ? "'" : (ESCAPES[next] ?? next))
      index++
      from = index + 1
    }
  }
  throw new Error('a dump that is cut off')
}

/** All rows of one table; `backslash` for MySQL's strings. */
export function rowsOf(sql: string, table: string, backslash: boolean): readonly Row[] {
  const rows: Row[] = []
  const statement = new RegExp(`^INSERT INTO (?:public\\.)?[\`"]?${table}[\`"]? VALUES\\s*`, 'gm')
  for (const match of sql.matchAll(statement)) {
    let index = match.index + match[0].length
    while (sql[index] === '(') {
      const row: (string | null)[] = []
      do {
        let start = index + 1
        while (/\s/.test(sql[start] ?? '')) start++
        const { value, end } = valueAt(sql, start, backslash)
        row.push(value)
        index = end
      } while (sql[index] === ',')
      rows.push(row)
      index++
      while (/[\s,]/.test(sql[index] ?? '')) index++
    }
  }
  return rows
}

/** The dump of a fixture, or undefined with a printed reason where the fixtures are not there. */
export function fixture(name: string): string | undefined {
  const file = new URL(`../../shared/fixtures/${name}/database.sql`, import.meta.url)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  console.log(`skipped: the fixture ${name} is not here (${file.pathname})`)
  return undefined
}
