import type { LegalFact } from '../legal-fact.ts'

/** A ground on which data may cross a border, with the days between which it was one (GDPR ch. V and its like). */
export interface TransferGround extends LegalFact {
  readonly title: string
  /** Term of DPV, where there is one. */
  readonly term?: string
  /** ISO 8601 dates. A ground with `until` is void from that day on. */
  readonly since?: string
  readonly until?: string
  /** It covers only recipients in these countries. */
  readonly countries?: readonly string[]
  /** It covers only recipients that a public list names as active. */
  readonly listed?: true
  /** What may take its place. */
  readonly instead?: string
}

const clauses = 'standard-contractual-clauses (decision 2021/914), or data-privacy-framework for a listed recipient'

const repealed = (title: string, since: string, source: string): TransferGround => ({
  title,
  term: 'eu-gdpr:SCCByCommission',
  since,
  until: '2022-12-27',
  says: 'clause sets of before June 2021 have not been usable since 27 December 2022',
  source: `${source}; Decision (EU) 2021/914 art. 4`,
  status: 'verified',
  instead: 'standard-contractual-clauses (decision 2021/914)',
})

const derogation = (
  title: string,
  term: string,
  says: string,
  status: TransferGround['status'] = 'unverified',
): TransferGround => ({
  title,
  term,
  says,
  source: 'GDPR art. 49(1)',
  status,
})

/** Every ground that a policy may name, the void ones too: a claim of one has to be read before it can be refused. */
export const transferGrounds = {
  'within-eea': {
    title: 'No transfer: within the European Economic Area',
    says: 'data moves freely within the EEA',
    source: 'GDPR art. 1(3)',
    status: 'unverified',
  },
  'adequacy-decision': {
    title: 'Adequacy decision',
    term: 'eu-gdpr:A45-3',
    says: 'the country protects data adequately, by decision of the Commission',
    source: 'GDPR art. 45',
    status: 'unverified',
  },
  'data-privacy-framework': {
    title: 'EU-U.S. Data Privacy Framework',
    term: 'eu-gdpr:A45-3',
    since: '2023-07-10',
    countries: ['US'],
    listed: true,
    says: 'it covers only recipients listed as active; it was upheld on 3 September 2025, and an appeal is pending (C-703/25 P)',
    source: 'Decision (EU) 2023/1795; General Court T-553/23',
    status: 'verified',
  },
  'uk-us-data-bridge': {
    title: 'UK Extension to the EU-U.S. Data Privacy Framework',
    since: '2023-10-12',
    countries: ['US'],
    listed: true,
    says: 'it covers only listed recipients that joined the UK extension',
    source: 'Data Protection (Adequacy) (United States of America) Regulations 2023',
    status: 'unverified',
  },
  'swiss-data-privacy-framework': {
    title: 'Swiss-U.S. Data Privacy Framework',
    since: '2024-09-15',
    countries: ['US'],
    listed: true,
    says: 'it covers only recipients listed as active for Switzerland',
    source: 'Data Protection Ordinance, annex 1',
    status: 'unverified',
  },
  'standard-contractual-clauses': {
    title: 'Standard contractual clauses of 2021',
    term: 'eu-gdpr:A46-2-c',
    since: '2021-06-27',
    says: 'with an assessment of the law of the country and further measures where it needs them',
    source: 'Decision (EU) 2021/914; CJEU C-311/18',
    status: 'verified',
  },
  'uk-transfer-agreement': {
    title: 'International Data Transfer Agreement or Addendum (United Kingdom)',
    since: '2022-03-21',
    says: 'with a transfer risk assessment',
    source: 'Data Protection Act 2018 s. 119A',
    status: 'unverified',
  },
  'binding-corporate-rules': {
    title: 'Binding corporate rules',
    term: 'eu-gdpr:A46-2-b',
    says: 'approved by an authority, within one group',
    source: 'GDPR art. 47',
    status: 'unverified',
  },
  'code-of-conduct': {
    title: 'Approved code of conduct',
    term: 'eu-gdpr:A46-2-e',
    says: 'with enforceable commitments of the recipient',
    source: 'GDPR art. 46(2)(e)',
    status: 'unverified',
  },
  certification: {
    title: 'Approved certification',
    term: 'eu-gdpr:A46-2-f',
    says: 'with enforceable commitments of the recipient',
    source: 'GDPR art. 46(2)(f)',
    status: 'unverified',
  },
  'explicit-consent': derogation(
    'Explicit consent',
    'eu-gdpr:A49-1-a',
    'explicit, for this transfer, by a person who was told of its risks',
    'verified',
  ),
  'contract-with-person': derogation(
    'Contract with the person',
    'eu-gdpr:A49-1-b',
    'occasional, and necessary for a contract with the person',
  ),
  'contract-for-person': derogation(
    'Contract in the interest of the person',
    'eu-gdpr:A49-1-c',
    'occasional, and necessary for a contract in the interest of the person',
  ),
  'legal-claims': derogation('Legal claims', 'eu-gdpr:A49-1-e', 'occasional, and necessary for a legal claim'),
  'safe-harbor': {
    title: 'U.S.-EU Safe Harbor',
    since: '2000-07-26',
    until: '2015-10-06',
    says: 'the U.S.-EU Safe Harbor was declared invalid on 6 October 2015',
    source: 'CJEU C-362/14 Schrems',
    status: 'verified',
    instead: clauses,
  },
  'swiss-safe-harbor': {
    title: 'U.S.-Swiss Safe Harbor',
    since: '2009-02-16',
    until: '2015-10-22',
    says: 'the U.S.-Swiss Safe Harbor was declared insufficient on 22 October 2015',
    source: 'FDPIC statement of 22 October 2015',
    status: 'verified',
    instead: 'standard-contractual-clauses, or swiss-data-privacy-framework for a listed recipient',
  },
  'privacy-shield': {
    title: 'EU-U.S. Privacy Shield',
    since: '2016-07-12',
    until: '2020-07-16',
    says: 'the EU-U.S. Privacy Shield was declared invalid on 16 July 2020',
    source: 'CJEU C-311/18 Schrems II',
    status: 'verified',
    instead: clauses,
  },
  'swiss-privacy-shield': {
    title: 'Swiss-U.S. Privacy Shield',
    since: '2017-01-11',
    until: '2020-09-08',
    says: 'the Swiss-U.S. Privacy Shield was found inadequate in September 2020',
    source: 'FDPIC statement of September 2020',
    status: 'verified',
    instead: 'standard-contractual-clauses, or swiss-data-privacy-framework for a listed recipient',
  },
  'standard-contractual-clauses-2001': repealed(
    'Standard contractual clauses of 2001',
    '2001-06-15',
    'Decision 2001/497/EC',
  ),
  'standard-contractual-clauses-2004': repealed(
    'Standard contractual clauses of 2004',
    '2004-12-27',
    'Decision 2004/915/EC',
  ),
  'standard-contractual-clauses-2010': repealed(
    'Standard contractual clauses of 2010',
    '2010-02-05',
    'Decision 2010/87/EU',
  ),
  'consent-by-use': {
    title: 'Consent by using a service or living in a place',
    until: '2018-05-25',
    says: 'consent to a transfer must be explicit and informed of its risks; use is none',
    source: 'GDPR art. 49(1)(a)',
    status: 'verified',
    instead: 'standard-contractual-clauses, or explicit-consent for a single transfer',
  },
} as const satisfies Readonly<Record<string, TransferGround>>

export type TransferGroundName = keyof typeof transferGrounds

export const groundOf = (name: unknown): TransferGround | undefined =>
  typeof name === 'string' && Object.hasOwn(transferGrounds, name)
    ? transferGrounds[name as TransferGroundName]
    : undefined
