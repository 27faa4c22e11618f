import type { ShownText } from '../shown.ts'
import { type SlotValue, trimPhrase, valueAt } from './slot.ts'

const STOPS =
  /\b(?:opt(?:ing)?[- ]out (?:of|from)|unsubscribe from|stop|decline|cancel|manage your receipt of|(?:no longer|not) (?:wish|want|like) to receive|prefer not to receive|not to receive) (?:receiving |the delivery of |delivery of |being sent |us from sending (?:you )?|getting |us sending (?:you )?)?(?:any |our |all |such |these |those |future |further |the )*([^.,;:()]{3,70}?)(?= (?:from|by|at any|in|using|via|through|altogether|please|you|we|simply)\b|[.,;:()]|$)/u

/** What a person can stop: "opt out of receiving promotional e-mails". */
export function findStopping(shown: ShownText, text: string): SlotValue[] {
  const found = STOPS.exec(text)
  const words = found?.[1]
  if (found === null || words === undefined) return []
  const thing = trimPhrase(words)
    .replace(/\be-?mails?( messages?)?\b/gu, 'email')
    .replace(/non- /gu, 'non-')
    .replace(/\bcommunications?$/u, 'mail')
  if (
    !/mail|newsletter|messages?|market|promot|offers?|ads?\b|advert|calls?|sms|texts?|notif|track|analytic|cookies?|sharing|disclos|use\b|sale/u.test(
      thing,
    )
  )
    return []
  const start = found.index + found[0].lastIndexOf(words)
  return [valueAt(shown, start, start + words.length, `stopping ${thing}`, 'dpv:DirectMarketing')]
}

const TOPIC =
  /\b((?:promotional|marketing|commercial) )?(communications?|information|e-?mails?|messages?|news|newsletters?|materials?|data|offers?|updates?|promotions?)(?: (?:or|and) (?:\p{L}+ ){0,2}\p{L}+)? (?:regarding|about|on|concerning|relating to|related to) (?:our |the |its )?([^.,;:()]{3,80}?)(?=,? (?:including|such as|that|which|we|you|from|unless|if|either|by|via)\b|[.;:()]|,|$)/u

/** What mail is about: "send you information about our products". */
export function findTopic(shown: ShownText, text: string): SlotValue[] {
  const found = TOPIC.exec(text)
  const words = found?.[3]
  if (found === null || words === undefined) return []
  const start = found.index + found[0].lastIndexOf(words)
  const topic = trimPhrase(words).replace(/\b(?:our|your|its)\s+/gu, '')
  const name = found[1] === undefined ? `communications about ${topic}` : `promotion of ${topic}`
  return [valueAt(shown, start, start + words.length, name, 'dpv:DirectMarketing')]
}
