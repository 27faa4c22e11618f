/** What the name of a column says of its values, in the words of `words.ts`. */

export interface NameSays {
  readonly category: string
  readonly sure: number
}

/** Words for a person in some role: as the head of a name, its values lead to a person. */
const PERSON =
  /^(user|customer|employee|member|owner|author|creator|contact|person|patient|student|subscriber|assignee|editor|modifier|updater|approver|reviewer|holder|supervisor|participant|attendee|organizer|guest|visitor|operator|admin|administrator|moderator|principal|actor|sender|recipient|requestor|requester|staff|doctor|teacher|candidate|applicant|login|account|uid|profile|buyer|seller|tenantuser|player|donor|voter|driver|traveller|passenger|resident|agent|poster|commenter|lead|people|individual|party|identity)$/

/** A head that says the column tells something about the thing before it, and holds none of it. */
const ABOUT =
  /^(type|count|status|flag|enabled|disabled|active|visible|level|rank|order|sort|priority|position|size|length|width|height|format|template|max|min|policy|required|allowed|verified|confirmed|validated|sent|class|category|version|mode|state_id|lang|language|locale|encoding|charset|theme|color|colour|interval|timeout|limit|days|hours|port|protocol|driver|expiry|expires|at|on|changed|created|updated|date|time|frequency|permission|right|role|group|field|quota|algorithm|method|validity|option|domain|uri|uris|header|footer|per|hidden|optional|only|default|created_at|plugin|module|index|key_type|provider|year|month|prefix|suffix|tag|host|server|model)$/

const rules: readonly (readonly [RegExp, string, number])[] = [
  [/\b(birth)\b/, 'date-of-birth', 0.93],
  [
    /\b(password|secret|salt|otp|totp|certificate|pin|auth pass|private key|public key|(api|auth|access|refresh|session|csrf|recovery|activation|confirmation|verification) (key|token|code|hash))\b|\btoken( hash| value)?$/,
    'credential',
    0.8,
  ],
  [/\bemail\b/, 'email', 0.9],
  [/\bnational id\b|\b(tax|identity|social security|insurance|passport|licen[cs]e) (id|number)\b/, 'national-id', 0.88],
  [/\bip\b|\bremote address\b/, 'ip-address', 0.85],
  [/\bmac\b/, 'mac-address', 0.8],
  [/\bcard\b|\b(cvv|cvc|iban|bic|swift)\b|\bbank\b|\b(bank|payment) account\b/, 'payment', 0.8],
  [/\bphone\b/, 'phone', 0.88],
  [
    /\b(first|last|real|full|display|given|middle|maiden|family|nick|former) name\b|\b(salutation|initials)\b/,
    'name',
    0.9,
  ],
  [
    /\b(user|customer|employee|member|owner|author|creator|contact|person|patient|student|sender|recipient|holder|applicant|guest|subscriber|staff) name\b/,
    'name',
    0.8,
  ],
  [/\bname (user|customer|employee|contact|patient|student)\b/, 'name', 0.8],
  [/\blogin\b|\bauth name\b/, 'login', 0.85],
  [/\b(street|postcode)\b|\baddress\b/, 'address', 0.75],
  [
    /\b(user agent|browser|fingerprint|imei|imsi|iccid|serial|device id|cookie)\b|\bhost\b|\bsys name\b/,
    'device',
    0.62,
  ],
  [/\b(latitude|longitude|gps|geo|coordinate)/, 'location', 0.7],
  [/\b(gender)\b/, 'gender', 0.9],
  [/\b(nationality|religion|ethnic\w*|marital|disability)\b/, 'profile', 0.85],
  [/\b(diagnosis|health|blood|medication|allerg\w*|symptom)/, 'health', 0.75],
  [/\bsalary\b/, 'payment', 0.7],
  [/\bvehicle|\bplate\b/, 'device', 0.5],
  [/\bsession\b/, 'session', 0.6],
  [/\b(picture)\b/, 'picture', 0.5],
  [/\b(signature|biography|bio|about|contactinfo)\b/, 'profile', 0.75],
]

/** Names of columns for what people write. */
const TEXT = /\b(message|comment|note|body|text|subject|reply|answer|feedback|review|post|quote|caption)\b/
const PLAIN_TEXT =
  /\b(description|title|summary|reason|history|content|headers?|filename|file name|attachment|transcript|question|value)\b/

const last = (words: readonly string[]): string => words.at(-1) ?? ''

/** A name's words without those that only say it is a key. */
export function withoutKeyWords(words: readonly string[]): readonly string[] {
  const kept = words.filter((word) => !/^(id|fk|ref|reference|key|number|code)$/.test(word))
  return last(kept) === 'by' && kept.length > 1 ? [...kept.slice(0, -1)] : kept
}

/** Columns that count people are named like many of them: `active_users`. Words that only end so are no plural. */
export const namesMany = (name: string): boolean => /[a-z]{3}(?<![ui]|s)s$/i.test(name)

/** True where the name's head is a person in a role: `owner_id`, `lastUpdatedBy`, `id_cliente`. */
export function leadsToPerson(words: readonly string[]): boolean {
  if (words.length > 1 && last(words) === 'by' && !/^(sort|order|group|partition)$/.test(words.at(-2) ?? ''))
    return true
  return PERSON.test(last(withoutKeyWords(words)))
}

/** True where a table's name says that its rows are people. */
export const namesPeople = (words: readonly string[]): boolean => PERSON.test(last(words)) && last(words) !== 'login'

/** True for names of things that only look like contact data: the id of a message is written like an address. */
export const namesMessageId = (words: readonly string[]): boolean =>
  /\bmessage id\b|^in reply to$/.test(words.join(' '))

/** Heads of tables whose rows are things, whatever stands in them. */
const THING =
  /^(device|host|server|email|archive|event|log|list|mailinglist|queue|order|invoice|product|item|message|ticket|session|token|post|page|comment|note|document|attachment|image|file|config|configuration|setting|option|preference|metric|alert|rule|location|port|interface|domain|group|template|task|project|report|visit|login|payment|card|request|ban|revision|history|change|store|folder|calendar|asset|vehicle|transaction|bounceevent)$/

export const namesThings = (words: readonly string[]): boolean => THING.test(last(words))

/** What a name says by itself; undefined: nothing. */
export function nameSays(words: readonly string[]): NameSays | undefined {
  const phrase = words.join(' ')
  const head = last(words)
  const [first = ''] = words
  const found = rules.find(([pattern]) => pattern.test(phrase))
  if (found === undefined || namesMessageId(words)) return undefined
  const [, category, sure] = found
  const isAbout =
    (ABOUT.test(head) && !/^(date-of-birth|device)$/.test(category)) ||
    (/^(is|has|can|allow|use|show|hide|enable|send|notify|max|min|require|num|count|number|last)$/.test(first) &&
      words.length > 1 &&
      !/^(last name|last ip|number phone)/.test(phrase)) ||
    (head === 'id' && /^(email|address|phone|session|picture|card|payment|message|password)$/.test(words.at(-2) ?? ''))
  return isAbout ? undefined : { category, sure }
}

/** 2: text that people write; 1: text that may be about anything; 0: neither. */
export function textName(words: readonly string[]): 0 | 1 | 2 {
  const head = last(words)
  if (ABOUT.test(head) || /^(id|is|has|by)$/.test(head) || /^(is|has|max|min|num|count)$/.test(words[0] ?? '')) return 0
  const phrase = words.join(' ')
  if (TEXT.test(phrase)) return 2
  return PLAIN_TEXT.test(phrase) ? 1 : 0
}
