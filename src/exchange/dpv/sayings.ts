/** What a commitment is in DPV 2.3: the property that leads to it, its classes, and what it says by being what it is. */
export interface Saying {
  /** Property of the described processing, or of its controller. */
  readonly link: string
  readonly of: 'processing' | 'controller'
  readonly types: readonly string[]
  /** Terms that every commitment of the form says, by property. */
  readonly says: Readonly<Record<string, readonly string[]>>
}

const process = (says: Saying['says']): Saying => ({
  link: 'dpv:hasPersonalDataProcess',
  of: 'processing',
  types: ['dpv:PersonalDataProcess'],
  says,
})
const measure = (...types: readonly string[]): Saying => ({
  link: 'dpv:hasTechnicalOrganisationalMeasure',
  of: 'processing',
  types,
  says: {},
})
const right = (...types: readonly string[]): Saying => ({
  link: 'dpv:hasRight',
  of: 'processing',
  types: [...types, 'dpv:DataSubjectRight'],
  says: {},
})
const control = (type: string): Saying => ({ link: 'dpv:hasConsentControl', of: 'processing', types: [type], says: {} })
const notice = (type: string): Saying => ({ link: 'dpv:hasNotice', of: 'processing', types: [type], says: {} })
const party = (link: string, type: string): Saying => ({ link, of: 'controller', types: [type], says: {} })

const processing = (...terms: readonly string[]): Saying => process({ 'dpv:hasProcessing': terms })
const disclosed = processing('dpv:Disclose')

/**
 * By kind, then by form (`is`), or by name for rights, whose names are fixed; `*`: whatever the form. A form that is not
 * here has no term in DPV 2.3, and the export says so.
 */
export const sayings: Readonly<Record<string, Readonly<Record<string, Saying>>>> = {
  collection: { '*': processing('dpv:Collect') },
  tracking: {
    cookie: process({ 'dpv:hasProcessing': ['dpv:Store'], 'dpv:isImplementedUsingTechnology': ['tech:Cookie'] }),
    storage: process({ 'dpv:hasProcessing': ['dpv:Store'], 'dpv:isImplementedUsingTechnology': ['tech:LocalStorage'] }),
    beacon: processing('dpv:Collect'),
    tag: processing('dpv:TrackingByThirdParty'),
    'opt-out': {
      link: 'dpv:hasEntityControl',
      of: 'processing',
      types: ['dpv:OptingOutFromProcess'],
      says: {},
    },
  },
  consent: { act: control('dpv:ObtainConsent'), withdrawal: control('dpv:WithdrawConsent') },
  purposes: { '*': process({}) },
  messages: {
    marketing: process({ 'dpv:hasPurpose': ['dpv:DirectMarketing'] }),
    newsletter: process({}),
    survey: process({}),
    service: process({ 'dpv:hasPurpose': ['dpv:CommunicationForCustomerCare'] }),
    order: process({}),
    administrative: process({}),
    security: process({}),
    'between-users': process({}),
  },
  disclosure: {
    processor: disclosed,
    payment: disclosed,
    partner: disclosed,
    group: disclosed,
    direction: disclosed,
    law: disclosed,
    merger: disclosed,
    sale: process({ 'dpv:hasProcessing': ['dpv:Disclose'], 'dpv:hasPurpose': ['dpv:SellDataToThirdParties'] }),
  },
  sharing: {
    collaboration: processing('dpv:Share'),
    profile: processing('dpv:MakeAvailable'),
    forum: processing('dpv:MakeAvailable'),
    'public-area': processing('dpv:MakeAvailable'),
    application: disclosed,
  },
  aggregates: {
    use: processing('dpv:Anonymise'),
    release: processing('dpv:Anonymise', 'dpv:Disclose'),
  },
  transfers: {
    transfer: processing('dpv:CrossBorderTransfer'),
    seal: measure('dpv:CertificationSeal'),
  },
  security: {
    'encryption-in-transit': measure('dpv:EncryptionInTransfer'),
    'encryption-at-rest': measure('dpv:EncryptionAtRest'),
    'access-control': measure('dpv:AccessControlMethod'),
    accounts: measure('dpv:AuthenticationProtocols'),
    passwords: measure('dpv:PasswordAuthentication'),
    'secret-answers': measure('dpv:SecurityMethod'),
    firewall: measure('dpv:PhysicalNetworkSecurity'),
    monitoring: measure('dpv:ActivityMonitoring'),
    physical: measure('dpv:PhysicalMeasure'),
    backup: measure('dpv:DataBackupProtocols'),
    testing: measure('dpv:PenetrationTestingMethods'),
    training: measure('dpv:StaffTraining'),
    organisation: measure('dpv:OrganisationalMeasure'),
    'mail-promise': measure('dpv:OrganisationalMeasure'),
    incident: measure('dpv:IncidentManagementProcedures'),
    'breach-notice': notice('dpv:DataBreachNotice'),
  },
  rights: {
    access: right('eu-gdpr:A15'),
    correction: right('eu-gdpr:A16'),
    erasure: right('eu-gdpr:A17'),
    restriction: right('eu-gdpr:A18'),
    portability: right('eu-gdpr:A20'),
    objection: right('eu-gdpr:A21'),
    california: right(),
    identity: process({ 'dpv:hasPurpose': ['dpv:IdentityVerification'] }),
    answers: notice('dpv:RightExerciseNotice'),
  },
  retention: {
    '*': { link: 'dpv:hasStorageCondition', of: 'processing', types: ['dpv:StorageDuration'], says: {} },
  },
  children: {
    gate: process({ 'dpv:hasPurpose': ['dpv:AgeVerification'], 'dpv:hasDataSubject': ['dpv:Child'] }),
    discovery: process({ 'dpv:hasProcessing': ['dpv:Erase'], 'dpv:hasDataSubject': ['dpv:Child'] }),
    parents: { ...right(), says: { 'dpv:hasDataSubject': ['dpv:Child'] } },
  },
  devices: {
    telemetry: processing('dpv:Monitor'),
    location: processing('dpv:Monitor'),
    capture: processing('dpv:Monitor'),
    'remote-control': processing('dpv:Access'),
    wipe: processing('dpv:Erase'),
    enrolment: notice('dpv:DeviceNotice'),
  },
  recourse: {
    contact: party('dpv:hasEntity', 'dpv:Entity'),
    office: party('dpv:hasEntity', 'dpv:Entity'),
    complaint: party('dpv:hasEntity', 'dpv:Entity'),
    officer: party('dpv:hasDataProtectionOfficer', 'dpv:DataProtectionOfficer'),
    representative: party('dpv:hasRepresentative', 'dpv:Representative'),
    authority: party('dpv:hasAuthority', 'dpv:DataProtectionAuthority'),
    arbiter: party('dpv:hasEntity', 'dpv:Entity'),
  },
  changes: {
    version: notice('dpv:PrivacyNotice'),
    notice: notice('dpv:PrivacyNotice'),
    scope: { link: 'dpv:hasScope', of: 'processing', types: ['dpv:Scope'], says: {} },
  },
}

/** Who a recipient is, by the form of the disclosure. */
export const recipientTypes: Readonly<Record<string, string>> = {
  processor: 'dpv:DataProcessor',
  payment: 'dpv:DataProcessor',
  law: 'dpv:Authority',
}

/** Where data comes from, as `collection.from` says it; DPV has no term for a device. */
export const dataSources: Readonly<Record<string, string>> = {
  subject: 'dpv:DataSubjectDataSource',
  controller: 'dpv:DataControllerDataSource',
  'public-source': 'dpv:PublicDataSource',
  'third-party': 'dpv:ThirdPartyDataSource',
  'other-person': 'dpv:ThirdPartyDataSource',
}
