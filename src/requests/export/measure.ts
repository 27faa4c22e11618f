import { createHash } from 'node:crypto'

/** What passed through: bytes and SHA-256; known when the stream has ended. */
export interface Measure {
  bytes: number
  sha256: string
}

/** Passes chunks on and measures them. */
export async function* measured(chunks: AsyncIterable<Uint8Array>, measure: Measure): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const chunk of chunks) {
    hash.update(chunk)
    measure.bytes += chunk.length
    yield chunk
  }
  measure.sha256 = hash.digest('hex')
}

const NEWLINE = 10
const QUOTE = 34
const OPEN_BRACE = 123
const COMMA = 44

/** Rows of a JSON array with one row a line, and the first lines of it. */
export class JsonRows {
  rows = 0
  readonly #headRows: number
  readonly #headBytes: number
  #head: Buffer[] = []
  #held = 0
  #atLineStart = true

  /** Keeps the first `headRows` rows, at most `headBytes` bytes of them. */
  constructor(headRows: number, headBytes: number) {
    this.#headRows = headRows
    this.#headBytes = headBytes
  }

  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      if (this.#held < this.#headBytes && this.rows <= this.#headRows) {
        this.#head.push(Buffer.from(bytes))
        this.#held += bytes.length
      }
      this.#count(bytes)
      yield chunk
    }
  }

  #count(bytes: Buffer): void {
    if (this.#atLineStart && startsRow(bytes[0])) this.rows += 1
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
      if (at + 1 < bytes.length && startsRow(bytes[at + 1])) this.rows += 1
    }
    if (bytes.length > 0) this.#atLineStart = bytes[bytes.length - 1] === NEWLINE
  }

  /** The first rows, whole ones only. */
  head(): Record<string, unknown>[] {
    const text = Buffer.concat(this.#head).subarray(0, this.#headBytes).toString('utf8')
    const rows: Record<string, unknown>[] = []
    for (const line of text.split('\n')) {
      if (rows.length === this.#headRows) break
      const row = line.replace(/^,/, '').replace(/,$/, '')
      if (!row.startsWith('{') || !row.endsWith('}')) continue
      try {
        rows.push(JSON.parse(row) as Record<string, unknown>)
      } catch {
        break
      }
    }
    return rows
  }
}

function startsRow(byte: number | undefined): boolean {
  return byte === OPEN_BRACE || byte === COMMA
}

/** Counts the records of CSV (RFC 4180), its header included: a newline inside quotes ends none. */
export class CsvRecords {
  records = 0
  #quoted = false

  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#count(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      yield chunk
    }
  }

  #count(bytes: Buffer): void {
    let start = 0
    while (start < bytes.length) {
      if (this.#quoted) {
        const quote = bytes.indexOf(QUOTE, start)
        if (quote === -1) return
        this.#quoted = false
        start = quote + 1
        continue
      }
      const quote = bytes.indexOf(QUOTE, start)
      const end = quote === -1 ? bytes.length : quote
      for (let at = bytes.indexOf(NEWLINE, start); at !== -1 && at < end; at = bytes.indexOf(NEWLINE, at + 1)) {
        this.records += 1
      }
      if (quote === -1) return
      this.#quoted = true
      start = quote + 1
    }
  }
}
