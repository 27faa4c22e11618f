/** Words of Fideslang that stand for a term of the policy language. */

/** A name as a key of Fideslang. */
export const fideslangName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/gu, '_')
    .replace(/^_+|_+$/gu, '') || 'unnamed'

interface Bases {
  readonly word: string
  /** Written on import; any base whose term begins so is exported as this word. */
  readonly term: string
  readonly like: RegExp
}

/** Legal bases of GDPR art. 6 as Fideslang writes them. */
export const legalBases: readonly Bases[] = [
  { word: 'Consent', term: 'eu-gdpr:A6-1-a', like: /^eu-gdpr:A6-1-a|^dpv:\w*Consent$/ },
  { word: 'Contract', term: 'eu-gdpr:A6-1-b', like: /^eu-gdpr:A6-1-b|^dpv:\w*(Contract\w*|Agreement|EULA)$/ },
  { word: 'Legal obligations', term: 'eu-gdpr:A6-1-c', like: /^eu-gdpr:A6-1-c|^dpv:LegalObligation$/ },
  { word: 'Vital interests', term: 'eu-gdpr:A6-1-d', like: /^eu-gdpr:A6-1-d|^dpv:VitalInterest/ },
  {
    word: 'Public interest',
    term: 'eu-gdpr:A6-1-e',
    like: /^eu-gdpr:A6-1-e|^dpv:(PublicInterest|OfficialAuthorityOfController)$/,
  },
  { word: 'Legitimate interests', term: 'eu-gdpr:A6-1-f', like: /^eu-gdpr:A6-1-f|^dpv:LegitimateInterest/ },
]

/** Legal bases of GDPR art. 9(2). */
export const specialBases: readonly Bases[] = [
  ['Explicit consent', 'a'],
  ['Employment, social security and social protection', 'b'],
  ['Vital interests', 'c'],
  ['Not-for-profit bodies', 'd'],
  ['Made public by the data subject', 'e'],
  ['Legal claims or judicial acts', 'f'],
  ['Reasons of substantial public interest (with a basis in law)', 'g'],
  ['Health or social care (with a basis in law)', 'h'],
  ['Public health (with a basis in law)', 'i'],
  ['Archiving, research and statistics (with a basis in law)', 'j'],
].map(([word = '', letter = '']) => ({
  word,
  term: `eu-gdpr:A9-2-${letter}`,
  like: new RegExp(`^eu-gdpr:A9-2-${letter}$`),
}))

/** Grounds of transfers as Fideslang writes them, and ours. */
export const transferBases: readonly { readonly word: string; readonly ground: string }[] = [
  { word: 'Adequacy Decision', ground: 'adequacy-decision' },
  { word: 'SCCs', ground: 'standard-contractual-clauses' },
  { word: 'BCRs', ground: 'binding-corporate-rules' },
]

/** Who people are, of Fideslang's own subjects; what is none of them stays unsaid. */
export const dataSubjects: ReadonlySet<string> = new Set([
  'anonymous_user',
  'citizen_voter',
  'commuter',
  'consultant',
  'customer',
  'employee',
  'job_applicant',
  'next_of_kin',
  'passenger',
  'patient',
  'prospect',
  'shareholder',
  'supplier_vendor',
  'trainee',
  'visitor',
])

/** What erasure does to a field, as masking of Fides. */
export const maskingOf: ReadonlyMap<string, string> = new Map([
  ['clear', 'null_rewrite'],
  ['pseudonym', 'random_string_rewrite'],
])
export const erasureOf: ReadonlyMap<string, string> = new Map([
  ['null_rewrite', 'clear'],
  ['random_string_rewrite', 'pseudonym'],
  ['string_rewrite', 'pseudonym'],
  ['hash', 'pseudonym'],
  ['hmac', 'pseudonym'],
])

/** Identities as both call them. */
export const identityWords: ReadonlyMap<string, string> = new Map([
  ['email', 'email'],
  ['phone', 'phone_number'],
])
