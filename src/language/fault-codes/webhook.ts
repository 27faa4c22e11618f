import type { FaultMeaning } from './index.ts'

/** Messages to other systems. */
export const webhookCodes: Readonly<Record<string, FaultMeaning>> = {
  'webhook.bad-secret': {
    what: 'The secret of a webhook is not `whsec_` and 24 to 64 bytes in base64.',
    mend: 'Make one: `printf whsec_%s $(openssl rand -base64 32)`.',
  },
}
