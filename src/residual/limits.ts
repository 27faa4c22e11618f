/** Bounds of one cell's search, against hostile content. */
export interface Limits {
  /** Bytes of a cell that are looked at together; longer ones in stretches that overlap. */
  readonly cellBytes: number
  /** Bytes that may come out of all decoders and containers together. */
  readonly decodedBytes: number
  /** Layers of encodings inside encodings. */
  readonly layers: number
}

export const LIMITS: Limits = { cellBytes: 64 << 20, decodedBytes: 256 << 20, layers: 8 }
