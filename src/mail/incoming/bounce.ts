/** A report that a letter could not be delivered, and about which letter (RFC 3464; qmail's, Exim's and others' own words too). */
import type { LetterFile } from '../../letters.ts'
import { type HeaderField, headerFields, messageIds, valuesOf } from './header-fields.ts'

/** Of what is returned only the beginning is read: its header. */
const longestReturned = 1 << 16

interface Report {
  readonly fields: readonly HeaderField[]
  readonly subject: string
  readonly text: string
  readonly parts: readonly LetterFile[]
}

/** The Message-ID of the letter that failed; undefined where the mail reports no failure for good, or does not say of which. */
export function bounceOf(report: Report): string | undefined {
  return isFailure(report) ? returnedId(report) : undefined
}

/** True for a failure for good; a delay, a success and a mail of a person are none. */
export function isFailure({ fields, subject, text, parts }: Report): boolean {
  const status = parts.find(({ mediaType }) => mediaType === 'message/delivery-status')
  if (status !== undefined) {
    const read = headerFields(latin1(status.bytes))
    const actions = valuesOf(read, 'action').map((one) => one.toLowerCase())
    return actions.some((one) => /^failed\b/.test(one)) || valuesOf(read, 'status').some((one) => /^5\./.test(one))
  }
  const fromDaemon = valuesOf(fields, 'from').some((one) => /mailer-daemon|postmaster/i.test(one))
  const empty = valuesOf(fields, 'return-path').some((one) => /^<\s*>/.test(one))
  if (!fromDaemon && !empty && valuesOf(fields, 'x-failed-recipients').length === 0) return false
  const words = `${subject}\n${text.slice(0, 4000)}`
  if (/\bdelayed\b|still being retried|will (?:be )?retr|warning: (?:message|could not)/i.test(words)) return false
  return /undeliver|delivery (?:has )?fail|delivery status notification|returned (?:to sender|mail)|failure notice|permanent (?:error|failure)|could not be delivered|unzustellbar|nicht zugestellt/i.test(
    words,
  )
}

function returnedId({ text, parts }: Report): string | undefined {
  const returned = parts.filter(({ mediaType }) =>
    /^(?:message\/rfc822|message\/global|text\/rfc822-headers)$/.test(mediaType),
  )
  for (const { bytes } of returned) {
    const [id] = messageIds(valuesOf(headerFields(latin1(bytes)), 'message-id')[0] ?? '')
    if (id !== undefined) return id
  }
  // Those who follow no standard put the header of the letter under their words.
  const lines = text.slice(0, longestReturned).split(/\r?\n/)
  const line = lines.find((one) => /^[> \t]*message-id:/i.test(one))
  return line === undefined ? undefined : messageIds(line)[0]
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, longestReturned)).toString('latin1')
}
