/** How long a controller may take to answer a request, and the extension the law allows for a reason told in time. */
export interface Deadline {
  /** ISO 8601 duration from the receipt of the request. */
  readonly within: string
  readonly extend?: string
  readonly source: string
}

/** A term in days on which business is done: without Saturdays and Sundays; holidays are not known, so it ends too early at worst. */
export interface BusinessTerm {
  readonly businessDays: number
  readonly source: string
  readonly status: Law['status']
}

export type RequestRight = 'access' | 'erasure' | 'correction' | 'portability' | 'restriction' | 'objection'

/** A law as a policy names it. `verified`: the text of its terms was read for this entry (November 2026); else a person has to. */
export interface Law {
  readonly title: string
  readonly source: string
  readonly status: 'verified' | 'unverified'
  readonly deadlines: Readonly<Partial<Record<RequestRight, Deadline>>>
  /** Until when the receipt of a request is to be confirmed, and how it will go on. */
  readonly receipt?: BusinessTerm
  /** Until when selling and sharing stop once somebody opts out. */
  readonly optOut?: BusinessTerm
  /** Until when somebody is told whom the data went to for their own marketing. */
  readonly disclosures?: Deadline
}

const every = (
  rights: readonly RequestRight[],
  deadline: Deadline,
): Readonly<Partial<Record<RequestRight, Deadline>>> => Object.fromEntries(rights.map((right) => [right, deadline]))

const gdprRights: readonly RequestRight[] = [
  'access',
  'erasure',
  'correction',
  'portability',
  'restriction',
  'objection',
]

const month = (source: string): Law['deadlines'] => every(gdprRights, { within: 'P1M', extend: 'P2M', source })

const fortyFiveDays = (source: string): Law['deadlines'] =>
  every(['access', 'erasure', 'correction', 'portability'], { within: 'P45D', extend: 'P45D', source })

const keeping = (title: string, source: string): Law => ({ title, source, status: 'unverified', deadlines: {} })

/** Laws by the name that a policy uses. Those that only oblige to keep records carry no deadline. */
export const laws: Readonly<Record<string, Law>> = {
  'eu-gdpr': {
    title: 'General Data Protection Regulation (EU) 2016/679',
    source: 'Regulation (EU) 2016/679',
    status: 'verified',
    deadlines: month('GDPR art. 12(3)'),
  },
  'uk-gdpr': {
    title: 'UK General Data Protection Regulation and Data Protection Act 2018',
    source: 'UK GDPR; Data Protection Act 2018 (c. 12)',
    status: 'unverified',
    deadlines: month('UK GDPR art. 12(3) and 12A'),
  },
  'ch-fadp': {
    title: 'Swiss Federal Act on Data Protection',
    source: 'SR 235.1',
    status: 'unverified',
    deadlines: every(['access', 'portability'], { within: 'P30D', source: 'FADP art. 25(7); DPO art. 18' }),
  },
  'us-ca': {
    title: 'California Consumer Privacy Act, as amended by the CPRA',
    source: 'Cal. Civ. Code § 1798.100 ff.',
    status: 'verified',
    deadlines: fortyFiveDays('Cal. Civ. Code § 1798.130(a)(2)'),
    receipt: { businessDays: 10, source: '11 CCR § 7021(a)', status: 'verified' },
    optOut: { businessDays: 15, source: '11 CCR § 7026(f)', status: 'unverified' },
    disclosures: { within: 'P30D', source: 'Cal. Civ. Code § 1798.83(b)(1)' },
  },
  'us-va': {
    title: 'Virginia Consumer Data Protection Act',
    source: 'Va. Code § 59.1-575 ff.',
    status: 'verified',
    deadlines: fortyFiveDays('Va. Code § 59.1-577(B)'),
  },
  'us-co': {
    title: 'Colorado Privacy Act',
    source: 'C.R.S. § 6-1-1301 ff.',
    status: 'unverified',
    deadlines: fortyFiveDays('C.R.S. § 6-1-1306(2)'),
  },
  'us-ct': {
    title: 'Connecticut Data Privacy Act',
    source: 'Conn. Gen. Stat. § 42-515 ff.',
    status: 'unverified',
    deadlines: fortyFiveDays('Conn. Gen. Stat. § 42-518(c)'),
  },
  'us-tx': {
    title: 'Texas Data Privacy and Security Act',
    source: 'Tex. Bus. & Com. Code ch. 541',
    status: 'unverified',
    deadlines: fortyFiveDays('Tex. Bus. & Com. Code § 541.052'),
  },
  'us-coppa': {
    title: "Children's Online Privacy Protection Act and Rule",
    source: '15 U.S.C. § 6501 ff.; 16 CFR part 312',
    status: 'unverified',
    deadlines: {},
  },
  'us-can-spam': {
    title: 'CAN-SPAM Act',
    source: '15 U.S.C. § 7701 ff.',
    status: 'unverified',
    deadlines: {},
  },
  'us-hipaa': {
    title: 'HIPAA Privacy Rule',
    source: '45 CFR parts 160 and 164',
    status: 'unverified',
    deadlines: { access: { within: 'P30D', extend: 'P30D', source: '45 CFR § 164.524(b)(2)' } },
  },
  'ca-pipeda': {
    title: 'Personal Information Protection and Electronic Documents Act (Canada)',
    source: 'S.C. 2000, c. 5',
    status: 'unverified',
    deadlines: { access: { within: 'P30D', extend: 'P30D', source: 'PIPEDA s. 8(3) and 8(4)' } },
  },
  'br-lgpd': {
    title: 'Lei Geral de Proteção de Dados (Brazil)',
    source: 'Lei 13.709/2018',
    status: 'unverified',
    deadlines: { access: { within: 'P15D', source: 'LGPD art. 19, II' } },
  },
  'au-privacy': {
    title: 'Privacy Act 1988 (Australia)',
    source: 'Act No. 119 of 1988',
    status: 'unverified',
    deadlines: {},
  },
  'nz-privacy': {
    title: 'Privacy Act 2020 (New Zealand)',
    source: '2020 No 31',
    status: 'unverified',
    deadlines: {},
  },
  'jp-appi': {
    title: 'Act on the Protection of Personal Information (Japan)',
    source: 'Act No. 57 of 2003',
    status: 'unverified',
    deadlines: {},
  },
  'in-dpdp': {
    title: 'Digital Personal Data Protection Act (India)',
    source: 'Act No. 22 of 2023',
    status: 'unverified',
    deadlines: {},
  },
  'za-popia': {
    title: 'Protection of Personal Information Act (South Africa)',
    source: 'Act 4 of 2013',
    status: 'unverified',
    deadlines: {},
  },
  'sg-pdpa': {
    title: 'Personal Data Protection Act (Singapore)',
    source: 'Act 26 of 2012',
    status: 'unverified',
    deadlines: {},
  },
  'eu-eprivacy': {
    title: 'Directive on privacy and electronic communications',
    source: 'Directive 2002/58/EC',
    status: 'unverified',
    deadlines: {},
  },
  'eu-vat': keeping('VAT Directive: records and invoices', 'Directive 2006/112/EC, art. 244–249 and 369k'),
  'gb-tax': keeping('Records of a company for tax (United Kingdom)', 'Finance Act 1998, sch. 18 para. 21'),
  'gb-companies': keeping('Accounting records (United Kingdom)', 'Companies Act 2006, s. 386–388'),
  'gb-limitation': keeping('Limitation of claims (England and Wales)', 'Limitation Act 1980, s. 5'),
  'ie-tax': keeping('Records for tax (Ireland)', 'Taxes Consolidation Act 1997, s. 886'),
  'de-ao': keeping('Abgabenordnung: records for tax (Germany)', 'AO § 147'),
  'de-hgb': keeping('Handelsgesetzbuch: records of merchants (Germany)', 'HGB § 257'),
  'de-bgb': keeping('Limitation of claims (Germany)', 'BGB §§ 195, 199'),
  'at-bao': keeping('Bundesabgabenordnung: records for tax (Austria)', 'BAO § 132'),
  'ch-or': keeping('Code of Obligations: accounting records (Switzerland)', 'OR art. 958f'),
  'fr-commerce': keeping('Accounting records (France)', 'Code de commerce, art. L123-22'),
  'nl-awr': keeping('Records for tax (Netherlands)', 'AWR art. 52'),
  'es-comercio': keeping('Records of merchants (Spain)', 'Código de Comercio, art. 30'),
  'it-civile': keeping('Accounting records (Italy)', 'Codice civile, art. 2220'),
  'pl-accounting': keeping('Accounting records (Poland)', 'Ustawa o rachunkowości, art. 74'),
  'us-irs': keeping('Records for tax (United States)', '26 U.S.C. § 6001; 26 CFR § 1.6001-1'),
}
