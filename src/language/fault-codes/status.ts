import type { FaultMeaning } from './index.ts'

/** Imported documents that a status is told by. */
export const statusCodes: Readonly<Record<string, FaultMeaning>> = {
  'status.sentences-unreadable': {
    what: '`NAME.sentences.json` beside the policy is not what an import writes.',
    mend: 'Import the document again.',
  },
  'status.document-missing': {
    what: 'The document that was imported is no longer where it was.',
    mend: 'Put it back, or import it from where it is.',
  },
  'status.document-changed': {
    what: 'The document is no longer the text that was imported: its sentences cannot be found by their numbers.',
    mend: 'Put the text back, or import it again and follow the numbers that moved.',
  },
  'status.document-renumbered': {
    what: 'The policy names sentences of another text than the one that lies beside it.',
    mend: 'Follow the numbers that moved, and write the new hash under `documents`.',
  },
  'status.unknown-sentence': {
    what: 'A source names a sentence that the imported document does not have.',
    mend: 'Write the number that the import shows.',
  },
}
