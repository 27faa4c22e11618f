import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { boundary } from '../base/boundary.ts'
import { randomId } from '../base/ids.ts'
import type { NoticeFile } from '../records.ts'

/** Writes files below a folder, each whole or not at all; what else lies there stays. */
export function writePages(folder: string, files: readonly NoticeFile[]): void {
  for (const { path, text } of files) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    const unfinished = `${target}.${randomId(8)}.unfinished`
    try {
      writeFileSync(unfinished, text)
      boundary('publish.before-rename')
      renameSync(unfinished, target)
    } finally {
      rmSync(unfinished, { force: true })
    }
  }
}
