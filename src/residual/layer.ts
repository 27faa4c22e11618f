import { backslashes, entities, folderName, percent, quotedPrintable, SIGN, unfold } from './escape.ts'
import { plainCharacters } from './markup.ts'
import { encodedWords } from './word.ts'

export type Decoder = (bytes: Buffer) => Buffer | null

/** Decoders of characters: which sign calls for each, and what a finding calls it. */
export const DECODERS: readonly (readonly [number, string, Decoder])[] = [
  [SIGN.folded, 'folded', unfold],
  [SIGN.word, 'rfc2047', encodedWords],
  [SIGN.unicode, 'unicode', plainCharacters],
  [SIGN.quoted, 'qp', quotedPrintable],
  [SIGN.entity, 'html', entities],
  [SIGN.percent, 'percent', percent],
  [SIGN.backslash, 'json', backslashes],
  [SIGN.folder, 'utf7', folderName],
]

export const decoder = (name: string) => (DECODERS.find((one) => one[1] === name) as (typeof DECODERS)[number])[2]

const isPrintable = (byte: number | undefined) => byte !== undefined && byte >= 32 && byte < 127

/** Bytes in which every second one is the same small number for a while, zero only between printable ones: UTF-16. */
export function looksWide(bytes: Uint8Array, whole: boolean): boolean {
  for (let at = 6; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte > 6 || bytes[at - 2] !== byte || bytes[at - 4] !== byte) continue
    if (byte === 0) {
      if (isPrintable(bytes[at - 1]) && isPrintable(bytes[at - 3]) && isPrintable(bytes[at - 5])) return true
    } else if (whole && bytes[at - 6] === byte && bytes[at - 1] !== byte && bytes[at - 3] !== byte) return true
  }
  return false
}
