import { aggregatesReader } from './aggregates/prose.ts'
import { changesReader } from './changes/prose.ts'
import { childrenReader } from './children/prose.ts'
import { collectionReader } from './collection/prose.ts'
import { consentReader } from './consent/prose.ts'
import { devicesReader } from './devices/prose.ts'
import { disclosureReader } from './disclosure/prose.ts'
import { messagesReader } from './messages/prose.ts'
import { purposesReader } from './purposes/prose.ts'
import { recourseReader } from './recourse/prose.ts'
import { retentionReader } from './retention/prose.ts'
import { rightsReader } from './rights/prose.ts'
import { securityReader } from './security/prose.ts'
import { sharingReader } from './sharing/prose.ts'
import type { Reader } from './statement.ts'
import { trackingReader } from './tracking/prose.ts'
import { transfersReader } from './transfers/prose.ts'

/** How each kind reads its own sentences out of existing prose, by the key of the kind. */
export const readers = {
  collection: collectionReader,
  tracking: trackingReader,
  consent: consentReader,
  purposes: purposesReader,
  messages: messagesReader,
  disclosure: disclosureReader,
  sharing: sharingReader,
  aggregates: aggregatesReader,
  transfers: transfersReader,
  security: securityReader,
  rights: rightsReader,
  retention: retentionReader,
  children: childrenReader,
  devices: devicesReader,
  recourse: recourseReader,
  changes: changesReader,
} as const satisfies Record<string, Reader>

export type DraftedKind = keyof typeof readers

/** True for the key of a kind. */
export const isDraftedKind = (key: string): key is DraftedKind => Object.hasOwn(readers, key)
