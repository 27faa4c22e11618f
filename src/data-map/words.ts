import type { Plan } from '../policy/plan.ts'

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** How the policy itself calls what a flow names; names without words are shown as words. */
export function wordsOf(plan: Plan): (column: string, name: string) => string {
  const data = new Map(plan.data.map(({ name, words }) => [name, words]))
  const purposes = new Map(plan.purposes.map(({ name, words }) => [name, words]))
  return (column, name) => {
    if (column === 'category') return data.get(name) ?? plain(name)
    if (column === 'purpose') return purposes.get(name) ?? plain(name)
    if (column === 'country') return countryName(name)
    return name
  }
}

function countryName(code: string): string {
  try {
    return countries.of(code) ?? code
  } catch {
    return code
  }
}

const plain = (name: string): string => name.replaceAll(/[-_]+/g, ' ')
