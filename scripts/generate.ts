/** Writes every generated file that differs from what its sources say now: `npm run generate`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GENERATED_FILES, type GeneratedFile } from './generators.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** The files whose text on disk is not what their generator returns, with that text. */
export async function staleFiles(
  root: string,
  generators: readonly GeneratedFile[],
): Promise<{ file: string; text: string }[]> {
  const texts = await Promise.all(generators.map(async ({ file, text }) => ({ file, text: await text() })))
  return texts.filter(({ file, text }) => readIfThere(join(root, file)) !== text)
}

if (import.meta.main) {
  for (const { file, text } of await staleFiles(ROOT, GENERATED_FILES)) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true })
    writeFileSync(join(ROOT, file), text)
    console.log(`written: ${file}`)
  }
  console.log(`${GENERATED_FILES.length} generated files are up to date.`)
}
