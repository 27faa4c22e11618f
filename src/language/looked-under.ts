import type { JsonValue } from '../base/canonical-json.ts'

/** What a probe looked under: SHA-256 of the policy, and of the map of each store it looked into. */
export interface LookedUnder {
  readonly policy?: string
  readonly maps: Readonly<Record<string, string>>
}

/** What the detail of a finding says it was made under; what it does not say is unknown, and nothing current rests on it. */
export const lookedUnder = (detail: JsonValue | undefined): LookedUnder => {
  if (typeof detail !== 'object' || detail === null || !('policy' in detail)) return { maps: {} }
  const { policy, maps = {} } = detail as { readonly [key: string]: JsonValue }
  const named = typeof maps === 'object' && maps !== null ? Object.entries(maps) : []
  return {
    ...(typeof policy === 'string' ? { policy } : {}),
    maps: Object.fromEntries(named.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
  }
}
