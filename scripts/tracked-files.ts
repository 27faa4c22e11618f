/** The files of the project: what git tracks, and what it would track (new, not ignored). */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const LARGEST_BYTES = 2_000_000

/** One text file: its path from the root with `/`, and its text. */
export interface TextFile {
  readonly file: string
  readonly text: string
}

/** Paths from the root of every tracked or trackable file; undefined where the root is no git checkout. */
export async function trackedFiles(root: string): Promise<string[] | undefined> {
  try {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
    const { stdout } = await run('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
    return [...new Set(stdout.split('\0'))].filter((file) => file !== '').sort()
  } catch {
    return undefined
  }
}

/** The text of those files that hold text of at most 2 MB; a file deleted but not yet committed is left out. */
export async function readTexts(root: string, files: readonly string[]): Promise<TextFile[]> {
  const texts = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(join(root, file)).catch(() => undefined)
      if (!bytes || bytes.length > LARGEST_BYTES || bytes.includes(0)) return []
      return [{ file, text: bytes.toString('utf8') }]
    }),
  )
  return texts.flat()
}
