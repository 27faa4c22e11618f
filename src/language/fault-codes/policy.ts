import type { FaultMeaning } from './index.ts'

/** Reading a file, the policy itself, and the kinds of commitment. */
export const policyCodes: Readonly<Record<string, FaultMeaning>> = {
  'yaml.unreadable': {
    what: 'The file is not there, is a directory, or may not be read.',
    mend: '`--policy` names a file that you may read.',
  },
  'yaml.too-large': {
    what: 'The file is larger than 1 MB.',
    mend: 'Take out what is no policy, or split a store into two maps.',
  },
  'yaml.not-utf8': { what: 'The file is not UTF-8 text.', mend: 'Save it as UTF-8.' },
  'yaml.syntax': {
    what: 'The file is no YAML 1.2, holds several documents, or uses a tag.',
    mend: 'Mend the line: a bracket is open, an indent is wrong, a value with `: ` needs quotes.',
  },
  'yaml.too-deep': {
    what: 'Values are nested more than 64 levels deep, or an alias holds itself.',
    mend: 'Write it with fewer levels.',
  },
  'yaml.too-many-values': { what: 'The file unfolds to more than 200,000 values.', mend: 'Use fewer aliases.' },
  'yaml.unknown-alias': { what: 'An alias `*name` has no anchor `&name` before it.', mend: 'Write the value itself.' },
  'yaml.bad-key': {
    what: 'A key is a list or map, or a word that keys cannot be.',
    mend: 'Write the key as plain text.',
  },
  'policy.bad-hash': {
    what: 'A hash of a document is no SHA-256 of 64 small letters and digits.',
    mend: 'Copy it from the draft that `kept import` wrote.',
  },
  'yaml.duplicate-key': { what: 'A key stands twice in one map: one of them would be lost.', mend: 'Merge the two.' },
  'policy.newer-language': { what: 'The policy is written in a newer version of the language.', mend: 'Update Kept.' },
  'policy.unknown-language': { what: 'The policy names a version of the language that never was.', mend: '`kept: 1`' },
  'policy.open-question': {
    what: 'An import left a value open: the text does not say it.',
    mend: 'Decide it, and write the answer in place of the question.',
  },
  'policy.unknown-key': {
    what: 'A key is not part of the language.',
    mend: 'The nearest right key is offered: `retenton` → `retention`.',
  },
  'policy.missing-key': {
    what: 'A key is needed and not there.',
    mend: '`controller: { name: Larkspur Software Ltd }`',
  },
  'policy.wrong-type': {
    what: 'A value is of another shape: text where a map belongs, a list where a word does.',
    mend: 'Write it as the mend shows.',
  },
  'policy.unknown-word': { what: 'A word is none of those that may stand here.', mend: '`then: erase`' },
  'policy.bad-name': {
    what: 'A name has dots, spaces or signs, or begins with a digit.',
    mend: 'Letters, digits, `-` and `_`, at most 64: `support-form`',
  },
  'policy.bad-duration': {
    what: 'A duration is not written as ISO 8601 says.',
    mend: '`P1M` a month, `P6Y` six years, `P2W` two weeks, `PT72H` 72 hours',
  },
  'policy.bad-date': { what: 'A date is no day of the calendar as ISO 8601 writes it.', mend: '`2026-11-22`' },
  'policy.key-out-of-place': {
    what: 'A key belongs to another form of this kind of commitment than the one that `is` names.',
    mend: 'Take it out, or change `is`.',
  },
  'policy.bad-country': { what: 'A country is not two capital letters of ISO 3166-1.', mend: '`country: GB`' },
  'policy.unknown-term': {
    what: 'A term is not one of DPV 2.3 for this place: a purpose where a data category belongs, or misspelled.',
    mend: '`is: pd:EmailAddress`; [terms.md](terms.md) lists them',
  },
  'policy.unknown-category': { what: 'A data category is used and not declared.', mend: 'Declare it under `data`.' },
  'policy.unknown-purpose': { what: 'A purpose is used and not declared.', mend: 'Declare it under `purposes`.' },
  'policy.unknown-recipient': {
    what: 'A recipient is named that no entry of `disclosure` declares.',
    mend: 'Declare it under `disclosure`, by the name of the entry or in its `to`.',
  },
  'policy.unknown-law': {
    what: 'A law is named that is neither listed nor described.',
    mend: '`laws: { ee-books: { title: Accounting Act, source: RPS § 12 } }`',
  },
  'policy.category-nowhere': {
    what: 'No store map holds a declared data category.',
    mend: 'Name its columns in a store map, or take it out of the policy.',
  },
  'policy.category-unused': {
    what: 'No purpose uses a declared data category.',
    mend: 'Add it to `uses` of a purpose, or stop holding it.',
  },
  'policy.no-stores': {
    what: 'There is no store map, so nothing of the policy is carried out.',
    mend: 'Write `stores/NAME.yaml` beside the policy.',
  },
  'collection.needed-not-collected': {
    what: 'Something is `needed` at a collection that is not in its `data`.',
    mend: 'Add it to `data`.',
  },
  'collection.not-used': {
    what: 'Data is collected for a purpose that does not use it.',
    mend: 'Add it to `uses` of the purpose, or stop collecting it.',
  },
  'purposes.no-basis': {
    what: 'A purpose names no legal basis where the law wants one (GDPR art. 6).',
    mend: '`basis: eu-gdpr:A6-1-b`',
  },
  'retention.clock-nowhere': {
    what: 'No table that holds the data has the clock that the term counts from.',
    mend: '`clock: { last-contact: lastupdated }` at the table',
  },
  'rights.no-deadline': {
    what: 'Neither the policy nor a law that it names sets a term for a right.',
    mend: '`within: P1M`',
  },
  'rights.later-than-law': {
    what: 'The policy promises an answer later than a law that applies; the law and its source are named.',
    mend: '`within: P1M`',
  },
  'rights.extension-later-than-law': {
    what: 'The policy allows itself a longer extension than a law that applies.',
    mend: '`extend: P2M`',
  },
  'rights.half-a-term': {
    what: 'An exception has a term without a clock, or a clock without a term: nobody can tell its end.',
    mend: '`keep: P6Y, from: invoice-date`',
  },
  'rights.exception-unused': {
    what: 'No field of a store map refers to an exception.',
    mend: '`keep: tax` at the columns that hold it',
  },
  'rights.no-place-to-stop': {
    what: 'People may stop a use, and no store map says where it is stopped.',
    mend: '`stop: { newsletter: { set: { newsletter_ok: false } } }` at the table that decides it',
  },
  'rights.not-carried-out': {
    what: 'The policy grants a right that no connector, or not the connector of this store, can carry out.',
    mend: 'Carry it out by hand, until Kept does.',
  },
  'rights.cannot-erase': {
    what: 'The policy grants erasure, and a store has no connection that may change anything.',
    mend: '`connect: { read: env:DESK, execute: env:DESK_EXECUTE }`',
  },
}
