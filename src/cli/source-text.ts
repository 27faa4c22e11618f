import { readFileSync } from 'node:fs'

/** The text of a policy or map, to show the line of a fault; anything else is not read. */
export function sourceOf(file: string | undefined, known: Map<string, string | undefined>): string | undefined {
  if (file === undefined || !/\.ya?ml$/.test(file)) return undefined
  if (!known.has(file)) {
    try {
      known.set(file, readFileSync(file, 'utf8'))
    } catch {
      known.set(file, undefined)
    }
  }
  return known.get(file)
}
