import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The rooms of src that the map draws: the entries of its second level, between `src/` and the next first-level line. */
function drawnRooms(page: string): string[] {
  const [, below = ''] = page.split('├─ src/\n')
  const [inside = ''] = below.split(/^├─/m)
  return [...inside.matchAll(/^│ {2}[├└]─ ([\w.-]+)/gm)].map((match) => match[1] ?? '').sort()
}

/** The rooms that exist: the files and the folders of src that hold a file. */
function builtRooms(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() || readdirSync(join(root, entry.name)).length > 0)
    .map((entry) => entry.name)
    .sort()
}

it('draws every room of src on the map, and none that is not built', () => {
  expect(drawnRooms(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8'))).toEqual(builtRooms(join(ROOT, 'src')))
})

it('reads a map as a person does', () => {
  const page = '```\n├─ src/\n│  ├─ base/   0  clock\n│  └─ ledger.ts  3  log\n├─ test/  journeys\n│  └─ attic/\n```'
  expect(drawnRooms(page)).toEqual(['base', 'ledger.ts'])
})

const PAGES = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file))

it.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...PAGES])('links in %s lead to files', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '')
  const missing = links.filter((link) => !existsSync(join(ROOT, page, '..', link)))
  expect(missing).toEqual([])
})
