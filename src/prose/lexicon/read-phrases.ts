/** Phrases by the name of what they mean. */
export type Phrases = Readonly<Record<string, readonly string[]>>

/** Reads a word list: a name and a colon on a line, its phrases indented below it, set apart by ` ; `. */
export function readPhrases(list: string): Phrases {
  const phrases: Record<string, string[]> = {}
  let name = ''
  for (const line of list.split('\n')) {
    const heading = /^([a-z-]+):$/u.exec(line)?.[1]
    if (heading !== undefined) name = heading
    const under = phrases[name] ?? []
    if (heading === undefined)
      under.push(
        ...line
          .split(/\s+;(?:\s+|$)/u)
          .map((phrase) => phrase.trim())
          .filter((phrase) => phrase !== ''),
      )
    if (name !== '') phrases[name] = under
  }
  return phrases
}
