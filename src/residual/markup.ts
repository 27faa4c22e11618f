/** Elements that end a line or a cell; the others stand inside words (HTML, OOXML, OpenDocument). */
const BREAKS =
  /^(?:\/?(?:p|br|div|td|th|tr|li|ul|ol|dl|dt|dd|h[1-6]|table|title|option|pre|hr|blockquote|section|article|si|c|row|v|is|w:p|w:br|w:tab|w:cr|w:tc|w:tr|a:p|a:br|a:tc|text:p|text:h|text:s|text:tab|text:line-break|table:table-cell|table:table-row))(?![\w:-])/i

/** Text of HTML or XML without its tags: `inside` drops tags inside words, otherwise each becomes a space. Null: no tags. */
export function withoutTags(bytes: Buffer, inside: boolean): Buffer | null {
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  let copied = 0
  let changed = false
  for (let at = bytes.indexOf(60); at !== -1; ) {
    const first = bytes[at + 1] ?? 0
    const letter = (first | 32) >= 97 && (first | 32) <= 122
    if (!letter && first !== 47 && first !== 33 && first !== 63) {
      at = bytes.indexOf(60, at + 1)
      continue
    }
    const comment = first === 33 && bytes[at + 2] === 45 && bytes[at + 3] === 45
    const closed = comment ? bytes.indexOf('-->', at + 4) : bytes.indexOf(62, at + 1)
    if (closed === -1) break
    const end = comment ? closed + 3 : closed + 1
    length += bytes.copy(out, length, copied, at)
    if (!comment && (!inside || BREAKS.test(bytes.toString('latin1', at + 1, Math.min(end, at + 28)))))
      out[length++] = inside ? 10 : 32
    copied = end
    changed = true
    at = bytes.indexOf(60, end)
  }
  if (!changed) return null
  length += bytes.copy(out, length, copied)
  return out.subarray(0, length)
}

/** Unicode spaces, dashes and quotes as their ASCII ones, invisible characters dropped, composed (NFC). Null: no change. */
export function plainCharacters(bytes: Buffer): Buffer | null {
  const text = bytes.toString('utf8')
  const plain = text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/\p{Pd}/gu, '-')
    .replace(/[\u2018\u2019\u201b\u2032]/g, "'")
  return plain === text ? null : Buffer.from(plain)
}
