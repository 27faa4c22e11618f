import type { FaultMeaning } from './index.ts'

/** Messages to other systems. */
export const webhookCodes: Readonly<Record<string, FaultMeaning>> = {
  'webhook.bad-secret': {
    what: 'The secret of a webhook is not `whsec_` and 24 to 64 bytes in base64.',
    mend: 'Make one: `printf whsec_%s $(openssl rand -base64 32)`.',
  },
  'opendsr.bad-key': {
    what: 'Key and certificate of `opendsr` are no RSA key and the certificate of its domain.',
    mend: 'Name the key and certificate in PEM that belong together, issued for the domain under `opendsr`.',
  },
  'opendsr.short-token': {
    what: 'The token of a controller has fewer than 32 characters.',
    mend: 'Make a longer one: `openssl rand -hex 32`.',
  },
}
