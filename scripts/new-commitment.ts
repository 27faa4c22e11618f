/** `npm run new-commitment NAME`: a folder for a kind of commitment that fails its tests until it is filled. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scaffold, withKind } from './commitment-scaffold.ts'

const COMMITMENTS = fileURLToPath(new URL('../src/commitments', import.meta.url))
const KEY = /^[a-z][a-z]*$/

function stop(what: string, mend: string): never {
  console.error(`${what}\n  ${mend}`)
  process.exit(2)
}

async function run(key: string | undefined): Promise<void> {
  if (!key || !KEY.test(key))
    stop('A kind needs a name: one plain noun in small letters.', 'npm run new-commitment sponsoring')
  const folder = join(COMMITMENTS, key)
  if (existsSync(folder))
    stop(`${key} is already there in ${relative(process.cwd(), folder)}.`, 'Change its files there.')
  const heading = key.slice(0, 1).toUpperCase() + key.slice(1)
  for (const [file, text] of Object.entries(scaffold({ key, heading, says: '' }))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
    console.log(`written: src/commitments/${key}/${file}`)
  }
  const list = join(COMMITMENTS, 'index.ts')
  writeFileSync(list, withKind(readFileSync(list, 'utf8'), key))
  console.log('changed: src/commitments/index.ts (its place in the list is its place in the notice)')
  console.log(`Fill them until this passes: npm test -- src/commitments/${key} test/commitments.test.ts`)
}

await run(process.argv[2])
