import { expect, test } from 'vitest'
import { controller, signer as first, grown, newSigner, packOf, sourceOf } from '../../../test/evidence-packs.ts'
import { secondVerifier } from '../../../test/second-verifier.ts'
import { originOf, type Signer } from './note.ts'
import { endorse, keyChain, type Rotation } from './rotation.ts'
import { Frontier, leafHash } from './tree.ts'
import { verifyPack } from './verify.ts'

const lines = grown(2500)
const origin = originOf(controller)
const second = newSigner()
const third = newSigner()
const thief = newSigner()

function rotation(size: number, old: Signer, next: Signer, of: readonly string[] = lines): Rotation {
  const frontier = new Frontier()
  for (const line of of.slice(0, size)) frontier.append(leafHash(line))
  return endorse({ origin, size, root: frontier.root() }, old, next)
}

/** A pack over the first `size` entries, signed by a key, with these hand-overs in its header. */
async function rotatedPack(by: Signer, rotations: readonly Rotation[], of = lines, size = of.length): Promise<Buffer> {
  const source = sourceOf(of.slice(0, size), by)
  return packOf({ ...source, keys: { verifier: by.key, rotations } })
}

const codes = async (pack: Uint8Array, options = {}) =>
  (await verifyPack(pack, options)).problems.map((problem) => problem.code)

const handed = [rotation(1000, first, second), rotation(1024, second, third)]

test('a pack across rotations is verified with the first key, the current one, or one between', async () => {
  const pack = await rotatedPack(third, handed)
  for (const key of [first.key, second.key, third.key, undefined]) {
    const verification = await verifyPack(pack, key === undefined ? {} : { key })
    expect(verification).toMatchObject({ ok: true, signedBy: third.key, earlierKeys: [first.key, second.key] })
    expect(await secondVerifier(pack, key)).toBe(true)
  }
  expect(await codes(pack, { key: thief.key })).toEqual(['key'])
  expect(await secondVerifier(pack, thief.key)).toBe(false)
  // Also over nothing, over all, and twice over the same entries.
  for (const size of [0, 1, 2500]) {
    const edge = [rotation(size, first, second), rotation(size, second, third)]
    expect(await codes(await rotatedPack(third, edge), { key: first.key })).toEqual([])
  }
})

test('breach: a forged rotation is found, whatever about it is forged', async () => {
  const forged: Record<string, readonly Rotation[]> = {
    'signed by somebody else under the name of the first key': [
      { key: first.key, note: rotation(1000, thief, third).note },
    ],
    'a note that names another key': [{ key: first.key, note: rotation(1000, first, thief).note }],
    'no hand-over from the first to the second': [handed[1] as Rotation].map(({ note }) => ({ key: first.key, note })),
    'a checkpoint without the line': [{ key: first.key, note: (await sourceOf(lines, first, 1000).checkpoint()).note }],
    'out of order': [...handed].reverse(),
    'going back': [rotation(1024, first, second), rotation(1000, second, third)],
    'more entries than there are': [rotation(2500, first, third, grown(2501)), ...handed].slice(0, 1),
    'over another history': [rotation(1000, first, third, ['other', ...lines.slice(1)])],
    'a ring': [rotation(10, third, first), rotation(20, first, third)],
  }
  for (const [what, rotations] of Object.entries(forged)) {
    const size = what.startsWith('more') ? 2499 : lines.length
    const pack = await rotatedPack(third, rotations, lines, size)
    expect(await codes(pack, { key: first.key }), what).toEqual(expect.arrayContaining(['rotation']))
    expect(await codes(pack), what).toEqual(expect.arrayContaining(['rotation']))
    expect(await secondVerifier(pack, first.key), what).toBe(false)
  }
  // The thief's own chain holds in itself; it does not begin at a key that anybody trusts.
  const own = await rotatedPack(thief, [rotation(1000, second, thief)])
  expect(await codes(own, { key: first.key })).toEqual(['key'])
  expect(keyChain(origin, [rotation(3, first, second)], third)).toBeUndefined()
})

test('an older checkpoint of an earlier key is continued; one that it signed after it was replaced is refused', async () => {
  const pack = await rotatedPack(third, handed)
  const since = async (by: Signer, size: number) => (await sourceOf(lines, by, size).checkpoint()).note
  expect(await verifyPack(pack, { key: first.key, since: await since(first, 700) })).toMatchObject({ continues: 700 })
  expect(await verifyPack(pack, { since: await since(second, 1010) })).toMatchObject({ ok: true, continues: 1010 })
  expect(await codes(pack, { since: await since(first, 1001) })).toEqual(['since'])
  expect(await codes(pack, { since: await since(thief, 700) })).toEqual(['since'])
  const rewritten = await rotatedPack(third, handed, ['other', ...lines.slice(1)])
  expect(await codes(rewritten, { since: await since(first, 700) })).toEqual(expect.arrayContaining(['rotation']))
})

test('a third of all bits flipped in the header of a rotated pack is found', async () => {
  const few = [rotation(3, first, second, lines)]
  const pack = await rotatedPack(second, few, lines, 5)
  const end = pack.indexOf(10)
  let missed = 0
  for (let bit = 0; bit < end * 8; bit += 3) {
    const flipped = Buffer.from(pack)
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
    if ((await verifyPack(flipped)).ok) missed += 1
  }
  expect(missed).toBe(0)
})
