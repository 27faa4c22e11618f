/** Numbers are written with any separators: phones (E.164, RFC 3966), hardware and Internet addresses, dates, national numbers. */
import { isIP } from 'node:net'

/** One way to write a value: how it may begin (one of `heads`, each without a part that may be absent in front), how it goes on. */
export interface Form {
  readonly heads: readonly string[]
  readonly tail: string
}

/** After so many characters the left edge is looked at: late enough to be rare, early enough to stay cheap. */
const HEAD_LENGTH = 6

/** A form of one beginning, from an expression a character. */
export function formOf(units: readonly string[]): Form {
  return { heads: [units.slice(0, HEAD_LENGTH).join('')], tail: units.slice(HEAD_LENGTH).join('') }
}

const PHONE_GAP = '[ \\t.()/\\u00a0\\u2009\\u202f\\u2010-\\u2015\\-]{0,3}'
/** Calling codes by length (ITU-T E.164 assignments): one digit, two digits, else three. */
const CALLING_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/
/** Fewer national digits than this stand in too many other numbers. */
const SHORTEST_NATIONAL = 7

/** A phone number: international with +, 00 or bare; national with or without the trunk 0. None when it has too few digits. */
export function phoneForms(value: string): readonly Form[] {
  const digits = value.replace(/\(0\)/, '').replace(/\D/g, '')
  const international = /^\s*\+/.test(value) ? digits : /^\s*00/.test(value) ? digits.slice(2) : undefined
  const country = CALLING_CODE.exec(international ?? '')?.[0] ?? ''
  const national = (international === undefined ? digits : international.slice(country.length)).replace(/^0/, '')
  if (national.length < SHORTEST_NATIONAL) return []
  const first = [...national.slice(0, HEAD_LENGTH)].join(PHONE_GAP)
  const calling = country === '' ? '[1-9][0-9]{0,2}' : [...country].join(PHONE_GAP)
  const called = `${calling}(?:${PHONE_GAP}0)?${PHONE_GAP}${first}`
  const heads = [`(?:\\+|%2b|&#43;)${PHONE_GAP}${called}`, `00${PHONE_GAP}${called}`, `0${PHONE_GAP}${first}`, first]
  if (country !== '') heads.push(called)
  return [{ heads, tail: [...national.slice(HEAD_LENGTH)].map((digit) => PHONE_GAP + digit).join('') }]
}

/** A hardware address of 6 or 8 octets with `:`, `-`, `.` or nothing between (IEEE 802, RFC 7042). */
export function macForms(value: string): readonly Form[] {
  const digits = value.toLowerCase().replace(/[^0-9a-f]/g, '')
  if (digits.length !== 12 && digits.length !== 16) return []
  return [
    formOf([...digits].map((digit, index) => (index % 2 === 0 && index > 0 ? `(?:[:.\\-]|%3a)?${digit}` : digit))),
  ]
}

function groupsOf(address: string): readonly string[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const pair = (high: string | undefined, low: string | undefined): string =>
    (Number(high) * 256 + Number(low)).toString(16)
  const plain = dotted
    ? `${address.slice(0, dotted.index)}${pair(dotted[1], dotted[2])}:${pair(dotted[3], dotted[4])}`
    : address
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  return [...before, ...middle, ...after].map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
}

const COLON = '(?::|%3a)'

/** An Internet address: IPv4 as written, IPv6 in full or with one run of zeros left out (RFC 5952). */
export function ipForms(value: string): readonly Form[] {
  const address = value
    .trim()
    .replace(/\/\d+$/, '')
    .replace(/%.*$/, '')
  if (isIP(address) === 4) return [formOf([...address].map((character) => (character === '.' ? '\\.' : character)))]
  if (isIP(address) !== 6) return []
  const groups = groupsOf(address)
  const written = (part: readonly string[]): string[] =>
    part.flatMap((group, index) => [...(index === 0 ? [] : [COLON]), `0{0,3}${group}`])
  const forms = [writtenFirst(groups, written(groups))]
  for (let start = 0; start < 8; start++) {
    let end = start
    while (end < 8 && groups[end] === '0') end++
    if (end === start) continue
    const before = groups.slice(0, start)
    forms.push(writtenFirst(before, [...written(before), COLON, COLON, ...written(groups.slice(end))]))
    start = end
  }
  return forms
}

/** The first group stands bare or padded to four digits: a head must not begin with digits that may be absent. */
function writtenFirst(groups: readonly string[], units: readonly string[]): Form {
  const first = groups[0]
  if (first === undefined) return formOf(units)
  return { heads: [...new Set([first, first.padStart(4, '0')])], tail: units.slice(1).join('') }
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A calendar date (ISO 8601 `1985-01-31` in) in the orders year first, day first, month first, and with English months. */
export function dateForms(value: string): readonly Form[] {
  const parts = /^\s*(\d{4})-?(\d\d)-?(\d\d)/.exec(value)
  if (parts === null) return []
  const [year = '', month = '', day = ''] = parts.slice(1)
  const name = MONTHS[Number(month) - 1]
  if (name === undefined || Number(day) < 1 || Number(day) > 31) return []
  const loose = (number: string): string => number.replace(/^0/, '0?')
  const starts = (number: string): string[] => [...new Set([number, number.replace(/^0/, '')])]
  const mark = '(?:[./\\-]|\\. |\\\\/|%2f)'
  const called = `(?:${name}|${name.slice(0, 3)}\\.?)`
  const ordinal = '(?:st|nd|rd|th|\\.)?'
  return [
    { heads: [year], tail: `(?:${mark}${loose(month)}${mark}${loose(day)}|${month}${day})` },
    { heads: starts(day).map((form) => form + mark), tail: `${loose(month)}${mark}${year}` },
    { heads: starts(month).map((form) => form + mark), tail: `${loose(day)}${mark}${year}` },
    { heads: starts(day).map((form) => `${form}${ordinal} `), tail: `${called} ${year}` },
    { heads: [`${called} `], tail: `${loose(day)}${ordinal},? ${year}` },
  ]
}

/** A national number: its letters and digits whole, at most one separator between two of them. */
export function nationalForms(value: string): readonly Form[] {
  const characters = value.replace(/[^0-9A-Za-z]/g, '')
  if (characters.length < 5) return []
  return [formOf([...characters].map((character, index) => (index === 0 ? character : `[ ./\\-]?${character}`)))]
}
