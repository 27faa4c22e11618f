import { Fault } from '../../language/fault.ts'

export const dateUnchanged = (date: string): Fault =>
  new Fault({
    code: 'notice.date-unchanged',
    what: `What the policy or its notice says changed, and its date did not: a version of ${date} is on record already.`,
    mend: 'Give the version under changes its new date, or give --date; a published version is never changed.',
  })

export const datePast = (date: string, least: string): Fault =>
  new Fault({
    code: 'notice.date-past',
    what: `The version would be of ${date}, and nothing new can be published before ${least}.`,
    mend: `Date it ${least} or later.`,
  })

export const dateDiffers = (stated: string, given: string): Fault =>
  new Fault({
    code: 'notice.date-differs',
    what: `The policy says it is of ${stated}, and --date says ${given}.`,
    mend: 'Leave --date out, or change the date of the version under changes.',
  })

export const effectiveTooSoon = (effective: string, earliest: string, because: string): Fault =>
  new Fault({
    code: 'notice.effective-too-soon',
    what: `The policy says it counts from ${effective}, and people must know longer before: ${because}.`,
    mend: `Write effective: ${earliest} or later, or leave it out.`,
  })

export const badDay = (): Fault =>
  new Fault({
    code: 'notice.bad-date',
    what: 'A date is no day of the calendar.',
    mend: 'Write it as YYYY-MM-DD, e.g. 2026-12-01.',
  })

export const publishedMeanwhile = (): Fault =>
  new Fault({
    code: 'notice.published-meanwhile',
    what: 'Somebody else published another version in the meantime; nothing of this one was recorded.',
    mend: 'Look at it with kept notice list, and publish again if this one is still meant.',
  })

export const unknownVersion = (date: string): Fault =>
  new Fault({
    code: 'notice.version-unknown',
    what: `No version of ${date} was published.`,
    mend: '`kept notice list` shows the versions.',
  })

export const nothingWaits = (): Fault =>
  new Fault({
    code: 'notice.nothing-waits',
    what: 'No published version waits to take effect.',
    mend: 'Publish one first: kept notice publish.',
  })

export const notNewer = (date: string, inForce: string): Fault =>
  new Fault({
    code: 'notice.not-newer',
    what: `The version of ${date} is older than the version of ${inForce}, which is in force.`,
    mend: 'To go back to what it said, publish it anew with a new date: people are told of that change too.',
  })

export const notShown = (date: string): Fault =>
  new Fault({
    code: 'notice.not-shown',
    what: `Nothing shows that people could read the version of ${date}.`,
    mend: 'Put its page online and give its address: kept notice activate --page URL.',
  })

export const notTold = (date: string, promise: string): Fault =>
  new Fault({
    code: 'notice.not-told',
    what: `${promise} promises to tell people by mail, and nothing shows that a mail server took letters on the version of ${date}.`,
    mend: `Tell them: kept notice tell ${date} --page URL.`,
  })

export const tooSoon = (date: string, earliest: string, because: string): Fault =>
  new Fault({
    code: 'notice.too-soon',
    what: `The version of ${date} takes effect on ${earliest} at the earliest: ${because}.`,
    mend: 'Run kept notice activate again on that day; until then the version before it stays in force.',
  })

export const tampered = (date: string, what: string): Fault =>
  new Fault({
    code: 'notice.tampered',
    what: `The version of ${date} is not as it was published: ${what}.`,
    mend: 'Somebody changed it past Kept. Restore Kept’s own database, and compare with an exported evidence pack.',
  })

export const badFile = (): Fault =>
  new Fault({
    code: 'notice.bad-file',
    what: 'A file of the notice has a name that leads out of its folder, or stands twice.',
    mend: 'Report it: the notice was built wrongly.',
  })
