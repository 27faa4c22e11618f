/** What a cell holds when nobody declared it: by signature first, by shape where a format has none. */
import { isUtf8 } from 'node:buffer'
import type { CodecName } from './limits.ts'
import { looksLikePhp } from './php.ts'
import { storableHeader } from './storable.ts'

const BY_ENDING: Readonly<Record<string, CodecName>> = {
  txt: 'text',
  log: 'text',
  md: 'text',
  xml: 'html',
  rels: 'html',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  svg: 'html',
  rdf: 'html',
  json: 'json',
  csv: 'csv',
  tsv: 'csv',
  eml: 'mime',
  vcf: 'vcard',
  ics: 'icalendar',
}

const BY_TYPE: Readonly<Record<string, CodecName>> = {
  'text/plain': 'text',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/xml': 'html',
  'application/xml': 'html',
  'image/svg+xml': 'html',
  'application/json': 'json',
  'text/csv': 'csv',
  'text/calendar': 'icalendar',
  'text/vcard': 'vcard',
  'text/x-vcard': 'vcard',
  'text/directory': 'vcard',
  'message/rfc822': 'mime',
  'message/global': 'mime',
  'text/rfc822-headers': 'mime',
  'message/delivery-status': 'mime',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/gzip': 'gzip',
  'application/x-gzip': 'gzip',
}

/** Signatures decide over any name or type: a container is never searched as if it were text. */
function bySignature(cell: Uint8Array): CodecName | undefined {
  const head = Buffer.from(cell.subarray(0, 1024)).toString('latin1')
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return 'zip'
  if (head.includes('%PDF-')) return 'pdf'
  if (head.startsWith('\u001f\u008b\u0008')) return 'gzip'
  if (head.startsWith('pst0')) return 'perl'
  return undefined
}

/** Shorter runs of letters and digits are words, ids, hashes. */
const SHORTEST_BASE64 = 24
/** Caches write `@@` and numbers behind their base64. */
const AFTER_BASE64 = /@@[\w@.-]{0,200}$/

/** What base64 hides, when it hides something readable. */
function isWorthDecoding(text: string): boolean {
  const digits = text.replace(/\s/g, '').replace(AFTER_BASE64, '')
  if (digits.length < SHORTEST_BASE64 || digits.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(digits))
    return false
  const decoded = Buffer.from(digits, 'base64')
  if (bySignature(decoded) !== undefined || storableHeader(decoded) !== undefined) return true
  if (looksLikePhp(decoded.toString('latin1', 0, 80))) return true
  return isUtf8(decoded) && !hasControls(decoded.subarray(0, 10_000))
}

/** A control character says that this is no text. */
function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32))
}

/** Soft line breaks or `=3D`, and no `=` that means itself. */
function looksQuotedPrintable(head: string): boolean {
  return /=(?:[0-9A-F]{2}=[0-9A-F]{2}|\r?\n|20\r?\n|3D)/.test(head) && !/=(?![0-9A-Fa-f]{2}|\r?\n|$|.$)/.test(head)
}

const HEADER = /^(?:From [^\n]+\n)?[!-9;-~]+:[ \t][^\n]*\n(?:[ \t][^\n]*\n|[!-9;-~]+:[^\n]*\n)*/

function byShape(cell: Uint8Array): CodecName {
  const storable = storableHeader(cell)
  if (storable !== undefined && cell.includes(0)) return 'perl'
  if (cell[0] === 0x78 && ((cell[0] << 8) | (cell[1] ?? 0)) % 31 === 0 && !isUtf8(cell)) return 'deflate'
  if (!isUtf8(cell)) return 'text'
  const whole = Buffer.from(cell.buffer, cell.byteOffset, cell.length)
  const head = whole.toString('utf8', 0, 8192).replace(/^\ufeff/, '')
  const start = head.trimStart()
  if (looksLikePhp(head)) return 'php'
  if (/^BEGIN:VCARD\r?\n/i.test(start)) return 'vcard'
  if (/^BEGIN:(?:VCALENDAR|VEVENT|VTODO)\r?\n/i.test(start)) return 'icalendar'
  if (/^(?:\{\s*["}]|\[\s*(?:["[{\]\d-]|true|false|null))/.test(start)) return 'json'
  if (
    /^(?:From |Return-Path:|Received:|MIME-Version:|Message-ID:|Delivered-To:|Content-Type:)/i.test(head) &&
    HEADER.test(head.replaceAll('\r', ''))
  ) {
    return 'mime'
  }
  if (looksQuotedPrintable(head)) return 'quoted-printable'
  if (/^<(?:!|\?xml|html|body|div|p|span|table)/i.test(start) || /<\/[a-z][\w:]*>|<br ?\/?>|&#?\w{2,8};/i.test(head))
    return 'html'
  if (
    isWorthDecoding(
      whole.length > 100_000 ? head.slice(0, 8000).replace(/\s/g, '').slice(0, 4000) : whole.toString('latin1'),
    )
  ) {
    return 'base64'
  }
  return /^\\x(?:[0-9a-f]{2})+$/.test(head) ? 'hex' : 'text'
}

/** The codec of one layer that nobody declared. */
export function sniff(cell: Uint8Array): CodecName {
  return bySignature(cell) ?? byShape(cell)
}

/** The codec of a file or mail part: its signature, its declared type, its name's ending, its shape. */
export function codecOf(cell: Uint8Array, name: string, type?: string): CodecName {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const declared = type === undefined ? undefined : BY_TYPE[type.toLowerCase()]
  const byName = Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined
  return bySignature(cell) ?? (declared === 'text' ? (byName ?? declared) : (declared ?? byName)) ?? sniff(cell)
}
