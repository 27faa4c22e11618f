import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import { dkimRecord, partsOf, readDkimKey, relaxedBody, relaxedHeader, signDkim } from './dkim.ts'

const message = Buffer.from(
  'From: Ada  <ada@example.org>\r\nTo: bob@example.org\r\nSubject: one\r\n two\r\nX-Other: not signed\r\n\r\nHi \t there \r\n\r\n\r\n',
)

/** A verifier of its own: reads the tags of the signature, builds the signed data anew (RFC 6376 section 6.1.3). */
function holds(signed: Buffer, key: KeyObject): boolean {
  const { fields, body } = partsOf(signed)
  const signature = fields[0] ?? ''
  const tags = Object.fromEntries(
    signature
      .slice('DKIM-Signature:'.length)
      .replace(/\s/g, '')
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  )
  if (createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64') !== tags.bh) return false
  const left = fields.slice(1).reverse()
  const covered = (tags.h ?? '').split(':').flatMap((name) => {
    const at = left.findIndex((field) => field.slice(0, field.indexOf(':')).trim().toLowerCase() === name.toLowerCase())
    return at < 0 ? [] : left.splice(at, 1).map(relaxedHeader)
  })
  const bare = relaxedHeader(signature.replace(/(b=)[^;=]*={0,2}\s*;?\s*$/, '$1'))
  const data = Buffer.from([...covered, bare].join('\r\n'), 'latin1')
  const value = Buffer.from(tags.b ?? '', 'base64')
  return tags.a === 'ed25519-sha256'
    ? verify(null, createHash('sha256').update(data).digest(), key, value)
    : verify('sha256', data, key, value)
}

const pem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString()
const keys = {
  ed25519: generateKeyPairSync('ed25519'),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

it.each(['ed25519', 'rsa'] as const)('signs with %s so that a change of header or body is seen', (kind) => {
  const { privateKey, publicKey } = keys[kind]
  const dkim = readDkimKey('example.org', 'kept', pem(privateKey))
  const signed = signDkim(message, dkim, new Date('2026-11-22T12:00:00Z'))
  expect(signed.toString()).toContain(`a=${kind}-sha256; c=relaxed/relaxed; d=example.org; s=kept;`)
  expect(holds(signed, publicKey)).toBe(true)
  const altered = (from: string, to: string) => Buffer.from(signed.toString('latin1').replace(from, to), 'latin1')
  expect(holds(altered('Hi', 'Ho'), publicKey)).toBe(false)
  expect(holds(altered('Subject: one', 'Subject: other'), publicKey)).toBe(false)
  expect(holds(altered('\r\nTo:', '\r\nSubject: added\r\nTo:'), publicKey)).toBe(false)
  expect(holds(altered('not signed', 'may change'), publicKey)).toBe(true)
})

it('says what the DNS must hold', () => {
  const dkim = readDkimKey('example.org', 'kept', pem(keys.rsa.privateKey))
  const { name, value } = dkimRecord(dkim)
  expect(name).toBe('kept._domainkey.example.org')
  const published = createPublicKey({
    key: Buffer.from(value.split('p=')[1] ?? '', 'base64'),
    format: 'der',
    type: 'spki',
  })
  expect(published.equals(keys.rsa.publicKey)).toBe(true)
  expect(dkimRecord(readDkimKey('example.org', 'k', pem(keys.ed25519.privateKey))).value).toMatch(
    /^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/,
  )
})

it('verifies the example of RFC 8463 appendix A.3', () => {
  const example = [
    'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
    ' d=football.example.com; i=@football.example.com;',
    ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
    ' subject : date : message-id : from : subject : date;',
    ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
    ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
    ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
    'From: Joe SixPack <joe@football.example.com>',
    'To: Suzie Q <suzie@shopping.example.net>',
    'Subject: Is dinner ready?',
    'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
    'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
    '',
    'Hi.',
    '',
    'We lost the game.  Are you hungry yet?',
    '',
    'Joe.',
    '',
  ].join('\r\n')
  const key = Buffer.from('11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', 'base64')
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key])
  expect(holds(Buffer.from(example), createPublicKey({ key: spki, format: 'der', type: 'spki' }))).toBe(true)
})

it('refuses what is no key, and one that is too short', () => {
  expect(() => readDkimKey('example.org', 'kept', 'secret words')).toThrow(/mail\.dkim-key/)
  const short = generateKeyPairSync('rsa', { modulusLength: 768 }).privateKey
  expect(() => readDkimKey('example.org', 'kept', pem(short))).toThrow(/mail\.dkim-key/)
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  expect(() => readDkimKey('example.org', 'kept', pem(other))).toThrow(/mail\.dkim-key/)
})
