import type { ShownText } from '../shown.ts'
import { purposeName } from './purpose-name.ts'
import { type SlotValue, trimPhrase, valueAt } from './slot.ts'

const PREVENTS = /\bto (?:help )?prevent (.{5,200}?)(?=[.;]|$)/u
const AGAINST =
  /\b(?:protect|guard|safeguard|secure|protected|protection|safe)\b.{0,80}? (?:from|against) ((?:the risk of |any )?[^.;]{5,200}?)(?=, (?:such as|including|we|however|but)|[.;]| by (?:using|means)| when |$)/u

/** What a safety measure is against: "to prevent loss", "protect … from unauthorised access". */
export function findProtection(shown: ShownText, text: string): SlotValue[] {
  const prevents = PREVENTS.exec(text)
  const against = prevents ?? AGAINST.exec(text)
  const words = against?.[1]
  if (against === null || words === undefined) return []
  const harms = trimPhrase(
    words
      .replace(/^the risk of /u, '')
      .replace(/ of (?:your |the |this |such )?(?:personal )?(?:information|data)\b.*$/u, ''),
  ).replace(/,(?= and | or )/gu, '')
  if (!/loss|access|misuse|disclos|alter|destr|theft|attack|intru|breach|unauthori|unlawful|use\b/u.test(harms))
    return []
  const start = against.index + against[0].lastIndexOf(words)
  const name = `${prevents === null ? 'protection from' : 'preventing'} ${harms}`
  return [valueAt(shown, start, start + words.length, name, 'dpv:EnforceSecurity')]
}

const FEE = /(?<!\b(?:no|not|never) .{0,20})\b(?:fees?|charges?)\b[^.;]{0,40} for (\p{L}+ing [^.;,]{3,80})/u

/** What a fee is taken for. */
export function findFee(shown: ShownText, text: string): SlotValue[] {
  const found = FEE.exec(text)
  const words = found?.[1]
  if (found === null || words === undefined) return []
  const start = found.index + found[0].lastIndexOf(words)
  const name = purposeName(words)
  return name === '' ? [] : [valueAt(shown, start, start + words.length, name, 'dpv:RightsFulfilment')]
}
