/** Builds dist: the compiled sources with declarations, and beside them the data files they read. */
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = join(ROOT, 'src')
const BUILT = join(ROOT, 'dist')
const NOT_SHIPPED = /(\.ts|\.md)$|(^|\/)(cases|fixtures)(\/|$)/

function isShippedData(path: string): boolean {
  return !NOT_SHIPPED.test(relative(SOURCES, path).split(sep).join('/'))
}

/** Empties and fills dist. Throws with the compiler's words where it refuses. */
export function build(): void {
  rmSync(BUILT, { recursive: true, force: true })
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  const ended = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: ROOT, encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(`${ended.stdout}${ended.stderr}`)
  cpSync(SOURCES, BUILT, { recursive: true, filter: isShippedData })
}

if (import.meta.main) {
  try {
    build()
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault)
    process.exitCode = 1
  }
}
