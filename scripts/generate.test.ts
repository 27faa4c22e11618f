import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { staleFiles } from './generate.ts'

it('names a generated file that is absent or was edited by hand', async () => {
  const root = join(inject('runFolder'), 'generated')
  mkdirSync(root, { recursive: true })
  writeFileSync(join(root, 'same.md'), 'same\n')
  writeFileSync(join(root, 'edited.md'), 'by hand\n')
  const stale = await staleFiles(root, [
    { file: 'same.md', text: async () => 'same\n' },
    { file: 'edited.md', text: async () => 'written\n' },
    { file: 'absent.md', text: async () => 'new\n' },
  ])
  expect(stale.map((one) => one.file)).toEqual(['edited.md', 'absent.md'])
})
