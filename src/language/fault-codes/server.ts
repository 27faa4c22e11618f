import type { FaultMeaning } from './index.ts'

/** What the HTTP API refuses. */
export const serverCodes: Readonly<Record<string, FaultMeaning>> = {
  'api.unknown-route': { what: 'No route has this address.', mend: '`/openapi.json` lists all routes.' },
  'api.wrong-method': { what: 'The address does not take this method.', mend: '`/openapi.json` lists the methods.' },
  'api.unknown-tenant': {
    what: 'The header `kept-tenant` names no tenant of this server.',
    mend: 'Leave it out for the default tenant, or write a name of `kept.server.yaml`.',
  },
  'api.not-signed-in': {
    what: 'The route is for staff, and nobody is signed in.',
    mend: 'Sign in at `/staff`, or send a token.',
  },
  'api.no-token': {
    what: 'The token of a case is missing or over.',
    mend: 'Open the link of the last mail, or ask for a new one.',
  },
  'api.forbidden': {
    what: 'The roles of who asks do not allow it.',
    mend: 'Ask an administrator of the tenant for the role.',
  },
  'api.second-factor': {
    what: 'An act that destroys or publishes needs a second factor not older than five minutes.',
    mend: 'Confirm with the passkey or code, then send it again.',
  },
  'api.cross-site': {
    what: 'Another site sent the request with the cookie of this one.',
    mend: 'Send it from the own page, or with a token.',
  },
  'api.too-often': {
    what: 'An address or a member of staff asked too often.',
    mend: 'Wait some seconds; `limits` in `kept.server.yaml`.',
  },
  'api.too-large': {
    what: 'The body is larger than the route takes.',
    mend: 'Send less; `limits` in `kept.server.yaml`.',
  },
  'api.too-slow': {
    what: 'The answer took longer than allowed.',
    mend: 'Look whether it was done, then try it again.',
  },
  'api.wrong-type': { what: 'The body has another media type than the route takes.', mend: 'Send `application/json`.' },
  'api.not-json': { what: 'The body is no JSON.', mend: 'Send one JSON document in UTF-8.' },
  'api.invalid': {
    what: 'A schema of the API does not accept what was sent.',
    mend: 'Compare it with `/openapi.json`.',
  },
  'api.no-such': {
    what: 'The thing that the address names is not there.',
    mend: 'The lists of the API name what there is.',
  },
  'api.not-seen': {
    what: 'The approver looked at another preview than the one that stands now.',
    mend: 'Look at the request again, then approve with its new `approvalHash`.',
  },
  'api.edited-meanwhile': {
    what: 'Somebody else wrote the file since it was read.',
    mend: 'Read it again, and make the change in what stands there now.',
  },
  'api.bad-key': {
    what: 'The header `idempotency-key` has a wrong form.',
    mend: 'Send 8 to 128 letters, digits, `-` or `_`.',
  },
  'api.key-reused': { what: 'An idempotency key was used for another request.', mend: 'Take a new key for each act.' },
  'api.still-running': {
    what: 'The first request of an idempotency key is still at work.',
    mend: 'Wait, then send it again.',
  },
  'api.outcome-unknown': {
    what: 'The first request of an idempotency key was cut off by a crash.',
    mend: 'Look whether it was done; if not, send it with a new key.',
  },
  'server.unknown-key': {
    what: 'The configuration has a key that is none.',
    mend: 'Write it as `docs/server.md` does.',
  },
  'server.missing-key': { what: 'The configuration lacks a key.', mend: 'Add it; `docs/server.md` shows how.' },
  'server.wrong-type': {
    what: 'A value of the configuration is of another kind.',
    mend: 'Compare it with `docs/server.md`.',
  },
  'server.unknown-word': {
    what: 'A word of the configuration is none of those possible.',
    mend: 'Take one of the list.',
  },
  'server.bad-value': {
    what: 'A name of the configuration has a wrong form.',
    mend: 'Small letters, digits and `-`, at most 32.',
  },
  'server.bad-environment': {
    what: 'An environment variable has a wrong value.',
    mend: 'Write it as `docs/server.md` does.',
  },
  'server.not-secure': {
    what: 'The public address is not encrypted.',
    mend: 'Write an `https://` address, and put a proxy that ends TLS before the server.',
  },
  'server.port-taken': {
    what: 'Another process listens on the port.',
    mend: 'Take another port, or end the other process.',
  },
  'server.tenants-need-database': {
    what: 'Several tenants were named without a PostgreSQL server.',
    mend: 'Set `KEPT_DATABASE_URL`; the embedded database holds one tenant.',
  },
  'server.worker-needs-database': {
    what: '`kept worker` was called without a PostgreSQL server.',
    mend: 'Set `KEPT_DATABASE_URL`; with the embedded database `kept serve` works itself.',
  },
  'server.same-controller': {
    what: 'Two tenants have policies of the same controller.',
    mend: 'Give each tenant a policy of its own controller.',
  },
}
