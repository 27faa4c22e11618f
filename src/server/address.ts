import { BlockList, isIP } from 'node:net'

/** Whose word about the sender's address is taken: proxies, as addresses or networks (`10.0.0.0/8`, `::1`). */
export function proxies(trusted: readonly string[]): BlockList {
  const list = new BlockList()
  for (const one of trusted) {
    const [address = '', bits] = one.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

/**
 * The address a request comes from: the peer's, or, where the peer is a trusted proxy, the last address of
 * X-Forwarded-For that is none. What a stranger writes into that header is never believed.
 */
export function senderOf(peer: string, forwarded: string | null, trusted: BlockList): string {
  const chain = [...(forwarded ?? '').split(',').map((one) => one.trim()), peer].filter((one) => isIP(one) !== 0)
  for (let at = chain.length - 1; at > 0; at -= 1) {
    const address = chain[at] as string
    if (!trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) return callerOf(address)
  }
  return callerOf(chain[0] ?? peer)
}

/** One caller has a whole /64 of IPv6 at hand, so it counts as one. */
function callerOf(address: string): string {
  if (isIP(address) !== 6) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  return mapped ?? `${address.split('::')[0]?.split(':').slice(0, 4).join(':') ?? ''}::/64`
}
