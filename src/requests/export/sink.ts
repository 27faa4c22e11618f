/** A file that is being written: its bytes may change again once the next write has returned. */
export interface SinkFile {
  /** Returns when the write before it is done: the next bytes may be made while these are written. */
  write(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** Where an export is written, file by file. It appears under its own name only when `finish` has run. */
export interface ExportSink {
  /** Writes one file from chunks; `path` is relative, with `/`. */
  write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
  /** A file beside others that are open; absent where one file must end before the next begins. */
  open?(path: string): Promise<SinkFile>
  finish(): Promise<void>
  /** Removes what was written so far. */
  abandon(): Promise<void>
}

/** Paths of exports that are not finished: an interrupted process removes them on its way out. */
export const unfinished = new Set<string>()
