/** Where an export is written, file by file. It appears under its own name only when `finish` has run. */
export interface ExportSink {
  /** Writes one file from chunks; `path` is relative, with `/`. */
  write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
  finish(): Promise<void>
  /** Removes what was written so far. */
  abandon(): Promise<void>
}

/** Paths of exports that are not finished: an interrupted process removes them on its way out. */
export const unfinished = new Set<string>()
