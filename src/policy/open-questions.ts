import type { z } from 'zod'
import type { Path } from '../commitments/commitment-kind.ts'
import { isOpen } from '../commitments/statement.ts'
import { Fault } from '../language/fault.ts'
import type { Located } from './located.ts'
import { wordsAt } from './schema-shape.ts'

const openAt = (value: unknown, path: Path): { readonly path: Path; readonly asks: string }[] => {
  if (isOpen(value)) return [{ path, asks: value.slice('OPEN: '.length) }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    openAt(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

const taken = (words: readonly string[]): string =>
  words.length === 0 ? '' : `: ${words.length === 1 ? '' : 'one of '}${words.join(', ')}`

/**
 * Each value that an import left open is one fault that asks; what else would be wrong with such a value is not told beside it.
 * `schema` knows which words are taken there; `code` says whether a policy or a store map asks.
 */
export const askOpen = (
  located: Located,
  faults: readonly Fault[],
  schema: z.ZodType,
  code: 'policy.open-question' | 'store.open-question' = 'policy.open-question',
): readonly Fault[] => {
  const open = openAt(located.value, []).map(
    ({ path, asks }) =>
      new Fault({
        code,
        where: located.place(path),
        what: `this is left open: ${asks}`,
        mend: `decide it, and write the answer in place of the question${taken(wordsAt(schema, path))}`,
      }),
  )
  const places = new Set(open.map((fault) => fault.where.path))
  return [...faults.filter((fault) => !places.has(fault.where.path)), ...open]
}
