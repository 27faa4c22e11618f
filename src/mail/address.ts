/** A mail address as it may stand in an envelope or a header: nothing that could end a line or begin another address (RFC 5321 section 4.5.3.1, RFC 6531). */
import { domainToASCII } from 'node:url'

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\u{10ffff}-]+$/u
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/**
 * The address with its domain in ASCII and small letters (IDNA), the local part as it was; undefined for what is no plain
 * address. Quoted local parts and address literals are refused: no mailbox of a person needs them.
 */
export function plainAddress(text: string): string | undefined {
  // The domain's reader drops line ends and invisible characters: they are refused before.
  if (/[\p{C}\p{Z}]/u.test(text)) return undefined
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at).normalize('NFC')
  if (at < 1 || Buffer.byteLength(local) > 64 || local.split('.').some((part) => !localPart.test(part)))
    return undefined
  const domain = domainToASCII(text.slice(at + 1))
  const labels = domain.split('.')
  if (domain.length > 253 || labels.length < 2 || labels.some((part) => !label.test(part))) return undefined
  if (/^[0-9]+$/.test(labels.at(-1) ?? '')) return undefined
  return `${local}@${domain}`
}

/** Addresses by which two are compared: small letters, as mailboxes are in practice. */
export function sameAddress(left: string, right: string): boolean {
  return (plainAddress(left) ?? left).toLowerCase() === (plainAddress(right) ?? right).toLowerCase()
}

/** `local+token@domain` (RFC 5233), or the address itself where no token is given. */
export function withToken(address: string, token: string | undefined): string {
  const at = address.lastIndexOf('@')
  return token === undefined ? address : `${address.slice(0, at)}+${token}${address.slice(at)}`
}

/** The token behind the first `+` of an address that otherwise is `own`; undefined for another address or none. */
export function tokenOf(address: string, own: string): string | undefined {
  const at = address.lastIndexOf('@')
  const plus = address.indexOf('+')
  if (plus < 1 || plus > at) return undefined
  const bare = address.slice(0, plus) + address.slice(at)
  return sameAddress(bare, own) ? address.slice(plus + 1, at) : undefined
}

/** Whether an address is one of ours, with or without a token. */
export function isOneOf(own: readonly string[], address: string): boolean {
  return own.some((one) => sameAddress(one, address) || tokenOf(address, one) !== undefined)
}

/** Bounces go to an address that names the letter: `b-` and the left side of its Message-ID. */
export function bounceToken(messageId: string): string | undefined {
  const id = /^<([0-9a-z]{12})@/.exec(messageId)?.[1]
  return id === undefined ? undefined : `b-${id}`
}

export function letterOfToken(token: string | undefined): string | undefined {
  return token === undefined ? undefined : /^b-([0-9a-z]{12})$/.exec(token)?.[1]
}
