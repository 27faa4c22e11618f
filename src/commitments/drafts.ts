import { draftAggregates } from './aggregates/prose.ts'
import { draftChanges } from './changes/prose.ts'
import { draftChildren } from './children/prose.ts'
import { draftCollection } from './collection/prose.ts'
import { draftConsent } from './consent/prose.ts'
import { draftDevices } from './devices/prose.ts'
import { draftDisclosure } from './disclosure/prose.ts'
import { draftMessages } from './messages/prose.ts'
import { draftPurposes } from './purposes/prose.ts'
import { draftRecourse } from './recourse/prose.ts'
import { draftRetention } from './retention/prose.ts'
import { draftRights } from './rights/prose.ts'
import { draftSecurity } from './security/prose.ts'
import { draftSharing } from './sharing/prose.ts'
import type { DraftOf } from './statement.ts'
import { draftTracking } from './tracking/prose.ts'
import { draftTransfers } from './transfers/prose.ts'

/** How each kind reads its own sentences out of existing prose, by the key of the kind. */
export const drafts = {
  collection: draftCollection,
  tracking: draftTracking,
  consent: draftConsent,
  purposes: draftPurposes,
  messages: draftMessages,
  disclosure: draftDisclosure,
  sharing: draftSharing,
  aggregates: draftAggregates,
  transfers: draftTransfers,
  security: draftSecurity,
  rights: draftRights,
  retention: draftRetention,
  children: draftChildren,
  devices: draftDevices,
  recourse: draftRecourse,
  changes: draftChanges,
} as const satisfies Record<string, DraftOf>

export type DraftedKind = keyof typeof drafts
