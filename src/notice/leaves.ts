import { fieldsFor } from './entry-fields.ts'
import type { Leaves } from './rules.ts'
import type { Scalar } from './speech.ts'

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value)

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A commitment of the policy file as its leaves; keys inside keys are joined by a dot. Sources are references, not said. */
export const leavesOf = (kind: string, name: string, entry: unknown): Leaves => {
  const leaves = new Map<string, readonly Scalar[]>()
  const fields = fieldsFor(kind, name)
  const gather = (value: unknown, key: string): void => {
    const field = fields.find((each) => each.key === key)
    if (field !== undefined && Array.isArray(value)) leaves.set(key, value.filter(isScalar))
    else if (field !== undefined && isScalar(value)) leaves.set(key, [value])
    else if (field?.type === 'ages' && isMap(value)) {
      const ages = Object.entries(value).map(([code, age]) => `${code}=${String(age)}`)
      if (ages.length > 0) leaves.set(key, ages)
    } else if (isMap(value)) for (const [inner, each] of Object.entries(value)) gather(each, `${key}.${inner}`)
  }
  for (const [key, value] of Object.entries(isMap(entry) ? entry : {})) gather(value, key)
  // What happens at the end is erasure where nothing else is named; a reader is told.
  if (kind === 'retention' && !leaves.has('then')) leaves.set('then', ['erase'])
  return leaves
}

/** The commitment that leaves make, as a policy file writes it: single values plain where the vocabulary allows it. */
export const entryOf = (kind: string, name: string, leaves: Leaves): Readonly<Record<string, unknown>> => {
  const entry: Record<string, unknown> = {}
  for (const { key, type, shape, fixed } of fieldsFor(kind, name)) {
    const values = leaves.get(key)
    if (values === undefined) continue
    const path = key.split('.')
    let place = entry
    for (const part of path.slice(0, -1)) {
      const inner = place[part]
      const next = isMap(inner) ? (inner as Record<string, unknown>) : {}
      place[part] = next
      place = next
    }
    const last = path.at(-1) ?? key
    const [first] = values
    if (type === 'ages')
      place[last] = Object.fromEntries(values.map((each) => [String(each).slice(0, 2), Number(String(each).slice(3))]))
    else if (values.length === 1 && (shape !== 'list' || (typeof first === 'boolean' && fixed.includes(first))))
      place[last] = first
    else place[last] = [...values]
  }
  return entry
}
