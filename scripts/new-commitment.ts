/** `npm run new-commitment NAME`: a folder for a kind of commitment that fails its tests until it is filled. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type KindNames, scaffold, withKind } from './commitment-scaffold.ts'

const COMMITMENTS = fileURLToPath(new URL('../src/commitments', import.meta.url))
const KEY = /^[a-z][a-z]*$/

function stop(what: string, mend: string): never {
  console.error(`${what}\n  ${mend}`)
  process.exit(2)
}

/** A kind that is accepted and not built keeps its heading and its line; its index.ts is replaced. */
async function readAccepted(folder: string, key: string): Promise<KindNames> {
  if (readdirSync(folder).some((file) => file !== 'index.ts')) {
    stop(`${key} is already built in ${relative(process.cwd(), folder)}.`, 'Change its files there.')
  }
  const module = (await import(pathToFileURL(join(folder, 'index.ts')).href)) as Record<string, KindNames>
  const kind = module[key]
  if (!kind) stop(`${key}/index.ts exports no ${key}.`, 'Export the kind under the name of its folder.')
  return { key, heading: kind.heading, says: kind.says }
}

async function run(key: string | undefined): Promise<void> {
  if (!key || !KEY.test(key))
    stop('A kind needs a name: one plain noun in small letters.', 'npm run new-commitment sponsoring')
  const folder = join(COMMITMENTS, key)
  const isAccepted = existsSync(folder)
  const heading = key.slice(0, 1).toUpperCase() + key.slice(1)
  const names = isAccepted ? await readAccepted(folder, key) : { key, heading, says: '' }
  for (const [file, text] of Object.entries(scaffold(names))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
    console.log(`written: src/commitments/${key}/${file}`)
  }
  if (!isAccepted) {
    const list = join(COMMITMENTS, 'index.ts')
    writeFileSync(list, withKind(readFileSync(list, 'utf8'), key))
    console.log('changed: src/commitments/index.ts (its place in the list is its place in the notice)')
  }
  console.log(`Fill them until this passes: npm test -- src/commitments/${key} test/commitments.test.ts`)
}

await run(process.argv[2])
