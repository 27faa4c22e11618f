/** Every name is a term of the Data Privacy Vocabulary 2.3 (W3C), in the position where a policy may use it. */
export type TermPosition = 'data' | 'purpose' | 'basis' | 'ground'

const terms = (prefix: string, names: string): readonly string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${prefix}:${name}`)

/** Personal data categories of the extension PD, and the kinds of personal data of DPV itself. */
const personalData = terms(
  'pd',
  `
  Accent AccountIdentifier Acquaintance Age AgeExact AgeRange ApartmentOwned Association Attitude
  Authenticating AuthenticationHistory BankAccount Behavioural Biometric BirthCountry BirthDate
  BirthPlace BloodType BrowserFingerprint BrowserHistory BrowsingBehaviour BrowsingReferral CallLog
  CarOwned Character Citizenship City Communication CommunicationsMetadata Connection Contact Country
  Credit CreditCapacity CreditCardNumber CreditRecord CreditScore CreditStanding CreditWorthiness
  Criminal CriminalCharge CriminalConviction CriminalOffence CriminalPardon CurrentEmployment
  CurrentLocation DNACode Demeanour Demographic DeviceApplications DeviceBased DeviceOperatingSystem
  DeviceSoftware Dialect DigitalFingerprint Disability DisciplinaryAction Dislike Divorce Domicile
  DrugTestResult Education EducationExperience EducationQualification EducationTraining EmailAddress
  EmailAddressPersonal EmailAddressWork EmailContent Emotion EmploymentHistory EthnicOrigin Ethnicity
  External FacialExpression FacialPrint Family FamilyHealthHistory FamilyStructure Favourite
  FavouriteColour FavouriteFood FavouriteMusic Fetish Financial FinancialAccount
  FinancialAccountNumber FinancialStatus Fingerprint Friend GPSCoordinate Gender GeneralReputation
  Genetic Geographic GroupMembership GroupProfile HairColour Health HealthHistory HealthRecord Height
  Historical HomeLocation HouseNumber HouseOwned Household IPAddress Identifier Identifying Income
  IncomeBracket IndividualHealthHistory IndividualProfile Insurance Intention Interaction Interest
  Internal Job KnowledgeBelief Language LifeHistory Like LinkClicked LoanRecord Locality Location
  MACAddress MaritalStatus Marriage MedicalHealth MentalHealth Mood Name Nationality OfficialID
  Offspring Opinion Ownership PINCode Parent Passport Password PastEmployment PaymentCard
  PaymentCardExpiry PaymentCardNumber PerformanceAtWork PersonalDocuments PersonalPossession
  Personality PhilosophicalBelief PhysicalAddress PhysicalCharacteristic PhysicalHealth PhysicalTrait
  Picture Piercing PoliticalAffiliation PoliticalOpinion PostalCode Preference Prescription
  PrivacyPreference Proclivity Professional ProfessionalCertification ProfessionalEvaluation
  ProfessionalExperience ProfessionalInterview ProfessionalTraining Profile PublicLife
  PubliclyAvailableSocialMedia Purchase PurchasesAndSpendingHabit Race Reference Region Relationship
  Reliability Religion ReligiousBelief Residency Retina RoomNumber Salary Sale School SecretText
  ServiceConsumptionBehaviour Sexual SexualHistory SexualPreference Sibling SkinTone Social
  SocialBehaviour SocialMedia SocialMediaCommunication SocialNetwork SocialStatus Street
  TVViewingBehaviour Tattoo Tax TechnicalKnowledge TelephoneNumber Thought Tracking
  TradeUnionMembership Transaction Transactional TravelHistory UID UserAgent Username
  VehicalLicenseNumber VehicalLicenseRegistration Vehicle VehicleLicense VehicleUsage
  VoiceCommunicationRecording VoiceMail Vulnerability Weight WorkEnvironment WorkExperience
  WorkHistory WorkLocation
`,
)
/** Kinds of data that say how it came about or how sensitive it is. */
const personalDataKinds = terms(
  'dpv',
  `
  PersonalData SensitivePersonalData SpecialCategoryPersonalData IdentifyingPersonalData
  PseudonymisedData CollectedPersonalData DerivedPersonalData InferredPersonalData
  ObservedPersonalData ProvidedPersonalData GeneratedPersonalData ConfidentialData
`,
)
/** Purposes. */
const purposes = terms(
  'dpv',
  `
  AcademicResearch AccountManagement Advertising AgeVerification CombatClimateChange CommercialPurpose
  CommercialResearch CommunicationForCustomerCare CommunicationManagement CounterMoneyLaundering
  Counterterrorism CustomerCare CustomerClaimsManagement CustomerManagement CustomerOrderManagement
  CustomerRelationshipManagement CustomerSolvencyMonitoring DataAltruism DeliveryOfGoods
  DirectMarketing DisputeManagement EnforceAccessControl EnforceSecurity EstablishContractualAgreement
  FraudPreventionAndDetection FulfilmentOfContractualObligation FulfilmentOfObligation
  HumanResourceManagement IdentityAuthentication IdentityVerification
  ImproveExistingProductsAndServices ImproveHealthcare ImproveInternalCRMProcesses
  ImprovePublicServices ImproveTransportMobility IncreaseServiceRobustness
  InternalResourceOptimisation LegalCompliance MaintainFraudDatabase Marketing MemberPartnerManagement
  MisusePreventionAndDetection NonCommercialPurpose NonCommercialResearch OptimisationForConsumer
  OptimisationForController OptimiseUserInterface OrganisationComplianceManagement
  OrganisationGovernance OrganisationRiskManagement PaymentManagement Personalisation
  PersonalisedAdvertising PersonalisedBenefits PersonnelBehaviourMonitoring PersonnelHiring
  PersonnelManagement PersonnelMonitoring PersonnelOffboarding PersonnelOnboarding PersonnelPayment
  PersonnelPerformanceEvaluation PersonnelPerformanceManagement PersonnelPerformanceMonitoring
  PersonnelPerformancePrediction PersonnelPromotionManagement PersonnelTerminationManagement
  PersonnelWorkloadManagement PoliticalCampaign ProtectionOfIPR ProtectionOfNationalSecurity
  ProtectionOfPublicSecurity ProvideEventRecommendations ProvideOfficialStatistics
  ProvidePersonalisedRecommendations ProvideProductRecommendations PublicBenefit PublicPolicyMaking
  PublicRelations RecordManagement RecruitmentAdvertising RecruitmentApplicantBackgroundCheck
  RecruitmentApplicantCriminalBackgroundCheck RecruitmentApplicantInformationAuthentication
  RecruitmentApplicantSelection RecruitmentApplicationAnalysis RecruitmentApplicationManagement
  RecruitmentApplicationScreening RecruitmentInterviewAnalysis RecruitmentInterviewAssessment
  RecruitmentInterviewManagement RecruitmentInterviewScheduling RecruitmentManagement
  RecruitmentTargetedAdvertising RepairImpairments RequestedServiceProvision ResearchAndDevelopment
  RightsFulfilment ScientificResearch SearchFunctionalities SellDataToThirdParties
  SellInsightsFromData SellProducts SellProductsToDataSubject ServiceAccessDetermination
  ServiceManagement ServiceMonitoring ServiceOptimisation ServicePersonalisation ServiceProvision
  ServiceRegistration ServiceUsageAnalytics SocialMediaMarketing TargetedAdvertising
  TechnicalServiceProvision UserInterfacePersonalisation VendorManagement VendorPayment
  VendorRecordsManagement VendorSelectionAssessment Verification
`,
)
/** Legal bases of any law. */
const bases = terms(
  'dpv',
  `
  B2B2CContract B2BContract B2CContract C2BContract C2CContract Consent ConsumerStandardFormContract
  Contract ContractByDomain ContractByEntityType ContractByNegotiationType ContractPerformance
  ControllerDataSubjectAgreement ControllerProcessorAgreement DataControllerContract
  DataProcessingAgreement DataProcessorContract DataSubjectContract DataTransferLegalBasis
  DistributionAgreement EULA EmploymentContract EnterIntoContract ExplicitlyExpressedConsent
  ExpressedConsent G2BContract G2CContract G2GContract ImpliedConsent InformedConsent
  JointDataControllersAgreement LegalObligation LegitimateInterest LegitimateInterestOfController
  LegitimateInterestOfDataSubject LegitimateInterestOfThirdParty LicenseAgreement NegotiatedContract
  OfficialAuthorityOfController ProviderStandardFormContract PublicInterest ServiceLevelAgreement
  StandardFormContract SubProcessorAgreement ThirdPartyAgreement ThirdPartyContract UninformedConsent
  VitalInterest VitalInterestOfDataSubject VitalInterestOfNaturalPerson
`,
)
/** Legal bases of the GDPR, articles 6, 9, 45, 46 and 49. */
const gdprBases = terms(
  'eu-gdpr',
  `
  A45-3 A46-2-a A46-2-b A46-2-c A46-2-d A46-2-e A46-2-f A46-3-a A46-3-b A49-1-a A49-1-b A49-1-c
  A49-1-d A49-1-e A49-1-f A49-1-g A49-2 A6-1-a A6-1-a-explicit-consent A6-1-a-non-explicit-consent
  A6-1-b A6-1-b-contract-performance A6-1-b-enter-into-contract A6-1-c A6-1-d A6-1-d-data-subject
  A6-1-d-natural-person A6-1-e A6-1-e-official-authority A6-1-e-public-interest A6-1-f
  A6-1-f-controller A6-1-f-third-party A9-2-a A9-2-b A9-2-c A9-2-d A9-2-e A9-2-f A9-2-g A9-2-h A9-2-i
  A9-2-j AdequacyDecision
`,
)
/** Rights of the GDPR, as articles. */
const rights = terms(
  'eu-gdpr',
  `
  A13 A14 A15 A16 A17 A18 A19 A20 A21 A22 A22-3-a A22-3-b A22-3-c A7-3 A77 A78 A79
`,
)
/** Grounds on which the GDPR lets a controller not carry out a right, as articles. */
const grounds = terms(
  'eu-gdpr',
  `
  DataBreachJustification JustificationA12Complexity JustificationA12Delay JustificationA12HighVolume
  JustificationA12IdentityFailure JustificationA12IdentityRequired JustificationA12InformationRequired
  JustificationA12LackOfIntent JustificationA12MaliciousIntent JustificationA12ManifestlyExcessive
  JustificationA12ManifestlyUnfounded JustificationA13EntityAlreadyInformed
  JustificationA14ConfidentialityCompromised JustificationA14DisproportionateEffort
  JustificationA14EntityAlreadyInformed JustificationA14FulfilmentImpossible
  JustificationA14LegallyExempted JustificationA14ObjectivesImpaired JustificationA17Archiving
  JustificationA17ChildData JustificationA17FreedomOfExpression JustificationA17LegalClaims
  JustificationA17LegalErasure JustificationA17LegallyRequired JustificationA17NoLegalBasis
  JustificationA17NonNecessity JustificationA17ObjectA21 JustificationA17OfficialAuthority
  JustificationA17PublicHealth JustificationA17PublicInterest JustificationA17UnlawfulProcessing
  JustificationA33BreachedDataIneffective JustificationA33DisproportionateEffort
  JustificationA33NotificationDelay JustificationA33RiskMitigated JustificationA33RiskUnlikely
`,
)

/** Terms by position; every one exists in DPV 2.3 (held by a test). */
export const dpvTerms: Readonly<Record<TermPosition, ReadonlySet<string>>> = {
  data: new Set([...personalData, ...personalDataKinds]),
  purpose: new Set(purposes),
  basis: new Set([...bases, ...gdprBases]),
  ground: new Set([...grounds, ...rights]),
}

/** IRI namespaces of the prefixes, for JSON-LD. */
export const dpvNamespaces: Readonly<Record<string, string>> = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  tech: 'https://w3id.org/dpv/tech#',
}

/** The IRI of a term written as CURIE, or undefined for an unknown prefix. */
export const termIri = (curie: string): string | undefined => {
  const colon = curie.indexOf(':')
  const prefix = curie.slice(0, colon)
  if (!Object.hasOwn(dpvNamespaces, prefix)) return undefined
  return `${dpvNamespaces[prefix]}${curie.slice(colon + 1)}`
}
