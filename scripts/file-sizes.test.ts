import { expect, it } from 'vitest'
import { checkFileSizes } from './file-sizes.ts'

const file = (lines: number) => ({ file: 'src/base/long.ts', text: 'a\n'.repeat(lines) })

it('asks above 250 lines and refuses above 400', () => {
  expect(checkFileSizes([file(250)], {})).toEqual({ warnings: [], failures: [] })
  expect(checkFileSizes([file(251)], {}).warnings).toHaveLength(1)
  expect(checkFileSizes([file(400)], {}).failures).toEqual([])
  expect(checkFileSizes([file(401)], {}).failures).toHaveLength(1)
})

it('lets a long file stand for a reason, as long as it is long', () => {
  const allowed = { 'src/base/long.ts': 'one table of a standard' }
  expect(checkFileSizes([file(500)], allowed).failures).toEqual([])
  expect(checkFileSizes([file(300)], allowed).failures).toHaveLength(1)
})

it('leaves generated files and prose alone', () => {
  const text = 'a\n'.repeat(900)
  const files = [
    { file: 'src/language/generated/terms.ts', text },
    { file: 'docs/guide.md', text },
  ]
  expect(checkFileSizes(files, {})).toEqual({ warnings: [], failures: [] })
})
