/** A mail that came in, as the nouns of a letter: read under bounds, so that a hostile one costs a finding and not the process. */
import type { Address, Email } from 'postal-mime'
import { sha256Hex } from '../../base/hash.ts'
import type { IncomingLetter, LetterFile } from '../../letters.ts'
import { isOneOf, letterOfToken, plainAddress, tokenOf } from '../address.ts'
import { isAutomatic } from './automatic.ts'
import { bounceOf, isFailure } from './bounce.ts'
import { type HeaderField, headerFields, headOf, messageIds, valuesOf } from './header-fields.ts'
import { parseMail } from './parse.ts'

/** A larger mail is not read but for its header. */
export const mostMailBytes = 25 * 1024 * 1024
const mostFiles = 20
const mostFileBytes = 15 * 1024 * 1024
const longestText = 500_000

export interface Arrival {
  /** The vendor's addresses; the first is where a mail went that names none of them. */
  readonly addresses: readonly string[]
  /** Envelope, where the mail was taken from a server directly: recipients, and whether its sender was empty. */
  readonly recipients?: readonly string[]
  readonly nullSender?: boolean
  readonly receivedAt: Date
  /** Size of the whole mail where only its beginning is given. */
  readonly size?: number
  /** Right side of our Message-IDs. */
  readonly domain?: string
}

/** `unread`: the code of the finding where only the header could be read. */
export interface ReadLetter {
  readonly letter: IncomingLetter
  readonly unread?: 'mail.too-large' | 'mail.malformed'
}

/** Reads a mail; nothing is thrown for what it holds. */
export async function readIncoming(message: Uint8Array, arrival: Arrival): Promise<ReadLetter> {
  const bytes = arrival.size ?? message.byteLength
  if (bytes > mostMailBytes) return { letter: await ofHead(message, arrival, bytes), unread: 'mail.too-large' }
  const email = await parseMail(message)
  if (email === undefined) return { letter: await ofHead(message, arrival, bytes), unread: 'mail.malformed' }
  return { letter: letterOf(email, message, arrival) }
}

async function ofHead(message: Uint8Array, arrival: Arrival, bytes: number): Promise<IncomingLetter> {
  const head = await parseMail(Buffer.concat([headOf(message), Buffer.from('\r\n\r\n')]))
  const letter = letterOf({ headers: [], headerLines: [], ...head, attachments: [] }, message, arrival)
  return { ...letter, text: '', omitted: [{ name: 'message', bytes }] }
}

function letterOf(email: Email, message: Uint8Array, arrival: Arrival): IncomingLetter {
  const fields = headerFields(headOf(message).toString('latin1'))
  const from = addressesOf(email.from === undefined ? [] : [email.from])[0] ?? ''
  const { kept, omitted } = boundedFiles(email)
  const text = (email.text ?? '').replaceAll('\r\n', '\n').slice(0, longestText)
  const subject = (email.subject ?? '').replace(/[\p{Cc}]+/gu, ' ').slice(0, 300)
  const reached = reachedBy(email, fields, arrival)
  const report = { fields, subject, text, parts: kept }
  const failed = bounceOf(report) ?? (isFailure(report) ? reached.letter : undefined)
  const [messageId] = messageIds(email.messageId ?? '')
  return {
    ...(messageId === undefined ? {} : { messageId }),
    sha256: sha256Hex(message),
    from,
    to: reached.to,
    subject,
    text,
    references: messageIds(`${email.references ?? ''} ${email.inReplyTo ?? ''}`),
    attachments: failed === undefined ? kept : [],
    omitted,
    automatic: failed !== undefined || arrival.nullSender === true || isAutomatic(fields, from),
    ...(failed === undefined ? {} : { bounceOf: failed }),
    receivedAt: arrival.receivedAt.toISOString(),
  }
}

/** Which of our addresses it was sent to, each as it was written: what stands behind `+` names a case, or the letter of a bounce. */
function reachedBy(email: Email, fields: readonly HeaderField[], { addresses, recipients, domain }: Arrival) {
  const listed = addressesOf([...(email.to ?? []), ...(email.cc ?? [])])
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => valuesOf(fields, name))
  const named = [...(recipients ?? []), ...delivered.map((one) => one.replace(/^<|>$/g, '')), ...listed]
  const ours = named.flatMap((one) => plainAddress(one)?.toLowerCase() ?? []).filter((one) => isOneOf(addresses, one))
  const letter = ours.flatMap((one) => addresses.map((own) => letterOfToken(tokenOf(one, own)))).find(Boolean)
  return {
    to: ours.length === 0 ? addresses.slice(0, 1) : [...new Set(ours)],
    ...(letter === undefined || domain === undefined ? {} : { letter: `<${letter}@${domain}>` }),
  }
}

function addressesOf(list: readonly Address[]): string[] {
  return list
    .slice(0, 200)
    .flatMap((one) => one.group ?? [one])
    .flatMap(({ address }) => plainAddress(address)?.toLowerCase() ?? [])
}

function boundedFiles({
  attachments,
}: Email): Pick<IncomingLetter, 'omitted'> & { readonly kept: readonly LetterFile[] } {
  const kept: LetterFile[] = []
  const omitted: { name: string; bytes: number }[] = []
  let left = mostFileBytes
  for (const { filename, mimeType, content } of attachments) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
    const name = (filename ?? 'file').replace(/[\p{Cc}/\\]+/gu, '_').slice(0, 120)
    if (kept.length < mostFiles && bytes.byteLength <= left) {
      left -= bytes.byteLength
      kept.push({ name, mediaType: mimeType.slice(0, 100), bytes })
    } else if (omitted.length < 100) omitted.push({ name, bytes: bytes.byteLength })
  }
  return { kept, omitted }
}
