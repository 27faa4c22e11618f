/** A source file holds one subject: asked about above 250 lines, refused above 400 unless long-files.json says why. */
import type { TextFile } from './tracked-files.ts'

const ASK_ABOVE_LINES = 250
const SPLIT_ABOVE_LINES = 400
const SOURCE = /\.(ts|tsx|mjs|js|css|sql)$/
const GENERATED = /(^|\/)generated\//

/** What the sizes say: `warnings` are questions, `failures` must be mended. */
export interface SizeFindings {
  readonly warnings: string[]
  readonly failures: string[]
}

/** Counts lines of the source files; `allowed` maps a long file to the reason why it stays whole. */
export function checkFileSizes(files: readonly TextFile[], allowed: Readonly<Record<string, string>>): SizeFindings {
  const warnings: string[] = []
  const failures: string[] = []
  const stillLong = new Set<string>()
  for (const { file, text } of files) {
    if (!SOURCE.test(file) || GENERATED.test(file)) continue
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    if (lines > SPLIT_ABOVE_LINES) {
      stillLong.add(file)
      if (!allowed[file])
        failures.push(`${file}: ${lines} lines; split it, or give a reason in scripts/long-files.json`)
    } else if (lines > ASK_ABOVE_LINES) {
      warnings.push(`${file}: ${lines} lines; has it still one subject?`)
    }
  }
  for (const file of Object.keys(allowed)) {
    if (!stillLong.has(file)) failures.push(`scripts/long-files.json: ${file} is not long any more; remove its line`)
  }
  return { warnings, failures }
}
