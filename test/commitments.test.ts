import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { CommitmentKind, Part } from '../src/commitments/commitment-kind.ts'
import { commitmentKinds } from '../src/commitments/index.ts'

const FOLDER = fileURLToPath(new URL('../src/commitments', import.meta.url))
const PARTS: readonly Part[] = ['prose', 'wording', 'enforce', 'verify']

/** Parts that are neither there nor declared absent with a reason, or both. */
function wrongParts(kind: Pick<CommitmentKind, 'key' | 'absent'>, hasFile: (file: string) => boolean): string[] {
  return PARTS.flatMap((part) => {
    const isThere = hasFile(`${part}.ts`)
    const reason = kind.absent[part]
    if (isThere && reason !== undefined) return [`${kind.key}/${part}.ts is there and declared absent`]
    if (!isThere && !reason?.trim()) return [`${kind.key} has no ${part}.ts and gives no reason for it`]
    return []
  })
}

it('gives every kind of commitment one folder of its name, and lists every folder', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map((entry) => entry.name).sort()).toEqual(commitmentKinds.map((kind) => kind.key as string).sort())
})

it('has every part of a kind, or the reason why not', () => {
  const wrong = commitmentKinds.flatMap((kind) => wrongParts(kind, (file) => existsSync(join(FOLDER, kind.key, file))))
  expect(wrong).toEqual([])
})

it('verifies only by a file of its own', () => {
  const wrong = commitmentKinds
    .filter((kind: CommitmentKind) => (kind.verify === undefined) !== (kind.absent.verify !== undefined))
    .map((kind) => kind.key)
  expect(wrong).toEqual([])
})

it('catches a part that is missing without a reason, and one that is declared absent beside its file', () => {
  const kind = { key: 'planted', absent: { prose: ' ', enforce: 'not built', verify: 'not built' } }
  expect(wrongParts(kind, (file) => file === 'verify.ts')).toEqual([
    'planted has no prose.ts and gives no reason for it',
    'planted has no wording.ts and gives no reason for it',
    'planted/verify.ts is there and declared absent',
  ])
})
