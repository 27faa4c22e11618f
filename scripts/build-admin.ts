/** Builds dist-admin: the pages of the administration, as the server hands them out. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MARK = '.sources'

/** Most bytes that the first page may load, compressed (gzip): a phone on a slow line waits a second or two for them. */
export const FIRST_LOAD_BYTES = 300 * 1024

/** SHA-256 over all that the pages are made of: they are built anew when it has changed. */
function fingerprint(root: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  const files = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8', withFileTypes: true })
  for (const path of files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort()) {
    hash.update(path.slice(root.length)).update(readFileSync(path))
  }
  return hash.digest('hex')
}

/** Fills `dist-admin` of the checkout at `root`, where it is not up to date. Answers whether it built. */
export async function buildAdmin(root: string = ROOT): Promise<boolean> {
  const mark = join(root, 'dist-admin', MARK)
  const wanted = fingerprint(root)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false
  await build({ configFile: join(root, 'web', 'vite.config.ts') })
  writeFileSync(mark, wanted)
  return true
}

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}

/** Compressed bytes of what the first page loads: its script, what that imports at once, and their styles. */
export function firstLoadBytes(root: string = ROOT): number {
  const folder = join(root, 'dist-admin')
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>
  const files = new Set<string>(['index.html'])
  const take = (chunk: Chunk | undefined) => {
    if (chunk === undefined || files.has(chunk.file)) return
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const name of chunk.imports ?? []) take(manifest[name])
  }
  for (const chunk of Object.values(manifest)) if (chunk.isEntry) take(chunk)
  return [...files].reduce((bytes, file) => bytes + gzipSync(readFileSync(join(folder, file))).length, 0)
}

if (import.meta.main) {
  await buildAdmin()
  console.log(`first page: ${Math.ceil(firstLoadBytes() / 1024)} KiB`)
}
