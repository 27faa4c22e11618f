/** Messages go to the outside only: an address of the own net, of this machine or of a cloud's metadata is none (RFC 6890). */
import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

// Two lists: in one, an IPv4 address is looked for among the IPv6 networks too.
const inside = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.ipv4.addSubnet(network, bits, 'ipv4')
// Of IPv6 only what is given out for the public (2000::/3) counts, without tunnels that hold an IPv4 address, and examples.
for (const [network, bits] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.ipv6.addSubnet(network, bits, 'ipv6')

/** False for an address that stands for the own net, and for what is no address. */
export function isPublic(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const family = isIP(bare)
  if (family === 0) return false
  const kind = family === 6 ? 'ipv6' : 'ipv4'
  return !inside[kind].check(bare, kind)
}

/**
 * Finds the addresses of a host, and refuses it where one of them is not public: the connection is made to the very
 * address that was looked at, so that a name cannot mean another one a moment later.
 */
export const publicOnly: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '')
    const [first] = addresses
    if (first === undefined || addresses.some(({ address }) => !isPublic(address)))
      return done(Object.assign(new Error('an address of the own net'), { code: 'ENOTPUBLIC' }), '')
    if (options.all) return done(null, addresses)
    return done(null, first.address, first.family)
  })
}
