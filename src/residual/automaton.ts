import { aliasColumns, asciiColumns, FILLER, FIRST_HIGH, type Folded, OTHER, SEPARATOR, spellingsOf } from './fold.ts'

const EDGE = 256

/** What is reported at a place of the text: patterns that end there, and signs that something there is escaped. */
export interface Automaton {
  /** Next state at `state * width + column`; the width is odd, so that busy rows spread over the processor's cache. */
  readonly table: Uint16Array | Uint32Array
  readonly width: number
  /** Column of each byte. */
  readonly columns: Uint8Array
  /** States from here on report something. */
  readonly accept: number
  /** By reporting state: the signs, and where its patterns begin in `patterns`. */
  readonly signs: Int32Array
  readonly starts: Int32Array
  readonly patterns: Int32Array
}

/** One automaton for all patterns (Aho and Corasick 1975) over bytes; runs of separators count as one, case is folded. */
export class AutomatonBuilder {
  private readonly edges = new Map<number, number>()
  private readonly separatorLast: boolean[] = [false]
  private readonly outputs: number[][] = [[]]
  private readonly signs: number[] = [0]
  private readonly highColumns = new Map<number, number>()

  /** Adds a pattern of folded symbols; `output` is reported where it ends. */
  pattern(symbols: readonly Folded[], output: number): void {
    let node = 0
    for (const symbol of symbols) node = symbol < 128 ? this.step(node, symbol) : this.character(node, symbol)
    if (node !== 0 && !this.outputs[node]?.includes(output)) this.outputs[node]?.push(output)
  }

  /** Adds a sign: a short sequence of bytes (marks of separators kept apart) that sets a flag. */
  sign(bytes: Iterable<number>, flag: number): void {
    let node = 0
    for (const byte of bytes) node = this.step(node, this.column(byte))
    this.signs[node] = (this.signs[node] as number) | flag
  }

  private column(byte: number): number {
    if (byte < 128) return asciiColumns[byte] as number
    let column = this.highColumns.get(byte)
    if (column === undefined) {
      column = FIRST_HIGH + this.highColumns.size
      this.highColumns.set(byte, column)
    }
    return column
  }

  private step(node: number, column: number, target?: number): number {
    const key = node * EDGE + column
    let next = this.edges.get(key)
    if (next === undefined) {
      next = target ?? this.node(column === SEPARATOR)
      this.edges.set(key, next)
    }
    return next
  }

  private node(separatorLast: boolean): number {
    this.separatorLast.push(separatorLast)
    this.outputs.push([])
    this.signs.push(0)
    return this.outputs.length - 1
  }

  /** All spellings of a character beyond ASCII lead to one node, so that case is folded there too. */
  private character(from: number, code: number): number {
    let target: number | undefined
    for (const spelling of spellingsOf(String.fromCodePoint(code))) {
      const bytes = Buffer.from(spelling)
      if (bytes.length === 1) continue
      let node = from
      for (const byte of bytes.subarray(0, -1)) node = this.step(node, this.column(byte))
      const last = this.column(bytes.at(-1) as number)
      target ??= this.edges.get(node * EDGE + last) ?? this.node(false)
      this.step(node, last, target)
    }
    return target ?? from
  }

  build(): Automaton {
    const width = FIRST_HIGH + this.highColumns.size
    const count = this.outputs.length
    const children: number[][] = Array.from({ length: count }, () => [])
    for (const [key, next] of this.edges) children[Math.floor(key / EDGE)]?.push(key % EDGE, next)
    const rows = new Int32Array(count * width)
    const fail = new Int32Array(count).fill(-1)
    const order: number[] = [0]
    fail[0] = 0
    for (let at = 0; at < order.length; at++) {
      const node = order[at] as number
      const base = node * width
      const failBase = (fail[node] as number) * width
      const own = children[node] as number[]
      for (let edge = 0; edge < own.length; edge += 2) {
        const next = own[edge + 1] as number
        if ((fail[next] as number) !== -1) continue
        fail[next] = node === 0 ? 0 : (rows[failBase + (own[edge] as number)] as number)
        order.push(next)
      }
      if (node !== 0) rows.copyWithin(base, failBase, failBase + width)
      this.fillRow(rows, base, node, own)
      if (node !== 0) this.inherit(node, fail[node] as number)
    }
    return this.number(rows, width, order)
  }

  private fillRow(rows: Int32Array, base: number, node: number, own: readonly number[]): void {
    for (let edge = 0; edge < own.length; edge += 2) {
      const column = own[edge] as number
      rows[base + column] = own[edge + 1] as number
      if (column === SEPARATOR) for (const alias of aliasColumns) rows[base + alias] = own[edge + 1] as number
    }
    if (this.separatorLast[node]) for (const column of [SEPARATOR, ...aliasColumns]) rows[base + column] = node
    for (let edge = 0; edge < own.length; edge += 2) rows[base + (own[edge] as number)] = own[edge + 1] as number
    rows[base + FILLER] = node
    rows[base + OTHER] = 0
  }

  private inherit(node: number, fail: number): void {
    this.signs[node] = (this.signs[node] as number) | (this.signs[fail] as number)
    const more = this.outputs[fail] as number[]
    if (more.length > 0) this.outputs[node] = [...new Set([...(this.outputs[node] as number[]), ...more])]
  }

  /** Renumbers: silent states first in order of depth (the busy ones lie together), reporting states last. */
  private number(rows: Int32Array, width: number, order: readonly number[]): Automaton {
    const reports = (node: number) => this.signs[node] !== 0 || (this.outputs[node] as number[]).length > 0
    const numbered = [...order.filter((node) => !reports(node)), ...order.filter(reports)]
    const place = new Int32Array(rows.length / width)
    for (const [index, node] of numbered.entries()) place[node] = index
    const odd = width | 1
    const size = numbered.length * odd
    const table = numbered.length > 0xffff ? new Uint32Array(size) : new Uint16Array(size)
    const reporting: number[] = []
    for (const [index, node] of numbered.entries()) {
      for (let column = 0; column < width; column++) {
        table[index * odd + column] = place[rows[node * width + column] as number] as number
      }
      if (reports(node)) reporting.push(node)
    }
    const columns = new Uint8Array(256)
    columns.set(asciiColumns)
    for (const [byte, column] of this.highColumns) columns[byte] = column
    const patterns = reporting.map((node) => this.outputs[node] as number[])
    const starts = new Int32Array(reporting.length + 1)
    for (const [index, list] of patterns.entries()) starts[index + 1] = (starts[index] as number) + list.length
    return {
      table,
      width: odd,
      columns,
      accept: numbered.length - reporting.length,
      signs: Int32Array.from(reporting, (node) => this.signs[node] as number),
      starts,
      patterns: Int32Array.from(patterns.flat()),
    }
  }
}
