import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { SoughtIdentity } from './identity.ts'

const BETWEEN = '[\\s().\\-/\\u00a0\\u2010-\\u2015]{0,3}'

/** A number that is compared by its digits only: a phone, or an identifier that is nothing but digits. */
export interface DigitSpelling {
  readonly identity: number
  readonly core: string
  readonly expression: RegExp
  /** Whether what stands before the digits lets them be the number itself. */
  readonly head: (before: string) => boolean
}

/** What may stand before the national number: nothing, a trunk 0, the country's own code in any form. */
function phoneHead(country: string | undefined): (before: string) => boolean {
  const code = country ?? '[1-9]\\d{0,2}'
  const between = '[\\s().\\-/]{0,3}'
  const full = new RegExp(`(?<!\\d)(?:\\+|00|011)?[\\s(]{0,2}${code}${between}(?:\\(?0\\)?${between})?\\(?$`)
  const international = new RegExp(`(?:\\+|(?<!\\d)00)[\\s(]{0,2}${code}${between}(?:\\(?0\\)?${between})?\\(?$`)
  return (before) => {
    if ((country === undefined ? international : full).test(before)) return true
    if (/(?<!\d)\(?0\)?[\s.\-/(]{0,3}$/.test(before)) return true
    if (/\d$/.test(before)) return false
    return !/\+\d{1,3}[\s().-]{0,3}$/.test(before)
  }
}

/** The digits by which an identity is compared; undefined when it is not a number of at least seven. */
export function digitSpelling(identity: SoughtIdentity, index: number): DigitSpelling | undefined {
  const value = identity.value.trim()
  const digits = value.replace(/\D/g, '')
  const spelled = (core: string, between: string) => new RegExp([...core].join(between), 'g')
  if (identity.kind === 'phone') {
    const parsed = parsePhoneNumberFromString(value.replace(/^\s*00/, '+'))
    const core = parsed === undefined ? digits.replace(/^0+/, '') : String(parsed.nationalNumber)
    if (core.length < 6) return undefined
    const expression = spelled(core, BETWEEN)
    return { identity: index, core, expression, head: phoneHead(parsed?.countryCallingCode) }
  }
  if (!/^[\d\s.\-/]+$/.test(value) || digits.length < 7 || !['national-id', 'text', 'serial'].includes(identity.kind))
    return
  return {
    identity: index,
    core: digits,
    expression: spelled(digits, '[\\s.\\-/]{0,2}'),
    head: (before) => !/\d[.-]?$/.test(before),
  }
}

/** What lies between digits of one number: such bytes, and the digits, make up a run that is looked at. */
export const IN_NUMBER: Uint8Array = (() => {
  const kinds = new Uint8Array(256)
  for (const character of ' \r\n().-/+') kinds[character.charCodeAt(0)] = 1
  for (const byte of [0x01, 0xc2, 0xa0, 0xe2, 0x80, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95]) kinds[byte] = 1
  for (let digit = 0; digit < 10; digit++) kinds[48 + digit] = 2
  return kinds
})()

/** Where the stretch of digits, and what lies between them, around a place ends. */
export function numberEnd(bytes: Uint8Array, at: number, to: number): number {
  let end = at
  while (end < to && IN_NUMBER[bytes[end] as number] !== 0) end++
  return end
}

/** All numbers at once: an automaton over digits that passes over what lies between them. */
export class DigitFinder {
  private readonly table: Int32Array
  private readonly outputs: number[][]
  /** Digits of the shortest number. */
  readonly shortest: number

  constructor(cores: readonly string[]) {
    const next: number[][] = [[]]
    const outputs: number[][] = [[]]
    for (const [output, core] of cores.entries()) {
      let node = 0
      for (const digit of core) {
        const row = next[node] as number[]
        const known = row[Number(digit)]
        if (known === undefined) {
          next.push([])
          outputs.push([])
        }
        node = row[Number(digit)] = known ?? next.length - 1
      }
      outputs[node]?.push(output)
    }
    this.outputs = outputs
    this.shortest = cores.reduce((least, core) => Math.min(least, core.length), 99)
    this.table = new Int32Array(next.length * 10)
    const queue: [number, number][] = [[0, 0]]
    for (const [node, fail] of queue) {
      if (node !== 0) outputs[node]?.push(...(outputs[fail] as number[]))
      for (let digit = 0; digit < 10; digit++) {
        const follow = next[node]?.[digit]
        const other = node === 0 ? 0 : (this.table[fail * 10 + digit] as number)
        this.table[node * 10 + digit] = follow ?? other
        if (follow !== undefined) queue.push([follow, other])
      }
    }
  }

  /** Numbers that end at the place `next` gave back. */
  found: readonly number[] = []

  /** Whether a number stands in the stretch of digits, and what lies between them, around a place and up to `end`. */
  within(bytes: Uint8Array, at: number, end: number): boolean {
    let start = at
    while (start > 0 && IN_NUMBER[bytes[start - 1] as number] !== 0) start--
    return this.next(bytes, start, end) < end
  }

  /** Position of the last digit of the next number in [from, to), or `to`. */
  next(bytes: Uint8Array, from: number, to: number): number {
    const least = this.shortest
    let edge = from
    for (let at = from + least - 1; at < to; ) {
      if (IN_NUMBER[bytes[at] as number] === 0) {
        edge = at + 1
        at += least
        continue
      }
      let start = at
      while (start > edge && IN_NUMBER[bytes[start - 1] as number] !== 0) start--
      let state = 0
      for (; start < to; start++) {
        const byte = bytes[start] as number
        const kind = IN_NUMBER[byte] as number
        if (kind === 0) break
        if (kind === 1) continue
        state = this.table[state * 10 + byte - 48] as number
        const outputs = this.outputs[state] as number[]
        if (outputs.length > 0) {
          this.found = outputs
          return start
        }
      }
      edge = start
      at = start + least
    }
    return to
  }
}
