import { keyOf, type Words } from './words.ts'

/** White space as HTML shows it: folded. No-break spaces stay. */
export const folded = (text: string): string => text.replace(/[\t\n\f\r ]+/gu, ' ').replace(/^ | $/gu, '')

// A free text of this shape would end the sentence it stands in, or look like a quotation.
const unsafe = /[“”„"«»;]|[.!?:…](?=\s|$)|[,]$/u

/** A text inside a sentence: as it is, or in quotation marks where a reader could not tell where it ends. */
export const quotedWhereUnsafe = (
  plain: string,
  { quotes: [open, close] }: Words,
  also?: (text: string) => boolean,
): string => {
  if (plain !== '' && !unsafe.test(plain) && also?.(plain) !== true) return plain
  return `${open}${plain.replaceAll(close, close + close)}${close}`
}

/** A text of the policy's author in the language of the notice, where the author gave it; else as it is. */
export const translated = (text: string, { own }: Words): string => {
  const plain = folded(text)
  return own !== undefined && Object.hasOwn(own.texts, plain) ? (own.texts[plain] ?? plain) : plain
}

/** A free text of the author inside a sentence. */
export const shown = (text: string, words: Words, also?: (text: string) => boolean): string =>
  quotedWhereUnsafe(translated(text, words), words, also)

const unquoted = (text: string, { quotes: [open, close] }: Words): string | undefined => {
  if (!text.startsWith(open)) return text
  if (text.length < 2 || !text.endsWith(close)) return undefined
  const inside = text.slice(1, -1)
  const single = inside.replaceAll(close + close, '')
  return single.includes(close) ? undefined : inside.replaceAll(close + close, close)
}

/** The author's text that was shown so; undefined where the quotation marks do not hold. */
export const unshown = (text: string, words: Words): string | undefined => {
  const plain = unquoted(text, words)
  return plain === undefined || words.own === undefined ? plain : (keyOf(words.own.texts, plain) ?? plain)
}

/** The stretches between separators that stand outside quotation marks. */
export const splitOutside = (text: string, separator: string, { quotes: [open, close] }: Words): readonly string[] => {
  const parts: string[] = []
  let from = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (quoted) {
      if (character !== close) continue
      // A doubled mark belongs to the text.
      if (text.charAt(at + 1) === close) at += 1
      else quoted = false
    } else if (character === open) quoted = true
    else if (text.startsWith(separator, at)) {
      parts.push(text.slice(from, at))
      from = at + separator.length
      at = from - 1
    }
  }
  return [...parts, text.slice(from)]
}

/** True for what a natural list would take for several items. */
export const separable = (text: string, { list }: Words): boolean =>
  text.includes(list.comma) || text.includes(list.and) || text.includes(list.semicolon.trim())

/** Items as a list in a sentence: “a, b and c”, or “a; b, c; d” where an item holds a comma. */
export const listed = (items: readonly string[], words: Words): string => {
  const { comma, and, semicolon, none } = words.list
  if (items.length === 0) return none
  if (items.length > 1 && items.some((item) => separable(item, words))) return items.join(semicolon)
  return items.length === 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(comma)}${and}${items.at(-1)}`
}

/** The items of such a list: with semicolons where there are any. */
export const unlisted = (text: string, words: Words): readonly string[] => {
  const { comma, and, semicolon } = words.list
  const wide = splitOutside(text, semicolon, words)
  if (wide.length > 1) return wide
  const narrow = splitOutside(text, comma, words)
  const last = narrow.at(-1) ?? ''
  const ends = splitOutside(last, and, words)
  return ends.length === 2 ? [...narrow.slice(0, -1), ...ends] : narrow
}

/** The sentences of a statement: each ends with a full stop that stands outside quotation marks, before a space or the end. */
export const sentencesOf = (text: string, words: Words): readonly string[] => {
  const parts = splitOutside(`${text} `, '. ', words)
  return parts.flatMap((part, index) =>
    index === parts.length - 1 ? (part.trim() === '' ? [] : [part]) : [`${part}.`],
  )
}
