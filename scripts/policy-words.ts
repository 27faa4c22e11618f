/** The vendors' policies are theirs: no file of the project repeats twelve words of them in a row. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TextFile } from './tracked-files.ts'

// Twelve: shorter runs meet by chance in any two legal texts, longer ones let a copied sentence through.
const RUN_LENGTH = 12
const NOT_PROSE = /(^|\/)package-lock\.json$/

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^a-z0-9 ]/g, '')
    .split(' ')
    .filter((word) => word !== '')
}

function* runsOf(text: string): Generator<string> {
  const words = wordsOf(text)
  for (let start = 0; start + RUN_LENGTH <= words.length; start += 1) {
    yield words.slice(start, start + RUN_LENGTH).join(' ')
  }
}

/** Every file that repeats a policy: its path, the policy's file name and the first run of words that both have. */
export function repeatedWords(files: readonly TextFile[], policyFolder: string): string[] {
  const origin = new Map<string, string>()
  for (const name of readdirSync(policyFolder).filter((entry) => entry.endsWith('.txt'))) {
    for (const run of runsOf(readFileSync(join(policyFolder, name), 'utf8'))) origin.set(run, name)
  }
  const found: string[] = []
  for (const { file, text } of files) {
    if (NOT_PROSE.test(file)) continue
    for (const run of runsOf(text)) {
      const policy = origin.get(run)
      if (policy === undefined) continue
      found.push(`${file}: "${run}" stands in ${policy}; write your own words`)
      break
    }
  }
  return found
}
