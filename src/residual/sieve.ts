import type { Compiled } from './compiled.ts'
import { numberEnd } from './digits.ts'
import { nextRun, RunReader, SHORTEST_RUN } from './run.ts'
import { Scanner } from './scanner.ts'

/** Share of printable bytes from which decoded bytes count as text. */
const PRINTABLE_SHARE = 0.6

/** Looks like text: most of three samples is printable. */
export function isTexty(bytes: Uint8Array, share = PRINTABLE_SHARE): boolean {
  for (const from of [0, (bytes.length >> 1) - 256, bytes.length - 512]) {
    const start = Math.max(0, from)
    const end = Math.min(bytes.length, start + 512)
    let printable = 0
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number
      if ((byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13)) printable++
    }
    if (printable < (end - start) * share) return false
  }
  return true
}

/** What searches of one thread use again and again: a reader for each layer, a sieve. */
export class Tools {
  readonly sieve: Sieve
  private readonly readers: RunReader[] = []

  constructor(compiled: Compiled) {
    this.sieve = new Sieve(compiled)
  }

  reader(layer: number): RunReader {
    this.readers[layer] ??= new RunReader()
    return this.readers[layer] as RunReader
  }
}

/** Lets clean text through: tells the places that a closer look is worth. */
export class Sieve {
  private readonly compiled: Compiled
  private readonly scanner: Scanner
  private readonly reader = new RunReader()
  private numberEnd = 0
  private runEnd = 0

  constructor(compiled: Compiled) {
    this.compiled = compiled
    this.scanner = new Scanner(compiled)
  }

  /** The next place from `from` at which something may be found or must be decoded; `to` when there is none. */
  next(bytes: Buffer, from: number, to: number): number {
    const { scanner } = this
    scanner.start(from)
    this.numberEnd = 0
    this.runEnd = 0
    while (scanner.next(bytes, to)) {
      if (scanner.report || this.isBusy(bytes, scanner.at, to)) return scanner.at
    }
    return to
  }

  /** The signs of escapes in bytes that hold nothing else of interest; -1 when they do, and must be looked at. */
  signs(bytes: Buffer): number {
    const { scanner } = this
    const { starts, signs } = this.compiled.automaton
    scanner.start(0)
    this.numberEnd = 0
    this.runEnd = 0
    let seen = 0
    while (scanner.next(bytes, bytes.length)) {
      if (scanner.report) {
        const { reporting } = scanner
        if (starts[reporting] !== starts[reporting + 1]) return -1
        seen |= signs[reporting] as number
      }
      if ((scanner.number || scanner.run) && this.isBusy(bytes, scanner.at, bytes.length)) return -1
    }
    return seen
  }

  /** Whether the run or number met at a place is worth a look; each is looked at once. */
  private isBusy(bytes: Buffer, at: number, to: number): boolean {
    if (this.scanner.number && at >= this.numberEnd) {
      this.numberEnd = numberEnd(bytes, at, to)
      if (this.compiled.digits?.within(bytes, at, this.numberEnd) === true) return true
    }
    return this.scanner.run && at >= this.runEnd && this.busyRun(bytes, at - SHORTEST_RUN + 1, to)
  }

  /** Whether the run that begins at a place holds something when decoded. */
  private busyRun(bytes: Buffer, start: number, to: number): boolean {
    const { reader, compiled } = this
    const run = reader.read(bytes, start, to)
    this.runEnd = run.end
    for (const skip of [0, 1]) for (const piece of reader.base16(skip)) if (!isIdle(compiled, piece)) return true
    if (run.hexadecimal) return false
    for (let skip = 0; skip < 4; skip++) {
      const piece = reader.base64(skip)
      if (!isIdle(compiled, piece)) return true
      if (skip === 0 && piece.length >= 48 && isTexty(piece, 0.95)) break
    }
    return false
  }
}

/** Nothing of interest in a small decoded piece: most are noise of words that only look encoded. */
export function isIdle(compiled: Compiled, piece: Buffer): boolean {
  if (piece.length > 256) return false
  const { table, columns, accept, width, signs, starts } = compiled.automaton
  let seen = 0
  let state = 0
  let zeros = 0
  for (let at = 0; at < piece.length; at++) {
    const byte = piece[at] as number
    if (byte === 0) zeros++
    state = table[Math.imul(state, width) + (columns[byte] as number)] as number
    if (state < accept) continue
    const reporting = state - accept
    if (starts[reporting] !== starts[reporting + 1]) return false
    seen |= signs[reporting] as number
  }
  const first = piece[0] as number
  if (first === 0x1f || first === 0x78 || first === 0x50 || first === 0x25 || zeros >= 3) return false
  if (compiled.digits !== undefined && compiled.digits.next(piece, 0, piece.length) < piece.length) return false
  const texty = isTexty(piece)
  if (seen !== 0 && texty) return false
  if (texty || zeros > 0) return nextRun(piece, 0, piece.length) === -1 && (texty || piece.length < 20)
  return piece.length < 48 || nextRun(piece, 0, piece.length) === -1
}
