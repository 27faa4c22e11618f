import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { repeatedWords } from './policy-words.ts'

const SENTENCE = 'One two three four five six seven eight nine ten eleven twelve thirteen.'

function policies(): string {
  const folder = join(inject('runFolder'), 'policies')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'vendor.txt'), `Before. ${SENTENCE} After.`)
  return folder
}

it('catches twelve words in a row, over line ends, marks and capitals', () => {
  const text = '// ONE two, three four five six\n// seven eight nine ten — eleven twelve'
  expect(repeatedWords([{ file: 'docs/a.md', text }], policies())).toEqual([
    'docs/a.md: "one two three four five six seven eight nine ten eleven twelve" stands in vendor.txt; write your own words',
  ])
})

it('lets eleven words pass', () => {
  const text = 'One two three four five six seven eight nine ten eleven, and then our own.'
  expect(repeatedWords([{ file: 'docs/a.md', text }], policies())).toEqual([])
})
