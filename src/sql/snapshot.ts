import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Where a freshly initialised, empty data directory of this PGlite version is kept (about 4.5 MB), so that a new
 * database starts in a second instead of in five. Under `KEPT_CACHE`, else the user's cache directory.
 */
export function cachedSnapshot(): string {
  const manifest = join(dirname(fileURLToPath(import.meta.resolve('@electric-sql/pglite'))), '..', 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const cache = process.env.KEPT_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kept')
  return join(cache, `empty-database-${version}.tar.gz`)
}

/** The snapshot, or nothing where it has not been made yet. */
export function readSnapshot(file: string): Blob | undefined {
  try {
    return new Blob([readFileSync(file)])
  } catch {
    return undefined
  }
}

/** Puts the snapshot in its place whole or not at all; a cache that cannot be written is no fault. */
export async function writeSnapshot(file: string, content: Blob): Promise<void> {
  const unfinished = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const handle = openSync(unfinished, 'w', 0o600)
    try {
      writeSync(handle, new Uint8Array(await content.arrayBuffer()))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(unfinished, file)
  } catch {
    rmSync(unfinished, { force: true })
  }
}
