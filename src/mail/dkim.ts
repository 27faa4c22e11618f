/** Letters are signed by the domain they come from: DKIM (RFC 6376), relaxed/relaxed, RSA or Ed25519 (RFC 8463). */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { Fault } from '../language/fault.ts'

export interface DkimKey {
  readonly domain: string
  readonly selector: string
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256'
  readonly key: KeyObject
}

/** Signed whether they are there or not, so that nobody adds one on the way (RFC 6376 section 5.4.2). */
const SIGNED = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'reply-to',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'auto-submitted',
  'list-unsubscribe',
]

/** Reads a private key in PEM. Fault `mail.dkim-key` for what is none, or an RSA key below 1024 bits (RFC 8301). */
export function readDkimKey(domain: string, selector: string, pem: string): DkimKey {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw badKey('no private key in PEM')
  }
  if (key.asymmetricKeyType === 'ed25519') return { domain, selector, algorithm: 'ed25519-sha256', key }
  if (key.asymmetricKeyType !== 'rsa') throw badKey('neither an RSA nor an Ed25519 key')
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < 1024) throw badKey('an RSA key of fewer than 1024 bits')
  return { domain, selector, algorithm: 'rsa-sha256', key }
}

/** What the DNS must say at `SELECTOR._domainkey.DOMAIN` (RFC 6376 section 3.6.1). */
export function dkimRecord({ domain, selector, algorithm, key }: DkimKey): {
  readonly name: string
  readonly value: string
} {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  // Ed25519 keys stand there as their 32 bytes (RFC 8463 section 4), RSA keys as the whole structure.
  const bytes = algorithm === 'ed25519-sha256' ? spki.subarray(-32) : spki
  const kind = algorithm === 'ed25519-sha256' ? 'ed25519' : 'rsa'
  return { name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=${kind}; p=${bytes.toString('base64')}` }
}

/** A header field in canonical form, without the line end (RFC 6376 section 3.4.2). */
export function relaxedHeader(field: string): string {
  const colon = field.indexOf(':')
  const value = field
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replace(/[\t ]+/g, ' ')
  return `${field.slice(0, colon).trim().toLowerCase()}:${value.trim()}`
}

/** A body in canonical form (RFC 6376 section 3.4.4). Takes lines ended by CRLF. */
export function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[\t ]+/g, ' ').replace(/ $/, ''))
  let end = lines.length
  while (end > 0 && lines[end - 1] === '') end--
  return end === 0 ? '' : `${lines.slice(0, end).join('\r\n')}\r\n`
}

/** The fields of a message and its body, both as latin1 so that every byte stays itself. */
export function partsOf(message: Uint8Array): { readonly fields: readonly string[]; readonly body: string } {
  const text = Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const head = end < 0 ? text.replace(/\r\n$/, '') : text.slice(0, end)
  return { fields: head.split(/\r\n(?![\t ])/), body: end < 0 ? '' : text.slice(end + 4) }
}

/** The message with its signature on top. `now` is told in `t=`. */
export function signDkim(message: Buffer, dkim: DkimKey, now: Date): Buffer {
  const { fields, body } = partsOf(message)
  const bodyHash = createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64')
  const named = (field: string) => field.slice(0, field.indexOf(':')).trim().toLowerCase()
  const covered = SIGNED.flatMap((name) => fields.filter((field) => named(field) === name))
  // A name once more than it occurs: one that is added later breaks the signature.
  const names = SIGNED.flatMap((name) => [...fields.filter((field) => named(field) === name).map(named), name])
  const { algorithm, domain, selector } = dkim
  const seconds = Math.floor(now.getTime() / 1000)
  const unsigned = [
    `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed; d=${domain}; s=${selector};`,
    ` t=${seconds}; bh=${bodyHash};`,
    ` h=${names.join(':\r\n  ')};`,
    ' b=',
  ].join('\r\n')
  const data = Buffer.from([...covered.map(relaxedHeader), relaxedHeader(unsigned)].join('\r\n'), 'latin1')
  // RFC 8463 section 3: Ed25519 signs the SHA-256 of the data.
  const signature =
    algorithm === 'ed25519-sha256'
      ? sign(null, createHash('sha256').update(data).digest(), dkim.key)
      : sign('sha256', data, dkim.key)
  const folded = (signature.toString('base64').match(/.{1,70}/g) ?? []).join('\r\n  ')
  return Buffer.concat([Buffer.from(`${unsigned}${folded}\r\n`, 'latin1'), message])
}

function badKey(what: string): Fault {
  return new Fault({
    code: 'mail.dkim-key',
    what: `What the DKIM key names is ${what}.`,
    mend: 'Make one: openssl genpkey -algorithm ed25519 -out dkim.pem (or rsa with -pkeyopt rsa_keygen_bits:2048).',
  })
}
