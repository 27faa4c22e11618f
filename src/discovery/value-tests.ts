import { isIP } from 'node:net'
import { isPossiblePhoneNumber } from 'libphonenumber-js'
import { givenNames } from './given-names.ts'
import { isCard, isIban, isImei, isNationalId } from './national-id.ts'

/** What one value is by its own shape; `undefined`: nothing that tells. */
export type ValueKind =
  | 'email'
  | 'phone'
  | 'payment'
  | 'national-id'
  | 'ip-address'
  | 'mac-address'
  | 'imei'
  | 'location'
  | 'date'
  | 'uuid'
  | 'hash'
  | 'integer'
  | 'name'
  | 'address'
  | 'url'

const EMAIL = /^(?:mailto:)?[^\s@<>"',;:()]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}$/i
const ADDRESSED = /^[^<>@\n]{0,100}<[^\s@<>]{1,64}@[a-z0-9.-]{3,120}>$/i
const STREET =
  /(?:^|[\s,])(?:rue|via|viale|piazza|calle|plaza|avenida|rua|ul\.|al\.|boulevard|chaussée)\s+\p{L}|(?:street|road|avenue|lane|drive|blvd\.?|strasse|straße|str\.|platz|weg|allee|gasse|straat|laan|plein|gracht)\s+\d|^\d{1,5}[a-z]?,?\s[\p{L}\s.']{2,40}\s(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?|blvd\.?)(?:$|[\s,])/iu
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Two to four words that begin with capitals, one of them a frequent given name. */
export function isFullName(value: string): boolean {
  if (value.length > 60 || /[\d@/<>_=]/.test(value)) return false
  const words = value.split(/[\s,]+/).filter((word) => word !== '')
  if (
    words.length < 2 ||
    words.length > 4 ||
    !words.every((word) => /^\p{Lu}|^(van|von|de|der|da|di|la|le|el|den|dos|du)$/u.test(word))
  )
    return false
  return words.some(isGivenName)
}

export const isGivenName = (word: string): boolean =>
  givenNames.has(word.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[łŁ]/g, 'l').toLowerCase())

function isPhone(value: string): boolean {
  if (
    !/^\+?[\d()][\d\s()./-]{6,22}$/.test(value) ||
    !/[+\s()/-]/.test(value) ||
    /^\d{4}-\d\d?-\d\d?|^\d+(\.\d+)+$/.test(value)
  )
    return false
  if (value.startsWith('+')) return isPossiblePhoneNumber(value)
  const length = value.replaceAll(/\D/g, '').length
  return length >= 8 && length <= 14 && !/\s{2}|^\d+-\d+$/.test(value)
}

export function kindOfValue(value: string): ValueKind | undefined {
  if (value.length > 300) return undefined
  // Most values are plain words: they cost one look.
  if (/^\p{L}*$/u.test(value)) return undefined
  if (value.includes('@') && (EMAIL.test(value) || ADDRESSED.test(value))) return 'email'
  if (UUID.test(value)) return 'uuid'
  if (/[.:]/.test(value) && isIP(value.replace(/\/\d{1,3}$/, '')) !== 0 && value.length > 3) return 'ip-address'
  if (/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(value)) return 'mac-address'
  if (/^\d{4}-\d\d-\d\d([T ]|$)|^\d\d[./]\d\d[./]\d{4}$/.test(value)) return 'date'
  if (isCard(value) && value.length < 24) return 'payment'
  if (isImei(value)) return 'imei'
  if (/^[a-z]{2}\d/i.test(value) && isIban(value)) return 'payment'
  if (/\d\D{0,3}\d\D{0,3}\d\D{0,3}\d/.test(value) && isNationalId(value)) return 'national-id'
  if (/^-?\d{1,19}$/.test(value)) return 'integer'
  if (/^[0-9a-f]{32,128}$/i.test(value) || /^\$(2[aby]|argon2|5|6|1|apr1|P)\$/.test(value)) return 'hash'
  if (/^-?\d{1,2}\.\d{3,},\s?-?\d{1,3}\.\d{3,}$|^POINT ?\(/.test(value)) return 'location'
  if (isPhone(value)) return 'phone'
  if (/^(https?|ftp):\/\//i.test(value)) return 'url'
  if (value.length < 150 && /\d/.test(value) && STREET.test(value)) return 'address'
  return isFullName(value) ? 'name' : undefined
}

// Bounded pieces, no nested repetition: text made for backtracking costs linear time.
const INSIDE_EMAIL = /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,18}/i
const INSIDE_PHONE = /(?:^|[\s:(])\+\d{1,3}[\s()./-]?\d[\d\s()./-]{6,16}\d/
const INSIDE_IP = /(?:^|[^\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/

/** Whether text tells of contact data: an e-mail address, an international phone number, an IP address, a greeting by name. */
export function holdsContact(text: string): boolean {
  if (text.includes('@') && INSIDE_EMAIL.test(text)) return true
  if (text.includes('+') && INSIDE_PHONE.test(text)) return true
  if (INSIDE_IP.test(text)) return true
  if (!/\p{Lu}/u.test(text)) return false
  const words =
    /\b(?:Dear|Hello|Hi|Regards,|Mr\.?|Mrs\.?|Ms\.?|Herr|Frau|Bonjour|Estimado|Gentile|Beste|Pan|Pani)\s+\p{Lu}\p{L}+/u
  return words.test(text) || holdsFullName(text)
}

/** A given name followed by another capitalised word. */
function holdsFullName(text: string): boolean {
  for (const [, word = ''] of text.matchAll(/(\p{Lu}\p{Ll}{1,20}) \p{Lu}\p{Ll}{1,30}/gu))
    if (isGivenName(word)) return true
  return false
}

/** How a cell is encoded, by its first bytes; the names are those of a store map's codecs. */
export function codecOfValue(value: string): string | undefined {
  const start = value.slice(0, 400)
  if (/^\s*BEGIN:VCARD/i.test(start)) return 'vcard'
  if (/^\s*BEGIN:VCALENDAR/i.test(start)) return 'icalendar'
  if (
    /^(Received|Return-Path|MIME-Version|Content-Type|Message-ID|From|To|Subject|Date|Delivered-To|X-[\w-]{1,40}|DKIM-Signature|References|Reply-To|User-Agent): ?\S/i.test(
      start,
    ) &&
    /\n/.test(start)
  )
    return 'mime'
  if (/^(a:\d{1,7}:\{|O:\d{1,4}:"|s:\d{1,8}:".*";$)/s.test(value)) return 'php'
  if (/^pst0/.test(start)) return 'perl'
  if (start.startsWith('PK\u0003\u0004')) return 'zip'
  if (start.startsWith('\u001f\u008b')) return 'gzip'
  if (/^%PDF-/.test(start)) return 'pdf'
  if (/^\s*[[{]/.test(start) && /[\]}]\s*$/.test(value) && /["\d\]}]/.test(start)) return 'json'
  if (
    value.length >= 40 &&
    /^[A-Za-z0-9+/\r\n]{40,}={0,2}\s*$/.test(value) &&
    !/^[0-9a-f]+$/i.test(value) &&
    /[A-Z]/.test(value) &&
    /[a-z]/.test(value) &&
    /\d|\+|\//.test(value)
  ) {
    const bytes = Buffer.from(value.slice(0, 400), 'base64')
    if (bytes.subarray(0, 4).toString('latin1') === 'pst0' || (bytes[0] === 4 && (bytes[1] ?? 99) < 12))
      return 'base64>perl'
    return bytes.subarray(0, 2).toString('latin1') === 'PK' ? 'base64>zip' : 'base64'
  }
  return /^\s*<(!doctype html|html|p|div|br|body)\b/i.test(start) ? 'html' : undefined
}
