/** What a cell may be, and what reading it may cost. */

export type CodecName =
  | 'text'
  | 'quoted-printable'
  | 'base64'
  | 'hex'
  | 'html'
  | 'json'
  | 'url'
  | 'mime'
  | 'vcard'
  | 'icalendar'
  | 'zip'
  | 'docx'
  | 'xlsx'
  | 'odt'
  | 'pdf'
  | 'gzip'
  | 'deflate'
  | 'php'
  | 'perl'
  | 'csv'

/** What one cell may cost. Beyond it the cell counts as not cleared. */
export interface Limits {
  /** Bytes of the cell itself. Default 64 MB. */
  readonly cellBytes: number
  /** Bytes decoded over all layers. Default 256 MB. */
  readonly decodedBytes: number
  /** Layers inside each other. Default 8. */
  readonly layers: number
  /** Files of archives, parts of mails, values of serialized data. Default 10,000 files and parts; 100 values for each. */
  readonly entries: number
  /** Decoded bytes to compressed bytes. Default 200. */
  readonly ratio: number
}

export const LIMITS: Limits = { cellBytes: 64e6, decodedBytes: 256e6, layers: 8, entries: 10_000, ratio: 200 }

/** Small archives may be denser than the ratio allows: a blank page compresses well. */
export const SMALL_OUTPUT_BYTES = 1_000_000

/** A layer that cannot be read or cannot be rewritten. `why` names the format and the reason, never data. */
export class Uncleared extends Error {
  readonly why: string
  /** An identifier was seen inside; else nobody knows what is inside. */
  readonly hit: boolean
  constructor(why: string, hit = false) {
    super(why)
    this.name = 'Uncleared'
    this.why = why
    this.hit = hit
  }
}
