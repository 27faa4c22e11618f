/** What every answer carries (OWASP secure headers; Content Security Policy Level 3). Pages give their own policy. */
const COMMON: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-permitted-cross-domain-policies': 'none',
}

/** Nothing may be loaded, framed or run: right for data. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const YEAR_SECONDS = 31_536_000

/** The same answer with the headers; what it sets itself stays. `secure`: the public address is https. */
export function withHeaders(response: Response, requestId: string, secure: boolean): Response {
  const headers = new Headers(response.headers)
  const add = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value)
  }
  for (const [name, value] of Object.entries(COMMON)) add(name, value)
  add('content-security-policy', NOTHING)
  add('cache-control', 'no-store')
  if (secure) add('strict-transport-security', `max-age=${YEAR_SECONDS}; includeSubDomains`)
  headers.set('x-request-id', requestId)
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
