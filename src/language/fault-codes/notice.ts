import type { FaultMeaning } from './index.ts'

/** Versions of the policy and its notice. */
export const noticeCodes: Readonly<Record<string, FaultMeaning>> = {
  'notice.bad-address': {
    what: 'The address of a page is no http or https URL, or holds a user or password.',
    mend: 'Write `--page https://www.example.org/privacy.html`.',
  },
  'notice.bad-date': {
    what: 'A date is no day of the calendar.',
    mend: 'Write it as YYYY-MM-DD.',
  },
  'notice.bad-file': {
    what: 'A file of a notice has a name that leads out of its folder, or stands twice.',
    mend: 'Report it: the notice was built wrongly.',
  },
  'notice.date-differs': {
    what: 'The policy names one day for the version and `--date` another.',
    mend: 'Leave `--date` out, or change the date in the policy.',
  },
  'notice.date-past': {
    what: 'A new version would be dated before today, or not after the newest one.',
    mend: 'Date it today or later.',
  },
  'notice.date-unchanged': {
    what: 'The policy changed, and its date is that of a version on record: a published version is never changed.',
    mend: 'Give the version its new date.',
  },
  'notice.effective-too-soon': {
    what: 'The policy counts from a day before which people do not know of the change for long enough.',
    mend: 'Name a later day of effect, or none.',
  },
  'notice.not-newer': {
    what: 'A version older than the one in force was to take effect.',
    mend: 'Publish what it says anew, with a new date.',
  },
  'notice.not-shown': {
    what: 'Nothing shows that people could read the version.',
    mend: 'Put its page online: `kept notice activate --page URL`.',
  },
  'notice.nothing-waits': {
    what: 'No published version waits to take effect.',
    mend: 'Publish one first: `kept notice publish`.',
  },
  'notice.page-differs': {
    what: 'The page that was fetched is not, byte for byte, a page of the version.',
    mend: 'Put the files online as they were written.',
  },
  'notice.page-elsewhere': {
    what: 'The page redirects to another host, or away from https.',
    mend: 'Give the address at which the page itself stands.',
  },
  'notice.page-too-large': {
    what: 'The page that was fetched is too large to be a notice.',
    mend: 'Give the address of the page of the version.',
  },
  'notice.page-unreachable': {
    what: 'The page cannot be read: no answer, an error, or too late.',
    mend: 'Put it online and try again.',
  },
  'notice.published-meanwhile': {
    what: 'Somebody else published another version at the same time.',
    mend: 'Look at it, and publish again if yours is still meant.',
  },
  'notice.tampered': {
    what: 'A stored version is not as it was published: it was changed past Kept.',
    mend: 'Restore Kept’s own database, and compare with an exported evidence pack.',
  },
  'notice.too-soon': {
    what: 'The version’s day, or the time for which people must know of it, has not come.',
    mend: 'Activate it on the day that the fault names; the version before it stays in force.',
  },
  'notice.not-told': {
    what: 'The policy in force promises to tell of changes by mail, and nothing shows that people were.',
    mend: '`kept notice tell DAY --page URL`; the version before it stays in force until then.',
  },
  'notice.no-addresses': {
    what: 'A store cannot name the mail addresses of its people, so not all can be told.',
    mend: 'Promise another way of telling, or keep addresses as keys of people in a store that can.',
  },
  'notice.letters-wait': {
    what: 'Letters on a version wait to be taken by a mail server.',
    mend: '`kept mail send`, then `kept notice tell` again.',
  },
  'notice.nobody-told': {
    what: 'No mail server took any letter on a version.',
    mend: '`kept mail check` says why; the version before it stays in force.',
  },
  'notice.unreached': {
    what: 'Letters on a version were refused for good or came back, and nobody has answered for that.',
    mend: 'Tell these people another way, or give their number with `--unreached`.',
  },
  'notice.version-unknown': {
    what: 'No version of that day was published.',
    mend: '`kept notice list` shows the versions.',
  },
  'notice.texts-untranslated': {
    what: "A notice would show texts of the policy's author in another language than its own.",
    mend: 'Give them in `kept.LANGUAGE.yaml` beside the policy, under `texts`.',
  },
  'notice.words-missing': {
    what: 'A words file of a language lacks words, or says other values than the English one.',
    mend: 'Give every word that `words/en.yaml` has.',
  },
  'notice.words-unreadable': {
    what: 'A words file of a language cannot be read, or has another form.',
    mend: 'Write it in the form of `words/en.yaml`.',
  },
}
