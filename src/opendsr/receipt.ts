/** Answers to controllers are signed, so that they can show what was received: OpenDSR 2.0, SHA-256 with RSA over the very bytes of the body. */
import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import { Fault } from '../language/fault.ts'

export interface ReceiptKey {
  readonly domain: string
  readonly key: KeyObject
  /** PEM, as controllers fetch it. */
  readonly certificate: string
}

/** Faults `opendsr.bad-key`: no RSA key, or a certificate that belongs to another key or domain. */
export function readReceiptKey(domain: string, keyPem: string, certificate: string): ReceiptKey {
  try {
    const key = createPrivateKey(keyPem)
    const shown = new X509Certificate(certificate)
    if (key.asymmetricKeyType === 'rsa' && shown.checkPrivateKey(key) && shown.checkHost(domain) !== undefined)
      return { domain, key, certificate }
  } catch {
    // Told below: what a file holds is never repeated.
  }
  throw new Fault({
    code: 'opendsr.bad-key',
    what: 'Key and certificate of opendsr are no RSA key and the certificate of its domain.',
    mend: 'Name the key and certificate in PEM that belong together, issued for the domain under opendsr.',
  })
}

/** A JSON answer with the headers of a receipt. */
export function signedAnswer(body: object, status: number, { domain, key }: ReceiptKey): Response {
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-opendsr-processor-domain': domain,
    'x-opendsr-signature': sign('sha256', Buffer.from(text), key).toString('base64'),
  }
  return new Response(text, { status, headers })
}

/** Whether the bytes of a body were signed by the key of a certificate in PEM. */
export function isSigned(body: Uint8Array, signature: string, certificate: string): boolean {
  try {
    return verify('sha256', body, new X509Certificate(certificate).publicKey, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
