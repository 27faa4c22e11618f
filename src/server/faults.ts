import { Fault } from '../language/fault.ts'

/** What the API refuses before any route sees it. No value of the request is ever told. */
export const refusals = {
  unknownRoute: () =>
    new Fault({
      code: 'api.unknown-route',
      what: 'There is no such address.',
      mend: '/openapi.json lists all routes.',
    }),
  wrongMethod: () =>
    new Fault({
      code: 'api.wrong-method',
      what: 'This address does not take this method.',
      mend: '/openapi.json lists the methods of each address.',
    }),
  unknownTenant: () =>
    new Fault({
      code: 'api.unknown-tenant',
      what: 'No tenant of this server has that name.',
      mend: 'Leave the header kept-tenant out for the default tenant, or write a name of kept.server.yaml.',
    }),
  notSignedIn: () =>
    new Fault({
      code: 'api.not-signed-in',
      what: 'Nobody is signed in.',
      mend: 'Sign in at /staff, or send a token of the API.',
    }),
  noToken: () =>
    new Fault({
      code: 'api.no-token',
      what: 'The token of a case is missing, or opens nothing any more.',
      mend: 'Open the link of the last mail again, or ask for a new one.',
    }),
  forbidden: () =>
    new Fault({
      code: 'api.forbidden',
      what: 'Your roles do not allow this.',
      mend: 'Ask an administrator of this tenant for the role; /openapi.json names the roles of each route.',
    }),
  secondFactor: () =>
    new Fault({
      code: 'api.second-factor',
      what: 'This destroys or publishes: it asks for a second factor not older than five minutes.',
      mend: 'Confirm with your passkey or code at /staff, then send it again.',
    }),
  crossSite: () =>
    new Fault({
      code: 'api.cross-site',
      what: 'The request comes from another site.',
      mend: 'Send it from the page of this server, or with a token of the API instead of a cookie.',
    }),
  tooOften: () =>
    new Fault({
      code: 'api.too-often',
      what: 'There were too many requests.',
      mend: 'Wait some seconds, then go on slower.',
    }),
  tooLarge: (bytes: number) =>
    new Fault({ code: 'api.too-large', what: 'The body is too large.', mend: `Send at most ${bytes} bytes.` }),
  tooSlow: () =>
    new Fault({
      code: 'api.too-slow',
      what: 'It took too long.',
      mend: 'Look whether it was done, then try it again.',
    }),
  wrongType: () =>
    new Fault({
      code: 'api.wrong-type',
      what: 'The body is no JSON by its media type.',
      mend: 'Send content-type: application/json.',
    }),
  notJson: () =>
    new Fault({ code: 'api.not-json', what: 'The body is no JSON.', mend: 'Send one JSON document in UTF-8.' }),
  noSuch: () =>
    new Fault({
      code: 'api.no-such',
      what: 'There is nothing of this name.',
      mend: 'The lists of the API name what there is.',
    }),
  notSeen: () =>
    new Fault({
      code: 'api.not-seen',
      what: 'The preview is another one than the one that was looked at.',
      mend: 'Look at the request again, then approve with its new approvalHash.',
    }),
  editedMeanwhile: () =>
    new Fault({
      code: 'api.edited-meanwhile',
      what: 'Somebody else wrote the file since it was read.',
      mend: 'Read it again, and make the change in what stands there now.',
    }),
  badKey: () =>
    new Fault({
      code: 'api.bad-key',
      what: 'The idempotency key is not usable.',
      mend: 'Send 8 to 128 letters, digits, - or _, new for each act.',
    }),
  keyReused: () =>
    new Fault({
      code: 'api.key-reused',
      what: 'This idempotency key was used for another request.',
      mend: 'Take a new key for each act.',
    }),
  stillRunning: () =>
    new Fault({
      code: 'api.still-running',
      what: 'The first request of this key is still at work.',
      mend: 'Wait, then send it again.',
    }),
  outcomeUnknown: () =>
    new Fault({
      code: 'api.outcome-unknown',
      what: 'The first request of this key was cut off, and nobody can say whether it was done.',
      mend: 'Look whether it was done; if not, send it with a new key.',
    }),
} as const

/** What a schema does not accept: where, and of what kind, never the value. */
export function invalid(at: string, why: string): Fault {
  return new Fault({
    code: 'api.invalid',
    what: `What was sent is not accepted at ${at}: ${why}.`,
    mend: 'Compare it with the schema in /openapi.json.',
    where: { path: at },
  })
}
