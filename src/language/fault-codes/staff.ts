import type { FaultMeaning } from './index.ts'

/** People and machines that work with Kept. */
export const staffCodes: Readonly<Record<string, FaultMeaning>> = {
  'staff.unknown': {
    what: 'Nobody of the staff has the id or address that was named.',
    mend: '`kept staff list` names everybody.',
  },
  'staff.unknown-tenant': {
    what: 'Roles were given for a tenant that the server does not have.',
    mend: 'Write a name that stands under `tenants:` in `kept.server.yaml`; without that key the only tenant is `main`.',
  },
  'staff.unknown-role': {
    what: 'A word that was given as a role is none.',
    mend: 'The roles are administrator, privacy-officer, agent, auditor and store-owner.',
  },
  'staff.bad-email': {
    what: 'The e-mail address of an invitation is none.',
    mend: 'Write it as `name@example.org`.',
  },
  'staff.last-administrator': {
    what: 'The only administrator was to be disabled or to lose the role.',
    mend: 'Make somebody else administrator first: `kept staff invite --role administrator`.',
  },
  'staff.other-tenant': {
    what: 'Somebody who works for another tenant, too, was to get a new link from one tenant only.',
    mend: 'Change their roles here, or let whoever runs the server invite them anew: `kept staff invite`.',
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
