/** Words of the record in one language. Names, addresses and words of the policy stay as they are written there. */
export interface RecordWords {
  readonly language: string
  readonly title: string
  readonly processorTitle: string
  readonly missing: string
  readonly none: string
  readonly missingCount: (count: number) => string
  readonly policy: string
  readonly version: string
  readonly headings: Readonly<Record<Heading, string>>
  readonly bases: Readonly<Record<string, string>>
  readonly recipients: Readonly<Record<string, string>>
  readonly measures: Readonly<Record<string, string>>
  readonly grounds: Readonly<Record<string, string>>
  /** Why an erasure keeps data where no law is named, GDPR art. 17(3). */
  readonly justifications: Readonly<Record<string, string>>
  readonly ends: Readonly<Record<'erase' | 'anonymise' | 'review', string>>
  readonly units: Readonly<Record<Unit, readonly [one: string, several: string]>>
  readonly term: (term: string, clock: string, end: string) => string
  readonly exception: (data: string, term: string | undefined, law: string) => string
  readonly noTerm: (data: string) => string
  readonly noCountries: (recipient: string) => string
  readonly noGround: (recipient: string, country: string) => string
  readonly noRecipientAbroad: string
}

export type Unit = 'years' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes' | 'seconds'

/** What Art. 30 asks, by letter, and the legal basis, which it does not ask and every authority's form does. */
export const headings = [
  'controller',
  'processor',
  'address',
  'contact',
  'representative',
  'officer',
  'joint',
  'onBehalfOf',
  'activity',
  'purpose',
  'basis',
  'subjects',
  'data',
  'recipients',
  'transfers',
  'terms',
  'security',
] as const
export type Heading = (typeof headings)[number]
