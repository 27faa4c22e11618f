import type { Span } from './noun-phrase.ts'

const NO_NAMES =
  /^(?:we|our|us|you|your|the|this|these|those|if|when|where|for|in|to|by|as|and|or|but|at|a|an|all|any|such|however|please|also|third|other|privacy|policy|notice|terms|internet|website|site|ssl|tls|gdpr|california|eu|eea|u\.s|uk|united|states|european|safe|harbor|data|personal|information|cookies?|may|products?|services?|section|art|article|google analytics terms|while|under|some|no|not|each|it|they|because|personally|credit|profile|faq|ip|social|company|code|civil|principles|google analytics|inc|web|usage|users?|customers?|visitors?|end|switzerland|germany|ireland|canada|new|north|south|street|suite|service|agreement|license|gif|gifs|url|urls|isp|id|ids|gps|sms|usa|children|android|windows|mac|ios|apple|chrome|firefox|safari|explorer|cvv|cvc|pin|iban|pci|dss|vat|cv|ssn|january|february|march|april|june|july|august|september|october|november|december)$/iu

/** Names of companies inside a sentence: capitalised words that are not the vendor's own and do not open the sentence. */
export function companyNames(text: string, vendor: RegExp | undefined): Span[] {
  const spans: Span[] = []
  for (const match of text
    .slice(0, 2000)
    .matchAll(
      /(?<=(?:provided by|by|such as|like|including|called|named|to|with|from|use|on|contact|vendors:|processors?:|providers?:|,|or|and|our [a-z ]{3,40}) )(?:\p{Lu}[\p{L}\d&-]+|\d\p{Lu}[\p{L}\d]+)(?: \p{Lu}[\p{L}\d&-]+){0,3}(?:,? (?:Inc|Ltd|LLC|GmbH|plc)\b\.?)?/gu,
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
