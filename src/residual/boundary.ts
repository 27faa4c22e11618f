/** Whether a match stands alone, as a reader would judge it: what touches it before and after decides. */
const LETTER = /[\p{L}\p{N}\p{M}]/u
const ESCAPED_END = /\\[nrt]$/
const FILE_ENDING =
  /^\.(?:jpe?g|png|gif|svg|webp|pdf|txt|csv|html?|vcf|ics|zip|docx?|xlsx?|pptx?|od[tsp]|eml|msg|pst|mbox|log|json|xml|key|pub|crt|pem|ovpn)(?![\p{L}\p{N}])/iu

/** The character (whole code point) before `at`, or ''. */
function before(text: string, at: number): string {
  if (at <= 0) return ''
  const low = text.charCodeAt(at - 1)
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(Math.max(0, at - 2), at) : text.charAt(at - 1)
}

const after = (text: string, at: number) =>
  at < text.length ? String.fromCodePoint(text.codePointAt(at) as number) : ''

const isLetter = (character: string) => character !== '' && LETTER.test(character)

/** A letter stands right before `start`, not counting the letter of an escape such as `\n`. */
const letterBefore = (text: string, start: number) =>
  isLetter(before(text, start)) && !ESCAPED_END.test(text.slice(Math.max(0, start - 2), start))

/** The first character left of a row of the marks, seen from `start`. */
function beforeMarks(text: string, start: number, marks: string): number {
  let at = start
  while (at > 0 && start - at < 16 && marks.includes(text.charAt(at - 1))) at--
  return at
}

/** RFC 5321 addresses: `x.a@b` and `a@b.uk` are other addresses than `a@b`; `<a@b>`, `a@b.` and `a@b_deleted` are not. */
export function addressStandsAlone(text: string, start: number, end: number): boolean {
  if (letterBefore(text, start)) return false
  const head = beforeMarks(text, start, '._+-')
  if (head < start && letterBefore(text, head)) return false
  if (isLetter(after(text, end))) return false
  const rest = text.slice(end, end + 80)
  if (/^-[\p{L}\p{N}-]*\.\p{L}/u.test(rest)) return false
  if (!/^\.[\p{L}\p{N}]/u.test(rest)) return true
  // A sentence that ends without a space: `a@b.org.Thank you`.
  return /^\.\p{Lu}\p{Ll}/u.test(rest) && !/\p{Lu}/u.test(text.slice(end - 3, end))
}

/** Names of several words and other texts: no letter or digit touches them, no hyphen makes them part of a longer name. */
export function phraseStandsAlone(text: string, start: number, end: number): boolean {
  if (letterBefore(text, start) || isLetter(after(text, end))) return false
  if (before(text, start) === '-' && isLetter(before(text, start - 1))) return false
  if (text.charAt(end) === '-' && /\p{L}/u.test(after(text, end + 1))) return false
  // Its last word begins somebody's address: `kowalczyk marta.nowak@example.org`.
  return !/^[\p{L}\p{N}._+-]{0,64}@/u.test(text.slice(end, end + 66))
}

/** Single words and logins: also no part of a dotted, hyphenated or underscored word, nor of an address. */
export function wordStandsAlone(text: string, start: number, end: number): boolean {
  if (letterBefore(text, start) || isLetter(after(text, end))) return false
  const head = beforeMarks(text, start, '._-@+')
  if (head < start && letterBefore(text, head)) return false
  const rest = text.slice(end, end + 80)
  if (/^[._+-]+[\p{L}\p{N}]/u.test(rest)) return FILE_ENDING.test(rest)
  return !/^@[\p{L}\p{N}-]+\.\p{L}/u.test(rest)
}

/** Serial numbers, host names and other codes: as words, but a dot may follow (`host.example.org`) or precede. */
export function codeStandsAlone(text: string, start: number, end: number): boolean {
  if (letterBefore(text, start) || isLetter(after(text, end))) return false
  const head = beforeMarks(text, start, '-')
  if (head < start && letterBefore(text, head)) return false
  return !/^-+[\p{L}\p{N}]/u.test(text.slice(end, end + 8))
}

/** Numbers with dots (addresses of hosts, dates): no digit touches them, also not across a dot. */
export function numberStandsAlone(text: string, start: number, end: number): boolean {
  if (/[\p{N}]\.?$/u.test(text.slice(Math.max(0, start - 2), start))) return false
  if (letterBefore(text, start) && /^[0-9a-f]/i.test(before(text, start))) return false
  return !/^\.?\p{N}/u.test(text.slice(end, end + 2))
}
