/** Whether an address is this machine's own: only there may a connection go without TLS. Takes the host of a URL, IPv6 in brackets or not. */
export function isLoopback(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1'].includes(host.replace(/^\[|\]$/g, ''))
}
