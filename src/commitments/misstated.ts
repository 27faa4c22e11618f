import type { Misstatement, Path } from './commitment-kind.ts'

/** A warning at the name of a commitment, or at one of its values. */
export const warned = (code: string, path: Path, what: string, mend: string): Misstatement => ({
  code,
  severity: 'warning',
  path,
  at: path.length === 1 ? 'key' : 'value',
  what,
  mend,
})

/** The same as an error: what the law does not allow, or what nobody could carry out. */
export const refused = (code: string, path: Path, what: string, mend: string): Misstatement => ({
  ...warned(code, path, what, mend),
  severity: 'error',
})

/** Names of the laws of a list that apply. */
export const applying = (applies: ReadonlyMap<string, unknown>, laws: readonly string[]): readonly string[] =>
  laws.filter((law) => applies.has(law))

/** Laws that govern persons in Europe (GDPR, its British twin, and their like). */
export const european = ['eu-gdpr', 'uk-gdpr', 'ch-fadp', 'eu-eprivacy']
