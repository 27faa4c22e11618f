/** Builds dist: the compiled sources with declarations, and beside them the data files they read. */
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildAdmin } from './build-admin.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NOT_SHIPPED = /(\.ts|\.md)$|(^|\/)(cases|fixtures)(\/|$)/

/** Empties and fills `dist` of the checkout at `root`. Throws with the compiler's words where it refuses. */
export function build(root: string = ROOT): void {
  const [sources, built] = [join(root, 'src'), join(root, 'dist')]
  rmSync(built, { recursive: true, force: true })
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const ended = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(`${ended.stdout}${ended.stderr}`)
  const isShippedData = (path: string) => !NOT_SHIPPED.test(relative(sources, path).split(sep).join('/'))
  cpSync(sources, built, { recursive: true, filter: isShippedData })
}

if (import.meta.main) {
  try {
    build()
    await buildAdmin()
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault)
    process.exitCode = 1
  }
}
