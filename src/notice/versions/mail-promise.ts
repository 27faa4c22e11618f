import { listOf } from '../../language/terms.ts'
import type { Policy } from '../../policy/policy.ts'
import { contentOf } from '../difference/content.ts'
import type { Difference } from '../difference/difference.ts'
import { isMeantBy } from './waiting.ts'

/**
 * The commitment of the policy in force that promises to tell of these differences by mail and by no page, e.g.
 * `changes.notice`; undefined where a page is enough, as one of the promised ways is.
 */
export const mailPromise = (differences: readonly Difference[], inForce: Policy): string | undefined => {
  const found = Object.entries(contentOf(inForce).kinds.changes).find(([, { is, channels, what }]) => {
    const ways = listOf(channels as string | readonly string[] | undefined)
    const onlyMail = ways.includes('email') && !ways.includes('site') && !ways.includes('home-page')
    return is === 'notice' && onlyMail && differences.some((difference) => isMeantBy(what, difference))
  })
  return found === undefined ? undefined : `changes.${found[0]}`
}
