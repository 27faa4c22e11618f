import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consistencyProof, inclusionProof, rangeRoot, verifyConsistency, verifyInclusion } from './proof.ts'
import { emptyRoot, Frontier, leafDigest, leafHash, nodeDigest, nodeHash } from './tree.ts'

// Vectors of the Certificate Transparency reference implementation (merkle_tree_test.cc), for the tree of RFC 6962 and 9162.
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const h96 = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const h5f = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const h6b = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const hbc = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const hca = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const h0e = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'
const inclusion: [number, number, string[]][] = [
  [0, 1, []],
  [0, 8, [h96, h5f, h6b]],
  [5, 8, [hbc, hca, roots[3] as string]],
  [2, 3, [roots[1] as string]],
  [1, 5, [roots[0] as string, h5f, hbc]],
]
const consistency: [number, number, string[]][] = [
  [1, 1, []],
  [1, 8, [h96, h5f, h6b]],
  [6, 8, [h0e, hca, roots[3] as string]],
  [2, 5, [h5f, hbc]],
]

const leaves = inputs.map((input) => leafHash(Buffer.from(input, 'hex')))
const hex = (proof: readonly Uint8Array[]) => proof.map((step) => Buffer.from(step).toString('hex'))
const bytes = (proof: readonly string[]) => proof.map((step) => Buffer.from(step, 'hex'))

describe('the tree of RFC 9162', () => {
  it('has the published roots', () => {
    expect(emptyRoot.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    const frontier = new Frontier()
    expect(frontier.root()).toEqual(emptyRoot)
    for (const [at, leaf] of leaves.entries()) {
      frontier.append(leaf)
      expect(frontier.root().toString('hex')).toBe(roots[at])
      expect(Buffer.from(rangeRoot(leaves, 0, at + 1)).toString('hex')).toBe(roots[at])
    }
  })

  it('has the published inclusion proofs', () => {
    for (const [index, size, proof] of inclusion) {
      expect(hex(inclusionProof(leaves.slice(0, size), index))).toEqual(proof)
      const root = Buffer.from(roots[size - 1] as string, 'hex')
      expect(verifyInclusion(leaves[index] as Buffer, index, size, bytes(proof), root)).toBe(true)
    }
  })

  it('has the published consistency proofs', () => {
    for (const [older, size, proof] of consistency) {
      expect(hex(consistencyProof(leaves.slice(0, size), older))).toEqual(proof)
      const [from, to] = [older, size].map((at) => Buffer.from(roots[at - 1] as string, 'hex')) as [Buffer, Buffer]
      expect(verifyConsistency(older, from, size, to, bytes(proof))).toBe(true)
    }
  })

  it('hashes the same as digests and as bytes, for short and long entries', () => {
    for (const length of [0, 1, 4094, 4095, 4096, 10_000]) {
      const data = Buffer.alloc(length, 'é')
      const plain = createHash('sha256')
        .update(Buffer.concat([Buffer.from([0]), data]))
        .digest()
      expect(leafHash(data)).toEqual(plain)
      expect(leafHash(data.toString('latin1'))).toEqual(leafHash(Buffer.from(data.toString('latin1'), 'utf8')))
    }
    const [a, b] = [leafDigest('a'), leafDigest('b')]
    expect(Buffer.from(nodeDigest(a, b), 'latin1')).toEqual(nodeHash(leafHash('a'), leafHash('b')))
  })
})

describe('frontier and proofs', () => {
  const grown = (size: number) => Array.from({ length: size }, (_, at) => leafHash(`entry ${at}`))

  it('a frontier put away and taken up again goes on alike, and subtrees count as their leaves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 60 }), (first, more) => {
        const all = grown(first + more)
        let frontier = new Frontier()
        for (const leaf of all.slice(0, first)) frontier.append(leaf)
        frontier = new Frontier(frontier.size, frontier.packed())
        for (const leaf of all.slice(first)) frontier.append(leaf)
        expect(frontier.root()).toEqual(Buffer.from(rangeRoot(all)))
        const bySubtrees = new Frontier()
        for (let at = 0; at + 8 <= all.length; at += 8)
          bySubtrees.appendSubtree(Buffer.from(rangeRoot(all, at, at + 8)), 8)
        for (const leaf of all.slice(all.length - (all.length % 8))) bySubtrees.append(leaf)
        expect(bySubtrees.root()).toEqual(frontier.root())
      }),
      { numRuns: 60 },
    )
    expect(() => new Frontier(3, Buffer.alloc(32))).toThrow(RangeError)
  })

  it('every proof holds and none holds once a bit of it, the leaf or a root is changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, at, bit) => {
        const all = grown(size)
        const index = at % size
        const older = (at % size) + 1
        const root = Buffer.from(rangeRoot(all))
        const olderRoot = Buffer.from(rangeRoot(all, 0, older))
        const included = inclusionProof(all, index)
        const consistent = consistencyProof(all, older)
        expect(verifyInclusion(all[index] as Buffer, index, size, included, root)).toBe(true)
        expect(verifyConsistency(older, olderRoot, size, root, consistent)).toBe(true)
        const flip = (hash: Uint8Array) => {
          const copy = Buffer.from(hash)
          copy[bit % 32] = (copy[bit % 32] as number) ^ (1 << (bit % 8))
          return copy
        }
        const flipOne = (proof: Uint8Array[]) =>
          proof.map((step, place) => (place === bit % proof.length ? flip(step) : step))
        expect(verifyInclusion(flip(all[index] as Buffer), index, size, included, root)).toBe(false)
        expect(verifyConsistency(older, flip(olderRoot), size, root, consistent)).toBe(false)
        if (included.length > 0)
          expect(verifyInclusion(all[index] as Buffer, index, size, flipOne(included), root)).toBe(false)
        if (consistent.length > 0)
          expect(verifyConsistency(older, olderRoot, size, root, flipOne(consistent))).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})
