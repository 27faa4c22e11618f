import { authorities } from '../language/authorities.ts'
import { listOf } from '../language/terms.ts'
import type { Plan } from '../policy/plan.ts'

/** A body outside the vendor that a person can turn to (GDPR art. 13(2)(d), 77). */
export interface Body {
  readonly name: string
  /** Address, page or phone number. */
  readonly at?: string
  /** The policy names it, or the list of authorities; there `unverified`: nobody looked it up. */
  readonly status: 'policy' | 'verified' | 'unverified'
}

/**
 * Whom somebody in this country can complain to: the bodies that the policy names for people there, then the authority of
 * the country itself; of the controller's country where the person's is not known.
 */
export function bodiesFor({ recourse, controller }: Plan, country: string | undefined): readonly Body[] {
  const named = recourse
    .filter(([, { is }]) => is === 'authority' || is === 'arbiter')
    .filter(
      ([, { countries }]) => country === undefined || countries === undefined || listOf(countries).includes(country),
    )
    .flatMap(([, { to, at }]) => {
      const [address] = listOf(at)
      const status = 'policy' as const
      return listOf(to).map((name) => (address === undefined ? { name, status } : { name, at: address, status }))
    })
  const own = authorities[country ?? controller.country ?? '']
  if (own === undefined || named.some(({ name }) => sameBody(name, own.name))) return named
  return [...named, { name: own.name, at: own.website, status: own.status }]
}

/** One body is spelled in many ways: `the ICO`, `Information Commissioner's Office`. */
function sameBody(left: string, right: string): boolean {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[’']/g, "'").replace(/^the /, '')
  return plain(left) === plain(right)
}

/** Where a person writes to the vendor when an answer does not satisfy. */
export function complaintPoint({ recourse, controller }: Plan): string {
  const forms = ['complaint', 'officer', 'contact'] as const
  for (const form of forms) {
    const [address] = recourse.flatMap(([, { is, at }]) => (is === form ? listOf(at) : []))
    if (address !== undefined) return address
  }
  return controller.contact ?? controller.name
}
