import { expect, it } from 'vitest'
import { isPublic, publicOnly } from './reachable.ts'

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  'fe80::1%eth0',
  'fd00::1',
  '[::1]',
  '2002:a00:1::',
  'ff02::1',
  'localhost',
  '',
])('takes %s for an address of the own net, or none', (address) => {
  expect(isPublic(address)).toBe(false)
})

it.each(['9.9.9.9', '2620:fe::fe', '172.32.0.1'])('takes %s for a public address', (address) => {
  expect(isPublic(address)).toBe(true)
})

it('refuses a name that leads inside', async () => {
  const code = await new Promise((resolve) => {
    publicOnly('localhost', {}, (error) => resolve(error?.code))
  })
  expect(code).toBe('ENOTPUBLIC')
})
