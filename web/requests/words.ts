import type { PreviewRow } from '../../src/connector.ts'
import type { RequestDocument } from '../../src/requests/report.ts'
import type { Residual } from '../../src/requests/sealed.ts'
import type { Tone } from '../parts/badge.tsx'

type State = RequestDocument['state']

export const STATES: Record<State, { readonly word: string; readonly tone: Tone }> = {
  received: { word: 'received', tone: 'calm' },
  'awaiting-approval': { word: 'waits for approval', tone: 'warn' },
  approved: { word: 'approved', tone: 'calm' },
  executing: { word: 'being carried out', tone: 'calm' },
  proving: { word: 'being proven', tone: 'calm' },
  open: { word: 'held open', tone: 'bad' },
  done: { word: 'done', tone: 'good' },
  denied: { word: 'denied', tone: 'calm' },
  cancelled: { word: 'cancelled', tone: 'calm' },
}

export const KINDS: Record<RequestDocument['kind'], string> = {
  access: 'Copy of their data',
  erasure: 'Erasure',
  correction: 'Correction',
  portability: 'Data to take along',
  objection: 'Objection',
  withdrawal: 'Withdrawal of consent',
  restriction: 'Restriction',
}

export const TO_DO: Record<PreviewRow['action'], string> = {
  row: 'row goes',
  part: 'cells go',
  'keep-link': 'stays linked',
  kept: 'kept',
  mention: 'name taken out of the text',
  correct: 'gets the new value',
  stop: 'the use is switched off',
  remove: 'taken from the list',
}

export const SHARED: Record<'other-people' | 'mention' | 'referenced', string> = {
  'other-people': 'other people stand in them too',
  mention: 'they only mention the person',
  referenced: 'other rows point to them',
}

export const CLASSES: Record<Residual['class'], { readonly word: string; readonly holds: boolean }> = {
  missed: { word: 'should be gone', holds: true },
  unmapped: { word: 'no store map says what this is', holds: true },
  ambiguous: { word: 'nobody can tell whose it is', holds: true },
  kept: { word: 'kept under a named exception', holds: false },
  'other-person': { word: "another person's", holds: false },
}

export const rows = (count: number): string => `${count.toLocaleString()} ${count === 1 ? 'row' : 'rows'}`
