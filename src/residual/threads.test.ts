import { expect, test } from 'vitest'
import { compileFinder, type SoughtIdentity } from './index.ts'
import { FinderThreads } from './threads.ts'

const identities: SoughtIdentity[] = [
  { id: 'e1', kind: 'email', value: 'marta@example.org', strong: true },
  { id: 'p1', kind: 'phone', value: '+48 601 555 010', strong: false },
]

function block(number: number): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: 500 }, (_one, row) => {
    if (row % 97 === number) return `${row}\tYou wrote from MARTA@example.org\n`
    if (row % 89 === number) return `${row}\t${Buffer.from(`call 601-555-010 ${row}`.repeat(3)).toString('base64')}\n`
    return `${row}\tnothing of hers\n`
  })
  return new Uint8Array(Buffer.from(rows.join('')))
}

test('threads find the rows that the finder of this thread finds, and give every block back to its own asker', async () => {
  const finder = compileFinder(identities)
  const threads = new FinderThreads(identities, 2)
  try {
    const answers = await Promise.all(Array.from({ length: 9 }, (_one, number) => threads.suspects(block(number))))
    for (const [number, { bytes, ranges }] of answers.entries()) {
      expect(Buffer.from(bytes).equals(block(number))).toBe(true)
      const wanted = finder.suspects(block(number))
      expect(wanted.length).toBeGreaterThan(5)
      expect([...ranges]).toEqual(wanted.flatMap(({ start, end }) => [start, end]))
    }
  } finally {
    await threads.close()
  }
})

test('a search whose thread has ended fails: silence is no proof', async () => {
  const threads = new FinderThreads(identities, 1)
  const answer = threads.suspects(block(1))
  await threads.close()
  await expect(answer).rejects.toThrow('ended')
  await expect(threads.suspects(block(1))).rejects.toThrow('ended')
})
