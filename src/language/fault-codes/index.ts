import { caseCodes } from './case.ts'
import { commandCodes } from './command.ts'
import { exchangeCodes } from './exchange.ts'
import { kindCodes } from './kinds.ts'
import { mailCodes } from './mail.ts'
import { noticeCodes } from './notice.ts'
import { ownCodes } from './own.ts'
import { policyCodes } from './policy.ts'
import { proseCodes } from './prose.ts'
import { requestCodes } from './request.ts'
import { retentionCodes } from './retention.ts'
import { serverCodes } from './server.ts'
import { staffCodes } from './staff.ts'
import { statusCodes } from './status.ts'
import { storeCodes } from './store.ts'
import { storeLiveCodes } from './store-live.ts'
import { webhookCodes } from './webhook.ts'

/** What a code means wherever it appears, and what usually mends it. */
export interface FaultMeaning {
  readonly what: string
  readonly mend: string
}

/** Every code of a fault, born once and never reused. A test holds the sources against this list; `docs/faults.md` is made of it. */
export const faultCodes: Readonly<Record<string, FaultMeaning>> = {
  ...policyCodes,
  ...kindCodes,
  ...storeCodes,
  ...storeLiveCodes,
  ...requestCodes,
  ...caseCodes,
  ...retentionCodes,
  ...ownCodes,
  ...mailCodes,
  ...noticeCodes,
  ...proseCodes,
  ...commandCodes,
  ...exchangeCodes,
  ...statusCodes,
  ...webhookCodes,
  ...serverCodes,
  ...staffCodes,
}
