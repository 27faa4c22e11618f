import type { Label } from '../labels.ts'

const set = (labels: string): ReadonlySet<Label> => new Set(labels.split(' ') as Label[])

/** Labels whose sentences are about data; elsewhere such words are said in passing. */
export const ABOUT_DATA = set(
  'collection automatic-collection cookies-beacons use-purpose aggregate-data disclosure sale legal-disclosure processors contract transfer framework public-area sharing-controls social-features opt-out marketing mandatory-communication access deletion correction restriction objection portability identity-verification retention security payment children device-monitoring remote-wipe-control error-report install-notice do-not-track consent-statement california definition breach',
)
/** Labels whose sentences tell what data is for. */
export const ABOUT_PURPOSES = set(
  'collection automatic-collection cookies-beacons use-purpose aggregate-data disclosure legal-disclosure processors contract transfer social-features opt-out marketing mandatory-communication retention payment error-report install-notice device-monitoring sale',
)
/** Labels whose purpose the act itself tells. */
export const PURPOSE_IN_ACT = set('payment mandatory-communication collection')
/** Labels under which what the sentence says it is for adds to what the act tells. */
export const ADDS_TO_ACT = set('collection')
/** Labels that name who else is concerned. */
export const ABOUT_RECIPIENTS = set(
  'consent-statement cookies-beacons aggregate-data disclosure sale legal-disclosure processors contract transfer framework public-area sharing-controls social-features third-party-links payment portability recourse do-not-track opt-out contact mandatory-communication california device-monitoring automatic-collection use-purpose scope',
)
/** Labels under which data is listed one by one; under the others it is mostly spoken of at large. */
export const LISTS_DATA = set('collection automatic-collection device-monitoring error-report install-notice')
export const SPEAKS_AT_LARGE = set(
  'public-area correction deletion access use-purpose transfer legal-disclosure contract processors retention sale consent-statement restriction objection framework disclosure children',
)
/** Labels under which companies are called by their names. */
export const NAMES_COMPANIES = set('cookies-beacons disclosure processors payment recourse social-features')
/** Labels that speak of personal data even where no word for it stands. */
export const ALWAYS_DATA = set('disclosure processors contract transfer retention legal-disclosure correction deletion')
/** Labels under which a referring sentence takes no recipient over. */
export const KEEPS_RECIPIENTS = set(
  'legal-disclosure aggregate-data california cookies-beacons opt-out use-purpose automatic-collection device-monitoring consent-statement third-party-links public-area',
)
