import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SourceFailure } from '../items/source.ts'
import { type PathPattern, pathPattern } from './pattern.ts'

/** Bytes of a file that are read as one cell; a longer one is said to be, and never cut and written back. */
export const longestFile = 64 << 20

/** Why a file could not be read or written, by what the system says; never its path. */
export function diskFailure(error: unknown, act: string): SourceFailure {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return new SourceFailure('permission', `${act}: ${code}`, error)
  if (['ENOENT', 'ENOTDIR'].includes(code)) return new SourceFailure('unreachable', `${act}: ${code}`, error)
  if (['EBUSY', 'ETXTBSY', 'EAGAIN'].includes(code)) return new SourceFailure('locked', `${act}: ${code}`, error)
  return new SourceFailure('refused', `${act}: ${code === '' ? 'fault' : code}`, error)
}

/** The pattern of a connection such as `files:/srv/{customer}`, once the folder above its first named part is seen to be there. */
export async function openPattern(connection: string): Promise<PathPattern> {
  const pattern = pathPattern(connection.slice(connection.indexOf(':') + 1))
  try {
    if ((await lstat(pattern.root)).isDirectory()) return pattern
  } catch (error) {
    throw diskFailure(error, 'opening the folder')
  }
  throw new SourceFailure('unreachable', 'there is no such folder')
}

export const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

/** Names in a folder, sorted: folders and plain files; links and special files are nobody's to follow. Gone: none. */
export async function namesIn(folder: string): Promise<{ folders: string[]; files: string[]; links: string[] }> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const named = (test: (entry: (typeof entries)[number]) => boolean) =>
      entries
        .filter(test)
        .map(({ name }) => name)
        .sort()
    return {
      folders: named((entry) => entry.isDirectory()),
      files: named((entry) => entry.isFile()),
      links: named((entry) => !entry.isDirectory() && !entry.isFile()),
    }
  } catch (error) {
    if (isGone(error)) return { folders: [], files: [], links: [] }
    throw diskFailure(error, 'reading a folder')
  }
}

/** A file's bytes; undefined when it is gone, `large` when it is longer than `longestFile`. Never follows a link. */
export async function readWhole(path: string): Promise<Buffer | 'large' | undefined> {
  let file: FileHandle | undefined
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const { size } = await file.stat()
    if (size > longestFile) return 'large'
    return await file.readFile()
  } catch (error) {
    if (isGone(error)) return undefined
    throw diskFailure(error, 'reading a file')
  } finally {
    await file?.close()
  }
}

/** Pieces of a file for the proof, however large it is. */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  let file: FileHandle | undefined
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    for await (const piece of file.createReadStream({ highWaterMark: 1 << 20, autoClose: false }))
      yield piece as Uint8Array
  } catch (error) {
    if (!isGone(error)) throw diskFailure(error, 'reading a file')
  } finally {
    await file?.close()
  }
}

/** Puts new bytes in the place of a file: written beside it, flushed, and renamed over it, with its rights and owner. */
export async function replaceFile(path: string, bytes: Uint8Array, target = path): Promise<void> {
  const beside = join(dirname(path), `.kept-${randomBytes(8).toString('hex')}`)
  try {
    const { mode, uid, gid, atime, mtime } = await lstat(path)
    const file = await open(beside, 'wx', mode & 0o7777)
    try {
      await file.writeFile(bytes)
      await file.chmod(mode & 0o7777)
      if (process.getuid?.() === 0) await file.chown(uid, gid)
      await file.utimes(atime, mtime)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, target)
    if (target !== path) await unlink(path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(beside, { force: true })
    throw error instanceof SourceFailure ? error : diskFailure(error, 'writing a file')
  }
}

/** False when the file was gone. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path)
    await syncFolder(dirname(path))
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw diskFailure(error, 'removing a file')
  }
}

/** Removes a folder that holds nothing; false when it holds something or is gone. */
export async function removeEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder)
    return true
  } catch (error) {
    if (isGone(error) || ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw diskFailure(error, 'removing a folder')
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A part of a path that a key names: never one that leads elsewhere. */
export function isPathPart(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !part.includes('/') && !part.includes('\0')
}
