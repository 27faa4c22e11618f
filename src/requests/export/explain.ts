import type { StoreMap } from '../../language/store-map.ts'
import { listOf } from '../../language/terms.ts'
import type { Plan } from '../../policy/plan.ts'

/** Why a category is held for a purpose, and what follows: what GDPR art. 15(1) asks to be told with a copy. */
export interface CategoryWords {
  readonly category: string
  readonly words: string
  readonly keeps: readonly string[]
  readonly from: readonly string[]
  /** Whom the policy names as receiving this category for this purpose. */
  readonly recipients: readonly string[]
}

export interface PurposeWords {
  readonly purpose: string
  readonly words: string
  readonly bases: readonly string[]
  readonly categories: readonly CategoryWords[]
}

/** What an export says about the whole of it. */
export interface Explanation {
  readonly controller: string
  readonly contact?: string
  readonly purposes: readonly PurposeWords[]
  /** Copies of a store that last until their own end. */
  readonly copies: readonly string[]
  readonly exceptions: readonly string[]
}

const BASES: Readonly<Record<string, string>> = {
  'eu-gdpr:A6-1-a': 'your consent (GDPR art. 6(1)(a))',
  'eu-gdpr:A6-1-b': 'a contract with you, or steps you asked for before one (GDPR art. 6(1)(b))',
  'eu-gdpr:A6-1-c': 'a duty that the law lays on us (GDPR art. 6(1)(c))',
  'eu-gdpr:A6-1-d': 'vital interests (GDPR art. 6(1)(d))',
  'eu-gdpr:A6-1-e': 'a task in the public interest (GDPR art. 6(1)(e))',
  'eu-gdpr:A6-1-f': 'legitimate interests (GDPR art. 6(1)(f))',
}

const ORIGINS: Readonly<Record<string, string>> = {
  subject: 'you',
  device: 'your device',
  'other-person': 'another person',
  'third-party': 'a third party',
  'public-source': 'a public source',
  controller: 'our own work',
}

/** Reads out of the plan what must be told with a copy of the data. */
export function explain(plan: Plan, maps: readonly StoreMap[]): Explanation {
  const words = new Map(plan.data.map((category) => [category.name, category.words ?? plain(category.name)]))
  return {
    controller: plan.controller.name,
    ...(plan.controller.contact === undefined ? {} : { contact: plan.controller.contact }),
    purposes: plan.purposes.map((purpose) => ({
      purpose: purpose.name,
      words: purpose.words ?? plain(purpose.name),
      bases: purpose.basis.map((basis) => BASES[basis] ?? basis),
      categories: purpose.uses.map((category) => ({
        category,
        words: words.get(category) ?? plain(category),
        keeps: keeps(plan, purpose.name, category),
        from: origins(plan, purpose.name, category),
        recipients: recipients(plan, purpose.name, category),
      })),
    })),
    copies: maps.flatMap((map) =>
      Object.entries(map.copies).map(([copy, { keep }]) => `${map.store}: ${plain(copy)}, ${duration(keep)}`),
    ),
    exceptions: plan.rights.exceptions.map((exception) => {
      const data = exception.data.map((category) => words.get(category) ?? plain(category)).join(', ')
      const term = exception.keep === undefined ? 'without an end by itself' : `for ${duration(exception.keep)}`
      return `${data}: ${term}${exception.from ? ` from ${plain(exception.from)}` : ''} (${exception.law})`
    }),
  }
}

function keeps(plan: Plan, purpose: string, category: string): string[] {
  return plan.retention
    .filter((rule) => rule.data.includes(category) && (rule.for.length === 0 || rule.for.includes(purpose)))
    .map((rule) => `${duration(rule.keep)} from ${plain(rule.from)}`)
}

function origins(plan: Plan, purpose: string, category: string): string[] {
  const points = plan.collection.filter((point) => point.data.includes(category) && point.for.includes(purpose))
  return [...new Set(points.flatMap((point) => point.from.map((from) => ORIGINS[from] ?? from)))]
}

/** Whom a hand-over without a named recipient goes to, by its form. */
const UNNAMED: Readonly<Record<string, string>> = {
  law: 'authorities and courts, where a law obliges us',
  merger: 'who takes over the company, if it is sold',
}

/** Those whom an entry of disclosure names for this purpose and category; what never happens, or is barred, names nobody. */
function recipients(plan: Plan, purpose: string, category: string): string[] {
  const names = plan.disclosure.flatMap(([name, entry]) => {
    const { is, to, data, never, ...said } = entry as Handed
    if (never === true || is === 'bar') return []
    if (!covers(said.for, purpose) || !covers(data, category)) return []
    return to === undefined ? [UNNAMED[is ?? ''] ?? plain(name)] : listOf(to)
  })
  return [...new Set(names)]
}

/** What is read here of an entry of disclosure. */
interface Handed {
  readonly is?: string
  readonly to?: string | readonly string[]
  readonly data?: string | readonly string[]
  readonly for?: string | readonly string[]
  readonly never?: boolean
}

/** An entry that does not say which, means all. */
function covers(said: string | readonly string[] | undefined, name: string): boolean {
  return said === undefined || listOf(said).includes(name)
}

/** A name of the policy as words: `last-contact` → `last contact`. */
export function plain(name: string): string {
  return name.replaceAll(/[-_]+/g, ' ')
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(\d+)Y/, 'year'],
  [/^P(?:\d+Y)?(\d+)M/, 'month'],
  [/(\d+)W/, 'week'],
  [/(\d+)D/, 'day'],
  [/T(?:.*?)(\d+)H/, 'hour'],
  [/T(?:.*?)(\d+)M/, 'minute'],
]

/** An ISO 8601 duration in words: `P1Y6M` → `1 year 6 months`; as it stands where it cannot be read. */
export function duration(iso: string): string {
  const parts = UNITS.flatMap(([pattern, unit]) => {
    const number = pattern.exec(iso)?.[1]
    return number === undefined ? [] : [`${Number(number)} ${unit}${number === '1' ? '' : 's'}`]
  })
  return parts.length === 0 ? iso : parts.join(' ')
}
