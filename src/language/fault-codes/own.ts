import type { FaultMeaning } from './index.ts'

/** Kept's own database, keys and evidence. */
export const ownCodes: Readonly<Record<string, FaultMeaning>> = {
  'kept.own-error': {
    what: 'Kept itself failed: this is a mistake of ours.',
    mend: 'Report it with what it prints; no personal data is in it.',
  },
  'records.stale': {
    what: 'Somebody else changed the same request, or published or activated a version, in the meantime; nothing was recorded.',
    mend: 'Read it again and decide anew.',
  },
  'database.nowhere': {
    what: "Nothing says where Kept's own database is.",
    mend: '`--data DIR`, or set `KEPT_DATABASE_URL`.',
  },
  'database.unreachable': {
    what: "Kept's own database cannot be reached; nothing was recorded.",
    mend: 'See that the server runs; try again.',
  },
  'database.permission': {
    what: 'The account may not do in the database what Kept must.',
    mend: 'Let it log in and create the schema `kept`.',
  },
  'database.failed': {
    what: "Kept's own database refused a statement; nothing was recorded.",
    mend: 'Report it if it happens again.',
  },
  'database.newer': {
    what: 'The database was made by a newer Kept.',
    mend: 'Use that release: a schema is never taken back.',
  },
  'database.in-use': { what: 'Another process uses the data directory.', mend: 'End it, or let it do the work.' },
  'database.outcome-unknown': {
    what: 'The connection broke during a commit.',
    mend: 'Start again: what was recorded is found.',
  },
  'keys.missing': {
    what: 'The database is on a server, and nothing says where its keys are.',
    mend: 'Set `KEPT_KEYS`.',
  },
  'keys.mismatch': { what: 'The database was made with other keys.', mend: 'Give the key file that belongs to it.' },
  'keys.unreadable': {
    what: 'The key file cannot be read or is none.',
    mend: 'Put it back from where it was kept safe.',
  },
  'keys.destroyed': {
    what: 'A suppression key is over its term, or the key file is another one.',
    mend: 'Put the right key file in place for younger backups.',
  },
  'keys.rotated-often': {
    what: 'The signing key was replaced more often than a pack can tell.',
    mend: 'Begin a new log; keep the last pack.',
  },
  'keys.cannot-open': {
    what: 'Sealed data of a request cannot be opened.',
    mend: 'Give the key file that belongs to the database.',
  },
  'evidence.not-allowed': {
    what: 'An act was to be recorded that evidence does not allow: it could hold personal data.',
    mend: 'Report it: nothing was recorded.',
  },
  'evidence.cannot-read': {
    what: 'A pack or checkpoint cannot be read.',
    mend: 'Give what `kept evidence export` wrote.',
  },
  'evidence.bad-key': { what: 'A key is no verifier key.', mend: 'Give it as the vendor shows it: `name+id+base64`.' },
  'evidence.gap': {
    what: 'An entry is missing from the evidence log.',
    mend: 'Keep the database as it is; compare with an exported pack.',
  },
  'evidence.journal-conflict': {
    what: 'Journal and database of the evidence go on at different entries.',
    mend: 'Put both of one backup in place.',
  },
  'evidence.journal-behind': {
    what: 'The database holds evidence that the journal does not.',
    mend: 'Put both of one backup in place.',
  },
  'evidence.journal-broken': {
    what: 'The evidence journal was changed.',
    mend: 'Keep the changed one: it may be evidence itself.',
  },
  'backup.unreadable': {
    what: 'The file is no backup of Kept, or not whole.',
    mend: 'Give a file that `kept backup` wrote.',
  },
  'backup.not-empty': {
    what: 'A backup is put into a new database only.',
    mend: 'Name a new folder with `--data`, or a new database with `KEPT_DATABASE_URL`.',
  },
  'backup.pack-broken': {
    what: 'The evidence pack given with a backup is not whole, or the pinned key did not sign it.',
    mend: '`kept evidence verify` says what is wrong; give another pack, or none.',
  },
  'backup.pack-elsewhere': {
    what: 'The evidence pack does not continue the log of the backup.',
    mend: 'Give a pack of the same database, exported after the backup.',
  },
}
