/** Others who read the evidence log from where they left off: the log itself is what waits for them, so nothing is lost or made up. */
export interface LogReader {
  /** Index of the entry that comes next. */
  readonly next: number
  /** Tries of that entry that failed. */
  readonly attempts: number
  /** When the first of them failed. */
  readonly failingSince?: string
}

export interface LogReaders {
  /**
   * Hands a reader's place to one holder for `leaseMs`; undefined where somebody else has it, its time has not come, or it
   * was stopped. One that is new begins at the log's end.
   */
  claim(name: string, leaseMs: number): Promise<LogReader | undefined>
  /** The reader went on to this entry, and keeps its place for `leaseMs`; 0 gives it back. False where it had lost it. */
  moved(name: string, from: number, next: number, leaseMs: number): Promise<boolean>
  /** Tried again from this instant on. */
  failed(name: string, next: number, dueAt: string): Promise<void>
  /** Reads no more until it is started anew. */
  stop(name: string, next: number): Promise<void>
  /** Goes on with one that was stopped; nothing happens to another. */
  start(name: string): Promise<void>
}
