import { nameOf } from '../../commitments/statement.ts'
import { fideslangLine } from '../../language/fideslang.ts'

/** A name for a category that is known only by its key: the last word of it, with those before it where that is not enough. */
export const categoryNames = (keys: Iterable<string>): ReadonlyMap<string, string> => {
  const current = new Map([...new Set(keys)].map((key) => [key, fideslangLine('data', key)?.now ?? key] as const))
  const named = new Map<string, string>()
  const taken = new Map<string, string>()
  for (const now of new Set(current.values())) {
    const parts = now.split('.')
    let length = 1
    let name = nameOf(parts.slice(-length).join('-'))
    while (taken.has(name) && length < parts.length) {
      length += 1
      name = nameOf(parts.slice(-length).join('-'))
    }
    taken.set(name, now)
    named.set(now, name)
  }
  return new Map([...current].map(([key, now]) => [key, named.get(now) ?? nameOf(key)]))
}

/** True for keys of the system itself, which are nobody's data. */
export const isOfSystem = (key: string): boolean => key === 'system' || key.startsWith('system.')
