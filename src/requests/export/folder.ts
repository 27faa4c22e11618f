import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { boundary } from '../../base/boundary.ts'
import { Fault } from '../../language/fault.ts'
import { type ExportSink, unfinished } from './sink.ts'

/** An export into a folder, readable by its owner only. Fault `export.exists` where something stands already. */
export async function folderSink(out: string): Promise<ExportSink> {
  const folder = resolve(out)
  await refuseExisting(folder)
  const temporary = `${folder}.unfinished-${randomBytes(4).toString('hex')}`
  await mkdir(temporary, { recursive: true, mode: 0o700 })
  unfinished.add(temporary)
  const made = new Set<string>()
  const placeOf = async (path: string): Promise<string> => {
    const file = join(temporary, path)
    if (!made.has(dirname(file))) await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    made.add(dirname(file))
    return file
  }
  return {
    async write(path, chunks) {
      const file = await placeOf(path)
      await pipeline(Readable.from(chunks), createWriteStream(file, { mode: 0o600, highWaterMark: 1 << 20 }))
    },
    async open(path) {
      const handle = await open(await placeOf(path), 'w', 0o600)
      let last: Promise<void> = Promise.resolve()
      return {
        async write(bytes) {
          await last
          last = handle.writeFile(bytes)
          last.catch(() => undefined)
        },
        async close() {
          try {
            await last
          } finally {
            await handle.close()
          }
        },
      }
    },
    async finish() {
      boundary('export.before-rename')
      await rmdir(folder).catch(() => undefined)
      await rename(temporary, folder)
      await syncFolder(dirname(folder))
      unfinished.delete(temporary)
      boundary('export.after-rename')
    },
    async abandon() {
      await rm(temporary, { recursive: true, force: true })
      unfinished.delete(temporary)
    },
  }
}

/** An empty folder may stand there; anything else is not overwritten. */
export async function refuseExisting(path: string): Promise<void> {
  try {
    if ((await readdir(path)).length === 0) return
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return
    if (code !== 'ENOTDIR') throw error
  }
  throw new Fault({
    code: 'export.exists',
    what: 'Something stands where the export is to be written.',
    mend: 'Give another --out, or remove it first.',
    where: { file: path },
  })
}

/** Makes a rename durable where the system can. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
