import type { Words } from './words.ts'

/** A text of the page with its values put in. */
export const pageText = (
  { page }: Words,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): string => {
  const text = page[key]
  if (text === undefined) throw new TypeError(`the words file has no page word "${key}"`)
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole))
}

/** The value of a text of the page that holds one; undefined where it is not that text. */
export const pageValue = ({ page }: Words, key: string, text: string): string | undefined => {
  const [before = '', after = ''] = (page[key] ?? '').split(/\{\w+\}/u)
  if (!text.startsWith(before) || !text.endsWith(after) || text.length < before.length + after.length) return undefined
  return text.slice(before.length, text.length - after.length)
}
