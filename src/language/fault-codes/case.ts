import type { FaultMeaning } from './index.ts'

/** Cases of people: what they ask, who they are, what is answered. */
export const caseCodes: Readonly<Record<string, FaultMeaning>> = {
  'case.unknown': { what: 'There is no case of this id.', mend: '`kept case list`' },
  'case.state': { what: 'The case is in a state in which this cannot be done.', mend: '`kept case show ID`' },
  'case.no-identity': {
    what: 'Nobody has shown yet that the person is who they say.',
    mend: 'Wait for the answer to the letter, or check documents: `kept case identity ID`.',
  },
  'case.no-decision': {
    what: 'Nobody has decided about the case yet.',
    mend: '`kept case grant ID`, `kept case deny ID`',
  },
  'case.no-ground': { what: 'A case was to be denied without a ground.', mend: 'Take one of `kept case deny --help`.' },
  'case.not-proven': {
    what: 'Nothing proves that the case was carried out.',
    mend: 'Wait for the proof of its request.',
  },
  'case.not-carried-out': { what: 'What was granted is not carried out yet.', mend: '`kept case show ID`' },
  'case.destroyed': { what: 'What the case held of the person is destroyed.', mend: 'The person can open a new case.' },
  'case.bad-contact': { what: 'The contact is no mail address.', mend: 'Give one, e.g. `ada@example.org`.' },
  'case.bad-identity': {
    what: 'An identity is not of the form kind and value, or there are too many.',
    mend: 'Give e.g. `email` and an address.',
  },
  'case.bad-file': {
    what: 'A file is of another kind, larger or one more than a case takes.',
    mend: 'Give a PNG, JPEG or PDF.',
  },
  'case.no-file': { what: 'There is no such file, or its time is over.', mend: 'Ask for a new copy.' },
  'case.too-many': { what: 'Too many cases came from one place today.', mend: 'Try again tomorrow, or write by post.' },
  'case.no-words': { what: 'A letter has no text, or no address that it could go to.', mend: 'Write the text.' },
  'case.same-person': {
    what: 'A complaint was to be decided by who decided before.',
    mend: 'Give the case to a colleague.',
  },
  'case.no-extension': {
    what: 'The law of the case allows no extension, or not until then, or it was taken already.',
    mend: 'Answer in time.',
  },
  'case.extension-late': { what: 'The first term is over: no extension any more.', mend: 'Answer now.' },
  'case.extension-reason': {
    what: 'More time was to be taken without a reason of the list.',
    mend: '`--reason complex`',
  },
  'case.fee-forbidden': { what: 'No fee may be asked here.', mend: 'Grant the case.' },
  'case.page-refused': {
    what: 'The page of a case is not there, or its time is over.',
    mend: 'Ask again for a new link.',
  },
  'identity.refused': { what: 'A link or code does not hold.', mend: 'Ask again: a new letter is sent.' },
  'identity.token-refused': {
    what: 'A token of the vendor’s site does not show who is signed in.',
    mend: 'Make a new one for every click; see docs/identity.md.',
  },
  'identity.token-used': {
    what: 'A token of the vendor’s site was used before.',
    mend: 'Give each a `jti` of its own.',
  },
  'identity.no-site': { what: 'No site is named that may say who is signed in.', mend: 'Name it in the settings.' },
  'identity.bad-key': {
    what: 'A key of the vendor’s site is none.',
    mend: 'Give a public key, or a secret of 32 bytes.',
  },
}
