import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { ZipWriter } from '@zip.js/zip.js'
import { boundary } from '../../base/boundary.ts'
import { refuseExisting, syncFolder } from './folder.ts'
import { type ExportLock, locked } from './lock.ts'
import { type ExportSink, unfinished } from './sink.ts'

/** An export into one zip file (zip64, deflate), locked where asked, written as it comes: memory does not grow with it. */
export async function zipSink(out: string, lock?: ExportLock): Promise<ExportSink> {
  const file = resolve(out)
  await refuseExisting(file)
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.unfinished-${randomBytes(4).toString('hex')}`
  const stream = createWriteStream(temporary, { mode: 0o600, highWaterMark: 1 << 20 })
  unfinished.add(temporary)
  const { into, done } = locked(lock, Writable.toWeb(stream))
  const zip = new ZipWriter(into, {
    zip64: true,
    level: 6,
    useWebWorkers: false,
    bufferedWrite: false,
  })
  return {
    async write(path, chunks) {
      await zip.add(path, webStream(chunks))
    },
    async finish() {
      await zip.close()
      await done()
      boundary('export.before-rename')
      await rename(temporary, file)
      await syncFolder(dirname(file))
      unfinished.delete(temporary)
      boundary('export.after-rename')
    },
    async abandon() {
      stream.destroy()
      await rm(temporary, { force: true })
      unfinished.delete(temporary)
    },
  }
}

function webStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const stream: NodeReadableStream = Readable.toWeb(Readable.from(chunks))
  return stream as unknown as ReadableStream<Uint8Array>
}
