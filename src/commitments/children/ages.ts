import type { LegalFact } from '../legal-fact.ts'

/** Age under which a parent must agree to an online service, where consent is the basis (GDPR art. 8(1) and its like). */
export interface AgeOfConsent extends LegalFact {
  readonly age: number
}

/** The table was read in a summary of the Commission's staff document of June 2020; no entry was read in its national law. */
const table = 'GDPR art. 8(1) and national law, by Commission staff working document of June 2020'

const ages = (age: number, countries: string, source = table, status: LegalFact['status'] = 'verified') =>
  countries.split(' ').map((country) => [country, { age, says: `${age} in ${country}`, source, status }] as const)

export const agesOfConsent: Readonly<Record<string, AgeOfConsent>> = Object.fromEntries([
  ...ages(13, 'BE EE FI LV MT PT SE GB'),
  ...ages(14, 'AT BG CY ES IT LT'),
  ...ages(15, 'CZ FR GR'),
  ...ages(16, 'DE HR HU IE LU NL PL RO SK'),
  ...ages(15, 'DK', 'Databeskyttelsesloven § 6, as raised from 13', 'unverified'),
  ...ages(15, 'SI', 'ZVOP-2', 'unverified'),
  ...ages(13, 'IS NO', 'national law', 'unverified'),
  ...ages(16, 'LI', 'GDPR art. 8(1)', 'unverified'),
  ...ages(13, 'US', '15 U.S.C. § 6501(1) (COPPA); 16 CFR § 312.2', 'unverified'),
])

/** Where a country's own age is not known: the highest that the GDPR sets, as a lower one might let a child through. */
export const highestAge = 16

/** The age that counts for a person: the higher of the policy's and that of her country (ISO 3166-1; unknown: 16). */
export const ageFor = (country: string | undefined, under: number): number =>
  Math.max(under, agesOfConsent[country ?? '']?.age ?? highestAge)
