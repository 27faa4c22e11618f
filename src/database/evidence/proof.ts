import { emptyRoot, nodeHash } from './tree.ts'

/** The largest power of two smaller than `size` (RFC 9162 section 2.1.1). */
function split(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** Merkle tree hash of the leaf hashes from `from` to before `to`. */
export function rangeRoot(leaves: readonly Uint8Array[], from = 0, to = leaves.length): Uint8Array {
  if (to - from === 0) return emptyRoot
  if (to - from === 1) return leaves[from] as Uint8Array
  const middle = from + split(to - from)
  return nodeHash(rangeRoot(leaves, from, middle), rangeRoot(leaves, middle, to))
}

/** The hashes that lead from the leaf at `index` to the root over all `leaves` (RFC 9162 section 2.1.3.1). */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (index < 0 || index >= leaves.length) throw new RangeError('the index lies outside the tree')
  const walk = (from: number, to: number): Uint8Array[] => {
    if (to - from === 1) return []
    const middle = from + split(to - from)
    return index < middle
      ? [...walk(from, middle), rangeRoot(leaves, middle, to)]
      : [...walk(middle, to), rangeRoot(leaves, from, middle)]
  }
  return walk(0, leaves.length)
}

/** The hashes that show that the tree over all `leaves` begins with the one over the first `size` (RFC 9162 section 2.1.4.1). */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): Uint8Array[] {
  if (size < 1 || size > leaves.length) throw new RangeError('the older size lies outside the tree')
  const walk = (older: number, from: number, to: number, whole: boolean): Uint8Array[] => {
    if (older === to - from) return whole ? [] : [rangeRoot(leaves, from, to)]
    const width = split(to - from)
    const middle = from + width
    return older <= width
      ? [...walk(older, from, middle, whole), rangeRoot(leaves, middle, to)]
      : [...walk(older - width, middle, to, false), rangeRoot(leaves, from, middle)]
  }
  return walk(size, 0, leaves.length, true)
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** Checks an inclusion proof (RFC 9162 section 2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0 || index >= size) return false
  let position = index
  let last = size - 1
  let node = leaf
  for (const step of proof) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      node = nodeHash(step, node)
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2)
        last = Math.floor(last / 2)
      }
    } else {
      node = nodeHash(node, step)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && same(node, root)
}

/** Checks a consistency proof (RFC 9162 section 2.1.4.2). */
export function verifyConsistency(
  olderSize: number,
  olderRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (olderSize < 1 || olderSize > size) return false
  if (olderSize === size) return proof.length === 0 && same(olderRoot, root)
  const path = isPowerOfTwo(olderSize) ? [olderRoot, ...proof] : [...proof]
  let position = olderSize - 1
  let last = size - 1
  while (position % 2 === 1) {
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  const first = path.shift()
  if (first === undefined) return false
  let older = first
  let newer = first
  for (const step of path) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      older = nodeHash(step, older)
      newer = nodeHash(step, newer)
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2)
        last = Math.floor(last / 2)
      }
    } else {
      newer = nodeHash(newer, step)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && same(older, olderRoot) && same(newer, root)
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size))
}
