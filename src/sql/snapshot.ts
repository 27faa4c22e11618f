import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

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

/** The snapshot as a plain archive, or nothing where there is no whole one. */
export function readSnapshot(file: string): Buffer | undefined {
  try {
    return gunzipSync(readFileSync(file))
  } catch {
    return undefined
  }
}

/** Lays the archive out as a data directory: without a server's help, so that the first start needs one start only. */
export function layOut(archive: Buffer, directory: string): void {
  for (const entry of tarEntries(archive)) {
    const path = join(directory, entry.name)
    mkdirSync(entry.content === undefined ? path : dirname(path), { recursive: true, mode: 0o700 })
    if (entry.content !== undefined) writeFileSync(path, entry.content, { mode: 0o600 })
  }
}

/** Files and folders of a tar archive (POSIX ustar); throws for anything else. */
function* tarEntries(archive: Buffer): Generator<{ name: string; content?: Buffer }> {
  const text = (at: number, length: number) => archive.toString('utf8', at, at + length).replace(/\0.*$/s, '')
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const prefix = text(at + 345, 155)
    const name = `${prefix === '' ? '' : `${prefix}/`}${text(at, 100)}`
    const size = Number.parseInt(text(at + 124, 12).trim() || '0', 8)
    const type = text(at + 156, 1)
    if (name.split('/').includes('..') || !Number.isSafeInteger(size) || at + 512 + size > archive.length)
      throw new Error('tar')
    if (type === '5') yield { name }
    else if (type === '0' || type === '') yield { name, content: archive.subarray(at + 512, at + 512 + size) }
    else throw new Error('tar')
    at += 512 + Math.ceil(size / 512) * 512
  }
}

/** Puts the snapshot in its place whole or not at all; a cache that cannot be written is no fault. */
export function writeSnapshot(file: string, content: Uint8Array): void {
  const unfinished = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const handle = openSync(unfinished, 'w', 0o600)
    try {
      writeSync(handle, content)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(unfinished, file)
  } catch {
    discard(unfinished)
  }
}

function discard(unfinished: string): void {
  try {
    rmSync(unfinished, { force: true })
  } catch {
    // Not even the cache's folder can be reached: nothing was written.
  }
}
