import type { FaultMeaning } from './index.ts'

/** Terms and holds. */
export const retentionCodes: Readonly<Record<string, FaultMeaning>> = {
  'hold.ground-unknown': { what: 'Data is to be held on a ground that is none.', mend: 'Take one of the list.' },
  'hold.no-scope': {
    what: 'A hold names neither people, nor categories, nor stores.',
    mend: '`--identity email=…`, `--category invoice` or `--store helpdesk`',
  },
  'hold.bad-date': { what: 'The end of a hold is no day to come.', mend: '`--until 2027-12-31`' },
  'hold.data-unknown': {
    what: 'A hold names a category that the policy does not have.',
    mend: 'Take one of the list.',
  },
  'hold.store-unknown': { what: 'A hold names a store that no map describes.', mend: 'Take one of the list.' },
  'hold.unknown': { what: 'No hold of this id is open.', mend: '`kept hold list`' },
}
