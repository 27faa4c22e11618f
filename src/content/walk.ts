/** One walk through the layers of a cell: what is found, what it may cost, and what could not be cleared. */
import { byteOrderMark, transcode } from './charset.ts'
import type { Edit } from './edit.ts'
import { type CodecName, type Limits, SMALL_OUTPUT_BYTES, Uncleared } from './limits.ts'
import type { Span } from './redactor.ts'

/** Where in the layers a codec stands, and what is still declared inside it. */
export interface At {
  /** As an export shows it: `base64>zip:word/document.xml`. May hold personal data. */
  readonly path: string
  /** As a reason shows it: `base64>zip#3`. */
  readonly place: string
  /** Codecs declared for what lies inside, from the outside in. */
  readonly rest: readonly CodecName[]
  readonly depth: number
  /** The text's character set where a header declares it; UTF-8 else. */
  readonly charset?: string
  /** Whitespace between tags is layout only (office documents). */
  readonly layout?: boolean
}

/** Reads one layer and answers with the edits that clear it; throws `Uncleared` where the layer has to be removed whole. */
export type Codec = (cell: Uint8Array, at: At, walk: Walk) => readonly Edit[]

/** What a walk does with each piece of decoded text: the stretches to replace. */
export type Visit = (text: string, at: At) => readonly Span[]

/** Told by their signature: what cannot be read in them is not text either. */
const CONTAINERS: ReadonlySet<CodecName> = new Set(['zip', 'docx', 'xlsx', 'odt', 'pdf', 'gzip'])

const CHARSET_CODECS: ReadonlySet<CodecName> = new Set(['text', 'html', 'json', 'csv', 'url', 'vcard', 'icalendar'])

export class Walk {
  readonly reading: boolean
  readonly replacement: Uint8Array
  readonly limits: Limits
  replaced = 0
  /** Parts that were removed whole or could not be read, by place and reason. */
  readonly notes: string[] = []
  readonly #visit: Visit
  readonly #codecs: (name: CodecName) => Codec
  readonly #sniff: (cell: Uint8Array) => CodecName
  readonly #limitReached: ((at: At, why: string) => void) | undefined
  readonly #declared: boolean
  #decoded = 0
  #entries = 0
  #values = 0

  constructor(parts: {
    visit: Visit
    codecs: (name: CodecName) => Codec
    sniff: (cell: Uint8Array) => CodecName
    limits: Limits
    replacement: string
    /** False when the outermost codec was only sniffed: what cannot be read then stays. */
    declared: boolean
    /** When reading: told what could not be read; the walk goes on beside it. */
    unread?: (at: At, why: string) => void
  }) {
    this.#visit = parts.visit
    this.#codecs = parts.codecs
    this.#sniff = parts.sniff
    this.#limitReached = parts.unread
    this.reading = parts.unread !== undefined
    this.#declared = parts.declared
    this.limits = parts.limits
    this.replacement = Buffer.from(parts.replacement)
  }

  /** How many bytes a layer may still decode to, given the size it is decoded from. */
  room(compressedBytes: number): number {
    const dense = Math.max(SMALL_OUTPUT_BYTES, compressedBytes * this.limits.ratio)
    return Math.max(1, Math.min(this.limits.decodedBytes - this.#decoded, dense))
  }

  spend(bytes: number): void {
    this.#decoded += bytes
    if (this.#decoded > this.limits.decodedBytes) throw new Uncleared('limit: bytes decoded in total')
  }

  entry(): void {
    if (++this.#entries > this.limits.entries) throw new Uncleared('limit: entries')
  }

  countValue(): void {
    if (++this.#values > this.limits.entries * 100) throw new Uncleared('limit: serialized values')
  }

  visit(text: string, at: At): readonly Span[] {
    return this.#visit(text, at)
  }

  /** Opens the inside of an encoding: the next declared codec, else what it looks like (but `not` the same layer again). */
  inside(cell: Uint8Array, at: At, not?: CodecName): readonly Edit[] {
    if (at.rest.length > 0) return this.value(cell, at)
    const name = this.#sniff(cell)
    return this.guessed(cell, at, name === not ? 'text' : name)
  }

  /** Opens a decoded value: the next declared codec, else text. */
  value(cell: Uint8Array, at: At): readonly Edit[] {
    const [declared, ...rest] = at.rest
    return this.open(cell, { ...at, rest }, declared ?? 'text')
  }

  /** Searches bytes as plain text whatever else is declared. */
  text(cell: Uint8Array, at: At): readonly Edit[] {
    return this.open(cell, { ...at, rest: [] }, 'text')
  }

  /** Opens a layer that nobody declared: where it cannot be read as what it looks like, and where that finds nothing, as text. */
  guessed(cell: Uint8Array, at: At, codec: CodecName): readonly Edit[] {
    const replaced = this.replaced
    try {
      const edits = this.open(cell, at, codec)
      return edits.length > 0 || codec === 'text' || this.reading || CONTAINERS.has(codec) ? edits : this.text(cell, at)
    } catch (error) {
      if (!(error instanceof Uncleared) || error.hit || CONTAINERS.has(codec)) throw error
      this.replaced = replaced
      return this.text(cell, at)
    }
  }

  /** Opens one layer as `codec`. */
  open(cell: Uint8Array, at: At, codec: CodecName): readonly Edit[] {
    if (cell.length === 0) return []
    const shown = (prefix: string): string =>
      codec === 'text' && prefix !== '' ? prefix : prefix === '' ? codec : `${prefix}>${codec}`
    const inner = { ...at, path: shown(at.path), place: shown(at.place), depth: at.depth + 1 }
    try {
      if (inner.depth > this.limits.layers && codec !== 'text') throw new Uncleared('limit: layers')
      return CHARSET_CODECS.has(codec) ? this.#inCharset(cell, inner, codec) : this.#codecs(codec)(cell, inner, this)
    } catch (error) {
      if (!(error instanceof Uncleared) || this.#limitReached === undefined) throw error
      this.#limitReached(inner, error.why)
      return []
    }
  }

  /** A declared character set is read before anything else: markup, escapes and folds are all spelt in it. */
  #inCharset(cell: Uint8Array, at: At, codec: CodecName): readonly Edit[] {
    const label = byteOrderMark(cell) ?? at.charset
    const transcoded = label === undefined ? undefined : transcode(cell, label)
    if (transcoded === undefined) return this.#codecs(codec)(cell, at, this)
    this.spend(transcoded.view.length)
    const { charset: _, ...plain } = at
    return transcoded.view.toSource(this.#codecs(codec)(transcoded.view.bytes, plain, this), transcoded.encode)
  }

  /** Opens a part that may be removed on its own: `emptied` says what stands in its place. */
  part(open: () => readonly Edit[], at: At, emptied: () => readonly Edit[]): readonly Edit[] {
    const before = this.replaced
    try {
      return open()
    } catch (error) {
      if (!(error instanceof Uncleared)) throw error
      this.replaced = before
      this.notes.push(`${at.place}: ${error.why}`)
      if (!error.hit && !this.#declared) return []
      this.replaced++
      return emptied()
    }
  }
}
