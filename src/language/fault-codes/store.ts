import type { FaultMeaning } from './index.ts'

/** What is wrong in a store map, told without its store. */
export const storeCodes: Readonly<Record<string, FaultMeaning>> = {
  'store.none': {
    what: 'There is no store map, so no request can find anybody.',
    mend: 'Write `stores/NAME.yaml` beside the policy.',
  },
  'store.open-question': {
    what: 'An import left a value open: the description it read does not say it.',
    mend: 'Decide it, and write the answer in place of the question.',
  },
  'store.unreadable-directory': {
    what: 'The directory of the store maps cannot be read.',
    mend: 'Let the user who runs Kept read it.',
  },
  'store.unknown-key': {
    what: 'A key is not part of a store map.',
    mend: 'The nearest right key is offered: `persons` → `person`.',
  },
  'store.missing-key': {
    what: 'A key is needed and not there.',
    mend: '`erase: row | part | keep-link` at every role',
  },
  'store.wrong-type': { what: 'A value is of another shape.', mend: 'Write it as the mend shows.' },
  'store.unknown-word': { what: 'A word is none of those that may stand here.', mend: '`erase: pseudonym`' },
  'store.same-name': { what: 'Two store maps have the same name.', mend: 'Give each store a name of its own.' },
  'store.secret-in-map': {
    what: 'A connection string stands in the map. The fault never repeats it, and the line is not shown.',
    mend: '`read: env:DESK` or `read: file:/run/secrets/desk`; change the password if the file was published',
  },
  'store.no-secret': {
    what: 'The environment variable or file that a connection is named by is not there or empty.',
    mend: 'Set it to the connection string.',
  },
  'store.unknown-kind': {
    what: 'A connection string is of a kind that no connector understands.',
    mend: 'A PostgreSQL address begins with `postgres://`.',
  },
  'store.not-opened': {
    what: 'A command that only looks at what Kept remembers did not open the store.',
    mend: 'Nothing to mend: the next command that works on stores opens it.',
  },
  'store.unknown-zone': { what: 'A zone is none of the IANA time zones.', mend: '`zone: Europe/Berlin`' },
  'store.unknown-category': {
    what: 'A column is said to hold a data category that the policy does not declare.',
    mend: 'Declare it under `data`, or write `none`.',
  },
  'store.unknown-purpose': {
    what: 'A table serves a purpose that the policy does not declare.',
    mend: 'Declare it under `purposes`.',
  },
  'store.unknown-exception': {
    what: 'A field is kept under an exception that the policy does not have.',
    mend: 'Name one of `rights.erasure.except`.',
  },
  'store.unknown-role': {
    what: 'A field is `of` a role that its table does not have.',
    mend: 'Name a role of its `people`.',
  },
  'store.unknown-codec': { what: 'A codec is none that Kept can read.', mend: '`codec: base64>zip`' },
  'store.no-owner': {
    what: 'A store that a person looks after does not say who, or has a connection as well.',
    mend: '`connect: { read: human }` and `human: { owner: office manager }`',
  },
  'store.bad-stop': {
    what: 'A use ends either by columns that are set or by the row that goes.',
    mend: '`stop: { newsletter: { set: { newsletter_ok: false } } }`, or `{ remove: row }`',
  },
  'store.bad-path': { what: 'A place inside JSON does not begin with `$` (RFC 9535).', mend: '`path: $.user.id`' },
  'store.bad-api-path': { what: 'A request of an API does not begin with `/`.', mend: '`list: /contacts`' },
  'store.bad-column': {
    what: 'A reference does not name columns as it should.',
    mend: '`users.id`, `crm.users.id`, `"odd.table"."odd column"`',
  },
  'store.bad-link': {
    what: 'A role says neither `key` and `to` (as many columns in each) nor `via`, or both.',
    mend: '`{ key: owner, to: users.id, erase: part }`',
  },
  'store.loose-join': {
    what: 'The joins of a role do not begin at the row: every row would lead to everybody.',
    mend: '`via: [groups.instance = id, users.id = groups.owner]`',
  },
  'store.condition-elsewhere': {
    what: 'A condition is on a table that its role does not join: it would be no condition.',
    mend: 'Join it in `via`.',
  },
  'store.no-key': {
    what: 'A table of people has no key: no request finds anybody in it.',
    mend: '`key: { email: mail }`',
  },
  'store.role-leads-nowhere': {
    what: 'A role ends in a table that holds no people and leads to none.',
    mend: 'Let it end in a table that has `person`, or in one whose people lead to such a table.',
  },
  'store.unreachable-table': {
    what: 'A table holds personal data, and nothing leads from its rows to a person: no request would find them.',
    mend: 'Add `person`, or `people` with `key` and `to`, or `via`.',
  },
  'store.keep-other-category': {
    what: 'A field is kept under an exception that is not about its category.',
    mend: 'Add the category to `data` of the exception, or erase the column.',
  },
  'store.clock-missing': {
    what: 'A field is kept under an exception whose clock its table does not have: the end cannot be told.',
    mend: '`clock: { invoice-date: issued }` at the table',
  },
  'store.purpose-does-not-use': {
    what: 'A table holds data for purposes that do not use it.',
    mend: 'Name the purpose that uses it, or stop holding it.',
  },
  'store.ambiguous-key': {
    what: 'Two tables of people in one store call a key `id`: the same number may be two people.',
    mend: 'Name the identities apart: `customer-id`, `agent-id`.',
  },
}
