import type { Compiled } from './compiled.ts'
import { IN_NUMBER } from './digits.ts'
import { isRunByte, SHORTEST_RUN } from './run.ts'

/** Two counts share one integer: characters of the run at hand below, digits of the number at hand above. */
const RUN_LANE = 0xffff
const RUN_FULL = 0x8000
const DIGIT_ONE = 0x10000
const DIGIT_LANE = 0x7fff0000
const DIGIT_FULL = 0x40000000

/**
 * One pass over bytes for everything at once: reports of the automaton, runs that may be encoded, digits enough for a
 * number. The counts ride along while the automaton waits for its table, so they cost next to nothing.
 */
export class Scanner {
  /** Place of the event. */
  at = -1
  /** What was met there; a long run or number is met again and again until it ends. */
  report = false
  run = false
  number = false
  private readonly compiled: Compiled
  private readonly step = new Int32Array(256)
  private readonly mask = new Int32Array(256)
  private readonly bias: number
  private state = 0
  private counts = 0

  constructor(compiled: Compiled) {
    this.compiled = compiled
    const least = compiled.digits?.shortest ?? 0
    for (let byte = 0; byte < 256; byte++) {
      const digits = least === 0 ? 0 : (IN_NUMBER[byte] as number)
      this.step[byte] = (isRunByte(byte) ? 1 : 0) + (digits === 2 ? DIGIT_ONE : 0)
      this.mask[byte] = (isRunByte(byte) ? RUN_LANE : 0) | (digits === 0 ? 0 : DIGIT_LANE)
    }
    this.bias = RUN_FULL - SHORTEST_RUN + (least === 0 ? 0 : DIGIT_FULL - least * DIGIT_ONE)
  }

  /** Begins anew at a place. */
  start(from: number): void {
    this.at = from - 1
    this.state = 0
    this.counts = 0
  }

  /** Goes on to the next event before `to`; false when there is none. */
  next(bytes: Uint8Array, to: number): boolean {
    const { table, columns, accept, width } = this.compiled.automaton
    const { step, mask, bias } = this
    const full = RUN_FULL | DIGIT_FULL
    let at = this.at + 1
    let { state, counts } = this
    while (at < to) {
      // Four bytes at a time, as long as none of them is an event.
      for (; at + 4 <= to; at += 4) {
        const first = bytes[at] as number
        const second = bytes[at + 1] as number
        const third = bytes[at + 2] as number
        const fourth = bytes[at + 3] as number
        const one = table[Math.imul(state, width) + (columns[first] as number)] as number
        const two = table[Math.imul(one, width) + (columns[second] as number)] as number
        const three = table[Math.imul(two, width) + (columns[third] as number)] as number
        const four = table[Math.imul(three, width) + (columns[fourth] as number)] as number
        const countOne = (counts + (step[first] as number)) & (mask[first] as number)
        const countTwo = (countOne + (step[second] as number)) & (mask[second] as number)
        const countThree = (countTwo + (step[third] as number)) & (mask[third] as number)
        const countFour = (countThree + (step[fourth] as number)) & (mask[fourth] as number)
        const reached = ((countOne + bias) | (countTwo + bias) | (countThree + bias) | (countFour + bias)) & full
        if (one >= accept || two >= accept || three >= accept || four >= accept || reached !== 0) break
        state = four
        counts = countFour
      }
      for (const end = Math.min(to, at + 4); at < end; at++) {
        const byte = bytes[at] as number
        state = table[Math.imul(state, width) + (columns[byte] as number)] as number
        counts = (counts + (step[byte] as number)) & (mask[byte] as number)
        const reached = (counts + bias) & full
        if (state < accept && reached === 0) continue
        return this.met(at, state, counts, reached)
      }
    }
    this.at = to
    return false
  }

  /** Place of the reporting state among its kind. */
  get reporting(): number {
    return this.state - this.compiled.automaton.accept
  }

  private met(at: number, state: number, counts: number, reached: number): true {
    this.at = at
    this.state = state
    this.report = state >= this.compiled.automaton.accept
    this.run = (reached & RUN_FULL) !== 0
    this.number = (reached & DIGIT_FULL) !== 0
    this.counts = counts & (this.run ? DIGIT_LANE : -1) & (this.number ? RUN_LANE : -1)
    return true
  }
}
