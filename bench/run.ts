/** `npm run bench` measures everything in this folder, one after the other; `npm run bench NAME …` one of it, with its own arguments. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts') && !/^run\.ts$|\.test\.ts$/.test(file))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort()

/** Measures one; true if it ended well. Measurements never run side by side: they would slow each other. */
function measure(name: string, args: readonly string[]): boolean {
  console.log(`== ${name}`)
  const file = join(FOLDER, `${name}.ts`)
  return spawnSync(process.execPath, ['--expose-gc', file, ...args], { stdio: 'inherit' }).status === 0
}

const [wanted, ...rest] = process.argv.slice(2)
if (wanted !== undefined && !NAMES.includes(wanted)) {
  console.error(`There is no measurement "${wanted}".\n  There are: ${NAMES.join(', ')}.`)
  process.exitCode = 2
} else {
  const failed = (wanted === undefined ? NAMES : [wanted]).filter((name) => !measure(name, rest))
  if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`)
  process.exitCode = failed.length > 0 ? 1 : 0
}
