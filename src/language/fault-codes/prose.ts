import type { FaultMeaning } from './index.ts'

/** The import of an existing notice. */
export const proseCodes: Readonly<Record<string, FaultMeaning>> = {
  'prose.too-large': { what: 'The document is too large for a privacy notice.', mend: 'Give the text of one notice.' },
  'prose.empty': { what: 'The document holds no sentence.', mend: 'Give the text of one notice.' },
  'prose.review-unreadable': {
    what: 'The review file beside the draft cannot be read.',
    mend: 'Mend it, or remove it and import again.',
  },
  'prose.answer-unfit': {
    what: 'An answer in the review file is none that the policy file takes at that place.',
    mend: 'Write one of the words named, or a value of the form named.',
  },
  'prose.review-entry': {
    what: 'A decision in the review file lacks a part or names an unknown label or disposition.',
    mend: 'Mend the entry; the message says which.',
  },
}
