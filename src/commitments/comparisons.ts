import { aggregatesComparison } from './aggregates/difference.ts'
import { changesComparison } from './changes/difference.ts'
import { childrenComparison } from './children/difference.ts'
import { collectionComparison } from './collection/difference.ts'
import type { Comparison } from './comparison.ts'
import { consentComparison } from './consent/difference.ts'
import { devicesComparison } from './devices/difference.ts'
import { disclosureComparison } from './disclosure/difference.ts'
import type { Kind } from './index.ts'
import { messagesComparison } from './messages/difference.ts'
import { purposesComparison } from './purposes/difference.ts'
import { recourseComparison } from './recourse/difference.ts'
import { retentionComparison } from './retention/difference.ts'
import { rightsComparison } from './rights/difference.ts'
import { securityComparison } from './security/difference.ts'
import { sharingComparison } from './sharing/difference.ts'
import { trackingComparison } from './tracking/difference.ts'
import { transfersComparison } from './transfers/difference.ts'

/** How each kind holds its own commitments against those of another policy, by the key of the kind. */
export const comparisons = {
  collection: collectionComparison,
  tracking: trackingComparison,
  consent: consentComparison,
  purposes: purposesComparison,
  messages: messagesComparison,
  disclosure: disclosureComparison,
  sharing: sharingComparison,
  aggregates: aggregatesComparison,
  transfers: transfersComparison,
  security: securityComparison,
  rights: rightsComparison,
  retention: retentionComparison,
  children: childrenComparison,
  devices: devicesComparison,
  recourse: recourseComparison,
  changes: changesComparison,
} as const satisfies Record<Kind['key'], Comparison>
