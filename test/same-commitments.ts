/** What two policies commit to, so that they can be held against each other: the plan but for where its words stand. */
import { stringify } from 'yaml'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicyBytes } from '../src/policy/policy.ts'

const clock = { now: () => new Date('2026-11-22T12:00:00Z') }

/** Where a thing stands, which sentence it came from, and how the file was called are no part of what it says. */
const apart = new Set(['place', 'source', 'file', 'sha256', 'documents', 'probes'])

const folded = (text: string): string => text.replace(/[\t\n\f\r ]+/gu, ' ').replace(/^ | $/gu, '')

/** One value and a list of it are the same; so are nothing and an empty list. White space is as a reader sees it. */
const plainly = (value: unknown, key = ''): unknown => {
  if (typeof value === 'function' || apart.has(key)) return undefined
  if (typeof value === 'string') return folded(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => plainly(item))
    return items.length === 0 ? undefined : items.length === 1 ? items[0] : items
  }
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const entries = Object.entries(value).flatMap(([name, each]) => {
    const plain = plainly(each, name)
    return plain === undefined ? [] : [[name, plain] as const]
  })
  return entries.length === 0
    ? undefined
    : Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

/** What the compiled plan of a policy comes to, and what its file says beyond the plan. */
export const commitmentsOf = (policy: unknown): unknown => {
  const text = typeof policy === 'string' ? policy : stringify(policy)
  const read = readPolicyBytes('kept.yaml', new TextEncoder().encode(text), clock).policy
  const plan = compilePlan(read, [])
  const commitments = plan.commitments.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  return plainly({ ...plan, commitments })
}

/** All that a policy file says, also what no slice of the plan holds yet; defaults written out. */
export const saidBy = (policy: unknown): unknown => plainly(withDefaults(policy))

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What happens at the end of a term is erasure where the file names nothing else. */
const atTheEnd = 'then'

const withDefaults = (policy: unknown): unknown => {
  if (!isMap(policy)) return policy
  const rules = Object.entries(isMap(policy.retention) ? policy.retention : {})
  const retention = rules.map(([name, rule]) => [name, isMap(rule) ? { [atTheEnd]: 'erase', ...rule } : rule])
  return { ...policy, ...(rules.length === 0 ? {} : { retention: Object.fromEntries(retention) }) }
}
