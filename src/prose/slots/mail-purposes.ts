import type { ShownText } from '../shown.ts'
import { phraseStart } from './noun-phrase.ts'
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

const MESSAGE =
  /(?<![\p{L}-])(?:messages?|notices?|notifications?|announcements?|alerts?|confirmations?|receipts?|updates?|letters?|bulletins?|communications?|reminders?|statements?|issues|tracking(?: information)?)(?![\p{L}-])(?! (?:boards?|date))/gu

/** Mail that goes on, by the kinds a sentence names: "order confirmations", "notices about your account". */
export function findMessages(shown: ShownText, text: string, item: boolean): SlotValue[] {
  const values: SlotValue[] = []
  for (const head of text.slice(0, 2000).matchAll(MESSAGE)) {
    const start = phraseStart(text, head.index)
    const about = / (?:about|regarding|concerning|of|on) (?:your |our |the )?(?:\p{L}+ ?){1,3}/uy
    about.lastIndex = head.index + head[0].length
    const told = start === head.index ? (about.exec(text)?.[0].trimEnd() ?? '') : ''
    if (start === head.index && told === '' && !item) continue
    const end = head.index + head[0].length + told.length
    const name = trimPhrase(text.slice(start, end)).replace(/\b(?:your|our)\s+/gu, '')
    if (/^(?:promotional|marketing|commercial) |privacy|polic|this|policy statement/u.test(name)) continue
    if (!values.some((value) => value.name === name))
      values.push(valueAt(shown, start, end, name, 'dpv:CommunicationManagement'))
  }
  return values.slice(0, 6)
}
