/** What the worker thread says: bytes of the server, the end of an exchange, or its own end. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed' }
export type ToWorker =
  | { readonly kind: 'reset' }
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  | { readonly kind: 'close' }

/** Bytes the worker may send ahead of the reader before it waits; index 0 of the shared counter. */
export const windowBytes = 4 * 1024 * 1024

/** Frontend messages after which the server answers: Sync, Flush, Query, Terminate, CopyDone, CopyFail (PostgreSQL, Frontend/Backend Protocol). */
const answered = new Set(['S', 'H', 'Q', 'X', 'c', 'f'].map((letter) => letter.charCodeAt(0)))

/** Collects the bytes of a client until whole messages stand that the server can answer. */
export class MessageFrames {
  #kept: Buffer = Buffer.alloc(0)
  #started = false

  /** All whole messages up to the last one that is answered; the rest waits for more bytes. */
  take(chunk: Buffer): Uint8Array | undefined {
    const all = this.#kept.length === 0 ? chunk : Buffer.concat([this.#kept, chunk])
    let at = 0
    let ready = 0
    for (;;) {
      const header = this.#started ? 1 : 0
      if (at + header + 4 > all.length) break
      const end = at + header + all.readUInt32BE(at + header)
      if (end > all.length) break
      if (!this.#started || answered.has(all[at] as number)) ready = end
      this.#started = true
      at = end
    }
    this.#kept = all.subarray(ready)
    if (ready === 0) return undefined
    return new Uint8Array(all.subarray(0, ready))
  }
}
