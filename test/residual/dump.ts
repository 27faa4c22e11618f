import { readFileSync } from 'node:fs'

/** A row of a plain dump: table, and cells by column name. */
export interface DumpRow {
  readonly table: string
  /** Place of the row in its table, from 1. */
  readonly key: string
  readonly cells: ReadonlyMap<string, string>
}

const QUOTES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', Z: '\x1a' }

/** Reads the INSERT statements of a dump (pg_dump --inserts, or mariadb-dump, whose strings know backslash escapes). */
export function* dumpRows(file: string, backslashes: boolean): Generator<DumpRow> {
  const source = readFileSync(file, 'utf8')
  const columns = new Map<string, string[]>()
  const counts = new Map<string, number>()
  for (const [, table, body] of source.matchAll(/^CREATE TABLE (?:public\.)?[`"]?(\w+)[`"]? \(\n([\s\S]*?)\n\)/gm)) {
    const names = (body as string).split('\n').map((line) => /^\s+[`"]?([\w-]+)[`"]? /.exec(line)?.[1] ?? '')
    columns.set(
      table as string,
      names.filter((name) => !['', 'PRIMARY', 'UNIQUE', 'KEY', 'CONSTRAINT', 'FULLTEXT'].includes(name)),
    )
  }
  const start = /^INSERT INTO (?:public\.)?[`"]?(\w+)[`"]? VALUES\s*/gm
  for (const match of source.matchAll(start)) {
    const table = match[1] as string
    let at = (match.index as number) + match[0].length
    for (;;) {
      const [values, next] = readTuple(source, at, backslashes)
      const names = columns.get(table) as string[]
      const count = (counts.get(table) ?? 0) + 1
      counts.set(table, count)
      yield {
        table,
        key: String(count),
        cells: new Map(
          values.flatMap((value, index) => (value === null ? [] : [[names[index] ?? String(index), value]])),
        ),
      }
      at = next
      if (source[at] === ';') break
      at = source.indexOf('(', at)
    }
  }
}

function readTuple(source: string, from: number, backslashes: boolean): [(string | null)[], number] {
  const values: (string | null)[] = []
  let at = from + 1
  for (;;) {
    while (/\s/.test(source[at] as string)) at++
    if (source[at] === "'" || source.startsWith("_binary '", at)) {
      at = source.indexOf("'", at) + 1
      let value = ''
      for (;;) {
        const character = source[at] as string
        if (character === "'" && source[at + 1] === "'") {
          value += "'"
          at += 2
        } else if (character === "'") break
        else if (character === '\\' && backslashes) {
          value += QUOTES[source[at + 1] as string] ?? source[at + 1]
          at += 2
        } else {
          value += character
          at++
        }
      }
      values.push(value)
      at++
    } else {
      const end = /[,)]/.exec(source.slice(at, at + 100))?.index ?? 0
      const word = source.slice(at, at + end)
      values.push(word === 'NULL' ? null : word)
      at += end
    }
    if (source[at++] === ')') return [values, at]
  }
}
