/** A letter as a message (RFC 5322, MIME): what a person wrote can end no header and begin none. */
import MailComposer from 'nodemailer/lib/mail-composer'
import { Fault } from '../language/fault.ts'
import type { Letter } from '../letters.ts'
import { bounceToken, plainAddress, withToken } from './address.ts'
import { type DkimKey, signDkim } from './dkim.ts'
import { letterHtml } from './letter-html.ts'

/** Who writes. */
export interface Sender {
  /** Shown beside the address. */
  readonly name: string
  readonly address: string
  /** Where answers go; default: the address. */
  readonly replies?: string
  /** The mail server knows `+` in the local part (RFC 5233): answers and bounces name their letter by it. */
  readonly plus?: boolean
  /** Where a person leaves the list of those who are told of changes. */
  readonly unsubscribe?: string
  readonly dkim?: DkimKey
}

/** A message with its envelope (RFC 5321). */
export interface Message {
  readonly from: string
  readonly to: string
  readonly bytes: Buffer
}

/** Most a letter may carry: many servers take no more than 25 MB, and base64 adds a third. */
export const mostAttachedBytes = 18 * 1024 * 1024
const mostAttachments = 20
const messageIdForm = /^<[A-Za-z0-9._+-]{1,120}@[A-Za-z0-9.-]{1,120}>$/

/** Control characters, line ends of any script among them, become a space. */
const oneLine = (text: string, most: number): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, most)

/**
 * Builds and signs the message of a letter. The same letter and instant give the same message but for its MIME boundary.
 * Faults: `mail.bad-address` (never told with the address), `mail.too-large`.
 */
export async function composeLetter(
  letter: Letter,
  { messageId, createdAt }: { readonly messageId: string; readonly createdAt: string },
  sender: Sender,
  now: Date,
): Promise<Message> {
  const to = plainAddress(letter.to)
  if (to === undefined) throw badAddress()
  const attachments = letter.attachments ?? []
  const bytes = attachments.reduce((sum, file) => sum + file.bytes.byteLength, 0)
  if (attachments.length > mostAttachments || bytes > mostAttachedBytes) throw tooLarge()
  if (!messageIdForm.test(messageId)) throw new TypeError('a Message-ID of another form')
  const from = sender.plus ? withToken(sender.address, bounceToken(messageId)) : sender.address
  const token = sender.plus ? letter.replyToken : undefined
  const references = (letter.references ?? []).filter((one) => messageIdForm.test(one)).slice(-20)
  const composer = new MailComposer({
    from: { name: oneLine(sender.name, 200), address: sender.address },
    to: { name: '', address: to },
    replyTo: { name: '', address: withToken(sender.replies ?? sender.address, token) },
    subject: oneLine(letter.subject, 300),
    text: letter.text,
    html: letter.html ?? letterHtml(letter.text, letter.language),
    messageId,
    date: new Date(createdAt),
    ...(references.length === 0 ? {} : { references: [...references], inReplyTo: references.at(-1) }),
    headers: headersOf(letter, sender),
    attachments: attachments.map((file) => ({
      filename: oneLine(file.name, 120),
      contentType: /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,80}$/i.test(file.mediaType)
        ? file.mediaType
        : 'application/octet-stream',
      content: Buffer.from(file.bytes),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  })
  const built = await composer.compile().build()
  const signed = sender.dkim === undefined ? built : signDkim(built, sender.dkim, now)
  return { from, to, bytes: signed }
}

/** No robot answers a letter (RFC 3834 section 5); a change of the policy can be unsubscribed from (RFC 2369). */
function headersOf({ type, language }: Letter, { unsubscribe }: Sender): Record<string, string> {
  const auto = type === 'policy-change' || type === 'staff' || type === 'task' ? 'auto-generated' : 'auto-replied'
  return {
    'Auto-Submitted': auto,
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
    'Content-Language': oneLine(language, 35),
    ...(type === 'policy-change' && unsubscribe !== undefined
      ? { 'List-Unsubscribe': `<${oneLine(unsubscribe, 500)}>` }
      : {}),
  }
}

function badAddress(): Fault {
  return new Fault({
    code: 'mail.bad-address',
    what: 'A letter is addressed to what is no mail address.',
    mend: 'Correct the address in the case, or in the store that it came from.',
  })
}

function tooLarge(): Fault {
  return new Fault({
    code: 'mail.too-large',
    what: `A letter has more than ${mostAttachments} attachments, or more than ${mostAttachedBytes >> 20} MB of them.`,
    mend: 'Offer the files as a download.',
  })
}
