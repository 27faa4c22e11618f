import { headOf, singular } from './noun-phrase.ts'
import { trimPhrase } from './slot.ts'

/** Heads of which a person has one: "phone numbers" of many people is the category "phone number". */
const ONE_EACH: ReadonlySet<string> = new Set(
  'addresses numbers names identifiers ids types cookies passwords titles cards codes versions models languages surnames ages positions genders licenses licences profiles birthdays'.split(
    ' ',
  ),
)

/** The short name of a kind of data from the words that name it: no article, no possessive, no tail about whose or where. */
export function dataName(words: string): string {
  if (/^(?:who|whether|how|when|where) /u.test(words)) return trimPhrase(words).replace(/\b(?:our|your)\s+/gu, '')
  let name = trimPhrase(words.replace(/^\W*(?:such as|including|like) /u, ''))
    .replace(
      /^(?:other )?(?:things|information|data|details) that (?:may |can |could )?(?:personally |directly )?identif(?:y|ies) (?:you|an individual|individuals).*$/u,
      'other identifying data',
    )
    .replace(/^(?:counting|analysis of|the number of|a record of|details of|copies of|a copy of) /u, '')
    .replace(
      /^(?:(?:other |certain |any )?(?:information|data|details) )(?:regarding|about|concerning|relating to|related to|on|as to) (?!you\b)/u,
      '',
    )
    .replace(/^(?:the |your )?(?:types?|kinds?|categor(?:y|ies)) of (?=(?:personal|information|data)\b)/u, '')
    .replace(/^(?:which|what|the) (?=(?:pages?|links?|features?|sites?|products?|buttons?)\b)/u, '')
    .replace(/^(?:and|or)\s+/u, '')
    .replace(/(?<=\b(?:versions?|systems?|browsers?)) (?:used|employed)$/u, '')
    .replace(/ of (?:the|your) (?:requesting |calling |accessing |user's )?(?:device|computer|system|user)$/u, '')
    .replace(/ \((?!first|last)[^()]*\)/gu, '')
    .replace(
      / (?:on|in|of|from|within|with|at|through) (?:our|the|this|your|any of our) (?:web ?)?(?:sites?|services?|products?|apps?|applications?|platform|software)(?: (?:and|or) \w+)?$/u,
      '',
    )
    .replace(
      / (?:that |which )?(?:you|they|users) (?:have |has |may |can )?(?:are )?(\p{L}+)(?: (?:out|up|in|to use|to share|on|from|with|to us|us|for|at|through)\b.*)?$/u,
      (_, verb: string) => ` ${past(verb)}`,
    )
    .replace(/ (?:by|to|from|in|on|with|about|for) which .*$/u, '')
    .replace(/ (?:that|which|who) .*$/u, '')
    .replace(
      /(?<=\p{L}{3} .*) (?:from|used (?:with|by|in|on|to)|in connection with|associated with|contained in|at the time) .*$/u,
      '',
    )
    .replace(/(?<=address(?:es)?|numbers?) from .*$/u, '')
    .replace(/(?<=.)\b(?:your|our|their|its|his|her|my)\s+/gu, '')
    .replace(
      / (?<!(?:number|amount|count) )(?:of|about|for|from) (?:you|individuals?|(?:the |your |our )?(?:\p{L}+ )?(?:users?|customers?|visitors?))$/u,
      '',
    )
    .trim()
  name = trimPhrase(name)
  const head = headOf(name)
  if (!ONE_EACH.has(head)) return name
  const at = name.lastIndexOf(head, headEnd(name, head))
  return at < 0 ? name : `${name.slice(0, at)}${singular(head)}${name.slice(at + head.length)}`
}

function headEnd(name: string, head: string): number {
  const first = name.indexOf(`${head} of `)
  return first >= 0 ? first : name.length
}

/** "viewing", "view", "viewed": all become "viewed", what a person did with the thing. */
function past(verb: string): string {
  const known = KNOWN[verb]
  if (known !== undefined) return known
  if (verb.endsWith('ed')) return verb
  const stem = verb.replace(/ing$/u, '').replace(/s$/u, verb.endsWith('ss') ? 's' : '')
  if (stem.endsWith('e')) return `${stem}d`
  return /[^aeo]y$/u.test(stem) ? `${stem.slice(0, -1)}ied` : `${stem}ed`
}

const KNOWN: Readonly<Record<string, string>> = {
  choose: 'chosen',
  hold: 'held',
  keep: 'kept',
  write: 'written',
  hear: 'heard',
  spend: 'spent',
  pay: 'paid',
  see: 'seen',
  send: 'sent',
  give: 'given',
  read: 'read',
  buy: 'bought',
  take: 'taken',
  make: 'made',
  using: 'used',
  submit: 'submitted',
  set: 'set',
}
