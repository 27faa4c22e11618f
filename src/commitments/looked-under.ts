import type { Finding } from '../records.ts'
import type { Standing } from './commitment-kind.ts'

/** What a finding says it was made under; what it does not say is unknown, and nothing current rests on it. */
export const lookedUnder = ({ detail }: Finding): NonNullable<Standing['under']> => {
  if (typeof detail !== 'object' || detail === null || !('policy' in detail)) return { maps: {} }
  const { policy, maps = {} } = detail
  const named = typeof maps === 'object' && maps !== null ? Object.entries(maps) : []
  return {
    ...(typeof policy === 'string' ? { policy } : {}),
    maps: Object.fromEntries(named.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
  }
}
