import { hash } from 'node:crypto'

// Hashes of RFC 9162 section 2.1.1: a leaf begins with 0x00, a node with 0x01, so that neither can pass for the other.
const leafBuffer = Buffer.alloc(4096)
const nodeBuffer = Buffer.alloc(65)
nodeBuffer[0] = 1

/** The leaf hash of an entry's bytes, as 32 characters of one byte each: for many hashes a third of a Buffer's cost. */
export function leafDigest(data: Uint8Array | string): string {
  const length = typeof data === 'string' ? Buffer.byteLength(data) : data.length
  const buffer = length < leafBuffer.length ? leafBuffer : Buffer.allocUnsafe(length + 1)
  buffer[0] = 0
  if (typeof data === 'string') buffer.write(data, 1, 'utf8')
  else buffer.set(data, 1)
  return hash('sha256', buffer.subarray(0, length + 1), 'binary')
}

/** As `nodeHash`, on the digests of `leafDigest`. */
export function nodeDigest(left: string, right: string): string {
  nodeBuffer.write(left, 1, 32, 'latin1')
  nodeBuffer.write(right, 33, 32, 'latin1')
  return hash('sha256', nodeBuffer, 'binary')
}

/** The leaf hash of an entry's bytes. */
export function leafHash(data: Uint8Array | string): Buffer {
  return Buffer.from(leafDigest(data), 'latin1')
}

/** The hash of a node over its two children. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeBuffer.set(left, 1)
  nodeBuffer.set(right, 33)
  return hash('sha256', nodeBuffer, 'buffer')
}

/** The root of no entries at all: the hash of nothing. */
export const emptyRoot = hash('sha256', '', 'buffer')

/**
 * The complete subtrees of a growing tree, largest first: one for each one-bit of `size`. An append touches
 * at most log2(size) of them.
 */
export class Frontier {
  #size: number
  readonly #subtrees: string[] = []

  constructor(size = 0, packed: Uint8Array = new Uint8Array(0)) {
    if (packed.length !== 32 * ones(size))
      throw new RangeError('a frontier holds one hash for each one-bit of its size')
    this.#size = size
    const digests = Buffer.from(packed).toString('latin1')
    for (let at = 0; at < digests.length; at += 32) this.#subtrees.push(digests.slice(at, at + 32))
  }

  get size(): number {
    return this.#size
  }

  /** A leaf as `leafHash` or `leafDigest` gives it. */
  append(leaf: Buffer | string): void {
    this.#join(leaf, 1)
  }

  /** Appends the root of a complete subtree of `leaves` entries (a power of two that divides the present size). */
  appendSubtree(root: Buffer, leaves: number): void {
    if (ones(leaves) !== 1 || this.#size % leaves !== 0)
      throw new RangeError('a subtree is appended at its own boundary')
    this.#join(root, leaves)
  }

  #join(root: Buffer | string, leaves: number): void {
    let joined = typeof root === 'string' ? root : root.toString('latin1')
    let width = leaves
    while (Math.floor(this.#size / width) % 2 === 1) {
      joined = nodeDigest(this.#subtrees.pop() as string, joined)
      width *= 2
    }
    this.#subtrees.push(joined)
    this.#size += leaves
  }

  root(): Buffer {
    let root = this.#subtrees.at(-1)
    if (root === undefined) return emptyRoot
    for (let i = this.#subtrees.length - 2; i >= 0; i--) root = nodeDigest(this.#subtrees[i] as string, root)
    return Buffer.from(root, 'latin1')
  }

  packed(): Buffer {
    return Buffer.from(this.#subtrees.join(''), 'latin1')
  }

  copy(): Frontier {
    return new Frontier(this.#size, this.packed())
  }
}

function ones(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
