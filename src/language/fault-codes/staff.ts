import type { FaultMeaning } from './index.ts'

/** People and machines that work with Kept. */
export const staffCodes: Readonly<Record<string, FaultMeaning>> = {
  'staff.unknown': {
    what: 'Nobody of the staff has the id or address that was named.',
    mend: '`kept staff list` names everybody.',
  },
  'staff.bad-email': {
    what: 'The e-mail address of an invitation is none.',
    mend: 'Write it as `name@example.org`.',
  },
  'staff.last-administrator': {
    what: 'The only administrator was to be disabled or to lose the role.',
    mend: 'Make somebody else administrator first: `kept staff invite --role administrator`.',
  },
  'staff.bad-days': {
    what: 'A token of a machine was to last no time at all, or more than a year.',
    mend: 'Write e.g. `--days 90`, and make another token before it ends.',
  },
  'staff.unknown-token': {
    what: 'There is no token of the id that was named.',
    mend: '`kept staff list` names the tokens.',
  },
}
