import { decodeCharset } from './charset.ts'
import { quotedPrintable } from './escape.ts'

const WORD = /=\?([A-Za-z0-9_.:()-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([BbQq])\?([^?\r\n]{0,2000})\?=/y

/** Encoded words of mail headers (RFC 2047), neighbours joined; null when there is none. */
export function encodedWords(bytes: Buffer): Buffer | null {
  if (!bytes.includes('=?')) return null
  const parts: Buffer[] = []
  const source = bytes.toString('latin1', 0, bytes.length)
  let copied = 0
  let previousEnd = -1
  let pending: { charset: string; bytes: Buffer[] } | undefined
  const flush = () => {
    if (pending !== undefined) parts.push(decodeCharset(Buffer.concat(pending.bytes), pending.charset))
    pending = undefined
  }
  for (let at = source.indexOf('=?'); at !== -1; at = source.indexOf('=?', at)) {
    WORD.lastIndex = at
    const match = WORD.exec(source)
    if (match === null) {
      at += 2
      continue
    }
    const [whole, charset, form, body] = match as unknown as [string, string, string, string]
    const joined =
      previousEnd >= 0 &&
      /^[ \t\r\n]*$/.test(source.slice(previousEnd, Math.min(at, previousEnd + 80))) &&
      at - previousEnd < 80
    if (!joined) {
      flush()
      parts.push(bytes.subarray(copied, at))
    }
    let content: Buffer
    if (form === 'B' || form === 'b') content = Buffer.from(body, 'base64')
    else {
      const spaced = Buffer.from(body.replaceAll('_', ' '), 'latin1')
      content = quotedPrintable(spaced) ?? spaced
    }
    // A character may be split over two words of one charset.
    if (pending !== undefined && pending.charset.toLowerCase() === charset.toLowerCase()) pending.bytes.push(content)
    else {
      flush()
      pending = { charset, bytes: [content] }
    }
    at += whole.length
    copied = at
    previousEnd = at
  }
  if (previousEnd === -1) return null
  flush()
  parts.push(bytes.subarray(copied))
  return Buffer.concat(parts)
}
