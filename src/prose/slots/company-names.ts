import type { Span } from './noun-phrase.ts'

const NO_NAMES =
  /^(?:we|our|us|you|your|the|this|these|those|if|when|where|for|in|to|by|as|and|or|but|at|a|an|all|any|such|however|please|also|third|other|privacy|policy|notice|terms|internet|website|site|ssl|tls|gdpr|california|eu|eea|u\.s|uk|united|states|european|safe|harbor|data|personal|information|cookies?|may|products?|services?|section|art|article|google analytics terms|while|under|some|no|not|each|it|they|because|personally|credit|profile|faq|ip|social|company|code|civil|principles|google analytics|inc|web|usage|users?|customers?|visitors?|end|switzerland|germany|ireland|canada|new|north|south|street|suite|service|agreement|license|gif|gifs|url|urls|isp|id|ids|gps|sms|usa|children|android|windows|mac|ios|apple|chrome|firefox|safari|explorer|cvv|cvc|pin|iban|pci|dss|vat|cv|ssn|january|february|march|april|june|july|august|september|october|november|december)$/iu

/** Names of companies inside a sentence: capitalised words that are not the vendor's own and do not open the sentence. */
export function companyNames(text: string, vendor: RegExp | undefined): Span[] {
  const spans: Span[] = []
  for (const match of text
    .slice(0, 2000)
    .matchAll(
      /(?<=(?:provided by|by|such as|like|including|called|named|to|with|from|use|on|contact|vendors:|processors?:|providers?:|,|or|and|(?:our|the|an?) [a-z -]{3,40}) )(?:\p{Lu}[\p{L}\d&-]+|\d\p{Lu}[\p{L}\d]+)(?:(?: & | )\p{Lu}[\p{L}\d&-]+){0,3}(?:,? (?:Inc|Ltd|LLC|LLP|GmbH|plc)\b\.?)?/gu,
    )) {
    const words = match[0].split(' ')
    if (
      /\b(?:Analytics|Terms|Policy|Act|Code|Section|Services|Protocol|Statement|Officer|Administrator|Information|Data)\b/u.test(
        match[0],
      ) ||
      words.every((word) => NO_NAMES.test(word)) ||
      NO_NAMES.test(words[0] ?? '')
    )
      continue
    if (vendor !== undefined && new RegExp(vendor.source, 'u').test(match[0])) continue
    spans.push([match.index, match.index + match[0].length])
  }
  return spans.slice(0, 8)
}

const NAME = String.raw`\p{Lu}[\p{L}\d&'’.-]*[\p{L}\d](?:(?: & | )\p{Lu}[\p{L}\d&'’.-]*[\p{L}\d]\.?){0,4}(?:,? (?:Inc|Ltd|LLC|LLP|plc)\b\.?)?`
const WORK =
  'hosts|sends|stores|processes|delivers|provides|runs|handles|operates|manages|prints|ships|maintains|dispatches|takes|collects|supplies|powers|backs up'
const DONE =
  'sent|hosted|stored|processed|delivered|provided|run|handled|operated|managed|printed|shipped|maintained|dispatched|taken|supplied|powered|carried out'
/** Acme hosts our servers. */
const ACTS = new RegExp(
  String.raw`^\W*(${NAME}) (?:also )?(?:${WORK}) (?=our|your|the|this|these|all|card|payments?|orders?|e-?mails?|newsletters?|customer|support|data|it\b|them|personal|parcels?)`,
  'u',
)
/** Our mail is sent through the provider Acme. */
const DOES = new RegExp(
  String.raw`\b(?:${DONE})(?: \p{L}+){0,4}? (?:by means of|through|by|via|with|at|using) (?:(?:the|our|an?) )?(?:\p{Ll}[\p{L}-]* ){0,4}(${NAME})`,
  'u',
)

/** What a company that begins the sentence does for the vendor: "hosts our servers". */
export function servingWork(text: string): Span | undefined {
  const found = ACTS.exec(text.slice(0, 600))
  if (found === null) return undefined
  const verb = found[0].trimEnd().split(' ').at(-1) ?? ''
  const start = found[0].trimEnd().length - verb.length
  const rest = /[.;,(]|\b(?:for us|from|in|on our behalf|and|using|with)\b/u.exec(text.slice(start))
  return [start, start + (rest?.index ?? text.length - start)]
}

/** The company, by its name, that a sentence says does part of the work: who hosts, sends, prints or delivers. */
export function servingCompany(text: string, vendor: RegExp | undefined): Span | undefined {
  const head = text.slice(0, 600)
  const found = ACTS.exec(head) ?? DOES.exec(head)
  const name = found?.[1]
  if (found === null || name === undefined) return undefined
  const [first = ''] = name.split(' ')
  if (NO_NAMES.test(first) || NO_COMPANY.test(first)) return undefined
  if (vendor !== undefined && new RegExp(vendor.source, 'u').test(name)) return undefined
  const start = head.indexOf(name, found.index)
  return [start, start + name.replace(/(?<!Inc|Ltd|Co)\.$/u, '').length]
}

/** Capitalised words that begin a sentence, or name no company. */
const NO_COMPANY =
  /^(?:it|he|she|they|there|here|who|what|which|everything|nothing|someone|nobody|anyone|each|every|personal|information|processing|section|customers?|parents?|visitors?|members?|users?|company|group|department|ministry|government|tls|ssl|https?|aes|api|pdf|csv|internet|web|email|mail|server|statement|article|art|law|act|eu|gdpr|software|apps?|data)$/iu

/** Companies that a document spells with their legal form, by the name without it. */
export function fullCompanyNames(texts: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const text of texts)
    for (const [full, short = ''] of text.slice(0, 6000).matchAll(FULL)) if (!names.has(short)) names.set(short, full)
  return names
}

const FULL =
  /(?<![\p{L}\d])(\p{Lu}[\p{L}\d&-]+(?: \p{Lu}[\p{L}\d&-]+){0,3})(?:,? (?:Inc|Ltd|Corp)\b\.?|,? (?:LLC|GmbH|plc)\b)/gu

/** Companies that sites name without saying what they are. */
const WELL_KNOWN =
  /(?<![\p{L}@./-])(?:Facebook|Twitter|LinkedIn|Google|Pinterest|Instagram|YouTube|TikTok|WhatsApp|PayPal|Stripe|Microsoft|Salesforce|Mailchimp|Zendesk|HubSpot|Cloudflare|Amazon Web Services|AWS|Adyen|Klarna|Braintree|Intercom|Sentry|Twilio|SendGrid|Shopify|Apple)(?:,? Inc\.?)?(?! (?:Analytics|Terms|Privacy|Play|Store|Ads|Maps|Pay)\b)(?![\p{L}.])/gu

/** Names of well-known companies, each once. */
export function wellKnownNames(text: string): Span[] {
  const spans: Span[] = []
  for (const match of text.slice(0, 2000).matchAll(WELL_KNOWN))
    if (!spans.some(([from, to]) => text.slice(from, to) === match[0]))
      spans.push([match.index, match.index + match[0].length])
  return spans.slice(0, 8)
}

/** A name by its own spelling, also at the beginning: JAMS, TRUSTe, PayPal. */
export function spelledNames(text: string, vendor: RegExp | undefined): Span[] {
  const spans: Span[] = []
  for (const match of text
    .slice(0, 2000)
    .matchAll(/(?<![\p{L}\d@./-])(?:\p{Lu}{3,8}e?|\p{Lu}\p{Ll}+\p{Lu}\p{Ll}+)(?=(?:['’]s)?(?: |[,.;]))/gu)) {
    if (NO_NAMES.test(match[0]) || (vendor !== undefined && new RegExp(vendor.source, 'u').test(match[0]))) continue
    if (spans.some(([from, to]) => text.slice(from, to) === match[0])) continue
    spans.push([match.index, match.index + match[0].length])
  }
  return spans.slice(0, 4)
}
