import { stringify } from 'yaml'
import { isOpen } from '../../commitments/statement.ts'
import type { Loss } from '../exported.ts'
import type { DraftMap } from './import-dataset.ts'

/** Every value of a draft that waits for a decision, with its path. */
export const questionsOf = (value: unknown, path = ''): readonly { readonly path: string; readonly asks: string }[] => {
  if (isOpen(value)) return [{ path, asks: value.slice('OPEN: '.length) }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => questionsOf(inner, path === '' ? key : `${path}.${key}`))
}

/** The draft as YAML; what is worth knowing stands above as comments. */
export const draftMapText = (map: DraftMap, from: string, remarks: readonly Loss[]): string => {
  const head = [
    `Drafted from ${from}. Every value that begins with OPEN waits for a decision; kept check refuses it.`,
    ...remarks.map(({ path, what }) => `${path}: ${what}`),
  ]
  return `${head.map((line) => `# ${line.replace(/\s+/gu, ' ')}`).join('\n')}\n${stringify(map, { lineWidth: 0 })}`
}
