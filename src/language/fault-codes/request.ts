import type { FaultMeaning } from './index.ts'

/** Requests of people. */
export const requestCodes: Readonly<Record<string, FaultMeaning>> = {
  'request.no-identity': {
    what: 'Nothing says whom the request is about, or an identity has no value.',
    mend: '`--identity email=…`',
  },
  'request.id-unknown': { what: 'An `id` is given, and no store map has a key `id`.', mend: 'Give another identity.' },
  'request.id-ambiguous': {
    what: 'An `id` is given, and several stores have ids.',
    mend: '`--identity desk.id=…` or `--store desk`',
  },
  'request.identity-ambiguous': {
    what: 'Several tables of a store have a key of this name.',
    mend: '`--identity customers.id=…`',
  },
  'request.store-unknown': { what: 'A store is named that no map describes.', mend: '`kept store list`' },
  'request.store-unreachable': {
    what: 'A store could not be reached: the request stays open.',
    mend: '`kept request resume ID` when it can be.',
  },
  'request.too-many-records': {
    what: 'More records bear one identity than any person has.',
    mend: 'Take the identity out of the keys of the table: make it a hint.',
  },
  'request.endless': {
    what: 'New identities of the person were found again and again.',
    mend: 'A key probably names many people: make it a hint.',
  },
  'request.unknown': { what: 'There is no request of this id.', mend: '`kept request list`' },
  'request.state': { what: 'The request is in a state in which this cannot be done.', mend: '`kept request show ID`' },
  'request.closed': { what: 'The request is closed, and its data is destroyed.', mend: 'Make a new request.' },
  'request.changed': {
    what: 'What was shown for approval has changed since.',
    mend: 'Look at the new preview and approve again.',
  },
  'request.candidate-unknown': {
    what: 'A row was accepted or rejected that is not among the candidates.',
    mend: 'Copy it from `kept request show ID`.',
  },
  'request.obstacle': {
    what: 'The erasure cannot be carried out as map and store stand.',
    mend: 'Mend what the fault names.',
  },
  'request.ground-unknown': {
    what: 'A request is to be denied on a ground that is none.',
    mend: 'Take one of the list.',
  },
  'request.step-failed': {
    what: "A store's part of the request failed and will be tried again.",
    mend: '`kept request resume ID`',
  },
  'request.held': {
    what: 'A hold covers the person since the erasure was approved: nothing was done.',
    mend: '`kept request resume ID` shows what the hold keeps and asks for a new approval.',
  },
  'request.still-written': {
    what: 'Rows of the person are still being written while the erasure runs.',
    mend: 'Stop the writer, then `kept request resume ID`.',
  },
  'request.not-proven': { what: 'A part was carried out and is not proven yet.', mend: '`kept request resume ID`' },
  'request.residual': {
    what: 'The search after the erasure found the person in places that hold the request open.',
    mend: 'Map the places it names, then `kept request resume ID`.',
  },
  'request.unread': {
    what: 'A table could not be read, or a reader failed: nothing is proven of it.',
    mend: 'Give the read role its rights, then `kept request resume ID`.',
  },
  'request.foreign-rows': {
    what: "Other people's rows were touched.",
    mend: 'Keep everything as it is and look at the evidence.',
  },
  'request.nothing-to-correct': { what: 'A correction names no new value.', mend: '`--set phone=…`' },
  'request.category-unknown': {
    what: 'A correction names a data category that the policy does not declare.',
    mend: 'Take one of its `data`.',
  },
  'request.no-value': { what: 'A new value is empty.', mend: 'Give one; what shall go is erased.' },
  'request.no-purpose': { what: 'Nothing says which use is to stop.', mend: '`--purpose newsletter`' },
  'request.purpose-unknown': {
    what: 'A use is to stop for a purpose that the policy does not declare.',
    mend: 'Take one of its `purposes`.',
  },
  'task.unknown': { what: 'No open task has this id.', mend: '`kept task list`' },
  'task.failed': {
    what: 'Who had to do a part of the request could not.',
    mend: '`kept request resume ID` hands it over again.',
  },
  'task.note-unreadable': { what: 'The note about a task cannot be read.', mend: 'Name a file that is there.' },
  'request.task-open': {
    what: 'A part of the request waits for a person to do it.',
    mend: '`kept task list`, `kept task done ID --by WHO`',
  },
  'correct.too-long': { what: 'A new value is longer than a column takes.', mend: 'Give a shorter one.' },
  'correct.type': { what: 'A new value is not of the type of a column.', mend: 'Write it as the column holds it.' },
  'correct.not-unique': {
    what: 'Another row has the new value in a column that takes it once.',
    mend: 'Look whose record that is: it may be the same person.',
  },
  'correct.check': { what: 'A new value breaks a rule of the table.', mend: 'Give a value that the table takes.' },
  'request.sealed-version': {
    what: 'The data of the request was written by a newer Kept.',
    mend: 'Go on in that version.',
  },
  'replay.not-supported': {
    what: 'A kind of store cannot erase again what a restored backup brought back.',
    mend: 'Restore without the erased rows, or erase by a new request.',
  },
  'export.name': {
    what: 'The name of a locked copy does not end as it must.',
    mend: '`--out copy.zip`, `--out copy.zip.age`',
  },
  'export.two-locks': { what: 'A passphrase and an age key are asked for at once.', mend: 'Give one of them.' },
  'export.no-passphrase': {
    what: 'The passphrase of a copy is not where it is said to be.',
    mend: '`--passphrase env:NAME` or `file:PATH`',
  },
  'export.passphrase-short': { what: 'A passphrase has fewer than 12 characters.', mend: 'Take a longer one.' },
  'export.recipient-unknown': { what: 'A recipient of a copy is no age key.', mend: '`--recipient age1…`' },
  'export.exists': { what: 'The file or folder of an export is there already.', mend: 'Name another with `--out`.' },
  'request.same-person': {
    what: 'Whoever entered an erasure was to approve it, and the policy asks for two people.',
    mend: 'Let somebody else approve it.',
  },
  'request.no-author': {
    what: 'An erasure that two people decide on was entered by nobody who is named.',
    mend: 'Name them with `--by`.',
  },
}
