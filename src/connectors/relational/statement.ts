/** A piece of SQL with its bound values in order; a value never becomes text of the statement. */
export interface Sql {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Text that is SQL already: names that are quoted, words of the language. */
export function raw(text: string): Sql {
  return { text, values: [] }
}

/** Builds SQL of a template: pieces of SQL are put in, everything else is bound. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  let text = strings[0] ?? ''
  const values: unknown[] = []
  parts.forEach((part, index) => {
    if (isSql(part)) {
      text += part.text
      values.push(...part.values)
    } else {
      text += '?'
      values.push(part)
    }
    text += strings[index + 1] ?? ''
  })
  return { text, values }
}

export function joined(parts: readonly Sql[], separator: string): Sql {
  return { text: parts.map(({ text }) => text).join(separator), values: parts.flatMap(({ values }) => values) }
}

/** All of them; of none: true. */
export function all(tests: readonly Sql[]): Sql {
  return tests.length === 0 ? raw('1 = 1') : joined(tests, ' AND ')
}

function isSql(part: unknown): part is Sql {
  return typeof part === 'object' && part !== null && 'text' in part && 'values' in part
}
