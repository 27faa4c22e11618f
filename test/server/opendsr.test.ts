/** A controller sends an erasure by OpenDSR 2.0, holds a signed receipt, asks how far it is, and takes it back. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isSigned } from '../../src/opendsr/receipt.ts'
import { ownCertificate } from '../mail-certificate.ts'
import { serveVendor } from './vendor.ts'

const id = 'a7551968-d5d6-44b2-9831-815ac9017798'
const other = 'b7551968-d5d6-44b2-9831-815ac9017798'
const token = 'c0ntroller-token-of-thirty-two-characters'

const asked = (subject: string, more: object = {}) => ({
  regulation: 'gdpr',
  subject_request_id: subject,
  subject_request_type: 'erasure',
  submitted_time: '2026-11-22T12:00:00Z',
  subject_identities: [{ identity_type: 'email', identity_value: 'person1@example.org', identity_format: 'raw' }],
  api_version: '2.0',
  status_callback_urls: ['https://controller.example/callback'],
  ...more,
})

it('receives, signs, tells the status, and cancels', async (context) => {
  const made = await ownCertificate('rsa:2048')
  if (made === undefined) return context.skip('openssl is not here')
  const vendor = await serveVendor('server')
  writeFileSync(
    join(vendor.folder, 'kept.server.yaml'),
    `opendsr:
  domain: localhost
  key: env:RECEIPTS
  certificate: receipts.pem
  controllers: { acme: { token: env:ACME }, zenith: { token: env:ZENITH } }
`,
  )
  writeFileSync(join(vendor.folder, 'receipts.pem'), made.certificate)
  Object.assign(vendor.env, { RECEIPTS: made.key, ACME: token, ZENITH: token.toUpperCase() })
  await vendor.restart()
  const as = { authorization: `Bearer ${token}` }
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = as) =>
    vendor.call('', method, `/opendsr/v2/${path}`, body, headers)
  const signed = ({ headers, text }: Awaited<ReturnType<typeof call>>) =>
    headers.get('x-opendsr-processor-domain') === 'localhost' &&
    isSigned(Buffer.from(text), headers.get('x-opendsr-signature') ?? '', made.certificate)

  const discovered = await call('GET', 'discovery', undefined, {})
  expect(discovered.json).toMatchObject({ api_version: '2.0', supported_subject_request_types: ['erasure'] })
  expect((await call('GET', 'certificate', undefined, {})).text).toBe(made.certificate)

  const receipt = await call('POST', 'requests', asked(id))
  expect(receipt.status).toBe(201)
  expect(signed(receipt)).toBe(true)
  expect(
    isSigned(
      Buffer.from(receipt.text.replace('acme', 'acne')),
      receipt.headers.get('x-opendsr-signature') ?? '',
      made.certificate,
    ),
  ).toBe(false)
  expect(receipt.json).toMatchObject({ controller_id: 'acme', subject_request_id: id })
  expect(JSON.parse(Buffer.from(String(receipt.json.encoded_request), 'base64').toString())).toEqual(asked(id))

  const again = await call('POST', 'requests', asked(id))
  expect(again.json.received_time).toBe(receipt.json.received_time)
  const database = vendor.server.foundation.databases[0]
  expect(await database?.requests()).toHaveLength(1)

  const status = await call('GET', `requests/${id}`)
  expect(status.json).toMatchObject({ subject_request_id: id, request_status: 'pending' })
  expect(signed(status)).toBe(true)

  // The breaches: nobody's token, another controller's request, a body that is none, an identity in a form nobody can find.
  expect((await call('POST', 'requests', asked(other), {})).status).toBe(401)
  const zenith = { authorization: `Bearer ${token.toUpperCase()}` }
  expect((await call('GET', `requests/${id}`, undefined, zenith)).status).toBe(404)
  expect((await call('DELETE', `requests/${id}`, undefined, zenith)).status).toBe(404)
  expect((await call('POST', 'requests', 'x')).status).toBe(400)
  const hashed = [{ identity_type: 'email', identity_value: 'a'.repeat(64), identity_format: 'sha256' }]
  const refused = await call('POST', 'requests', asked(other, { subject_identities: hashed }))
  expect(refused.status).toBe(400)
  expect(refused.text).not.toContain('aaa')
  expect((await call('POST', 'requests', asked(other, { subject_request_type: 'access' }))).status).toBe(400)

  const cancelled = await call('DELETE', `requests/${id}`)
  expect(cancelled.status).toBe(202)
  expect(signed(cancelled)).toBe(true)
  expect((await call('GET', `requests/${id}`)).json).toMatchObject({ request_status: 'cancelled' })
  expect((await call('DELETE', `requests/${id}`)).status).toBe(400)
})
