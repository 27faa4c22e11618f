/**
 * Data categories of Fideslang 3.2 (and of earlier versions, with the key that took their place) and the DPV 2.3 term
 * for each: key, term, how sure. `same`: means the same; `near`: the same in practice; `wider`: the term says less
 * exactly; `guess`: no counterpart, a person has to look. `-`: no personal data.
 */
export const fideslangData = `
system                                             -                              same
system.authentication                              -                              near
system.operations                                  -                              near
user                                               dpv:PersonalData               same
user.account                                       pd:Username                    guess
user.account.settings                              pd:Preference                  near   user.settings
user.account.username                              pd:Username                    same
user.authorization                                 pd:Authenticating              wider
user.authorization.biometric                       pd:Biometric                   wider  user.authorization.biometrics
user.authorization.biometrics                      pd:Biometric                   wider
user.authorization.credentials                     pd:Authenticating              near
user.authorization.password                        pd:Password                    same
user.behavior                                      pd:Behavioural                 same
user.behavior.browsing_history                     pd:BrowserHistory              near
user.behavior.media_consumption                    pd:ServiceConsumptionBehaviour near
user.behavior.purchase_history                     pd:PurchasesAndSpendingHabit   same
user.behavior.search_history                       pd:BrowsingBehaviour           wider
user.biometric                                     pd:Biometric                   same   user.biometrics
user.biometric.fingerprint                         pd:Fingerprint                 same   user.biometrics.fingerprint
user.biometric.health                              pd:Biometric                   wider  user.biometrics
user.biometric.retinal                             pd:Retina                      same   user.biometrics.retinal
user.biometric.voice                               pd:VoiceCommunicationRecording near   user.biometrics.voice
user.biometrics                                    pd:Biometric                   same
user.biometrics.fingerprint                        pd:Fingerprint                 same
user.biometrics.retinal                            pd:Retina                      same
user.biometrics.voice                              pd:VoiceCommunicationRecording near
user.childrens                                     dpv:SensitivePersonalData      guess  user.children
user.children                                      dpv:SensitivePersonalData      guess
user.children.children_under_thirteen              dpv:SensitivePersonalData      guess
user.children.thirteen_to_sixteen                  dpv:SensitivePersonalData      guess
user.contact                                       pd:Contact                     same
user.contact.address                               pd:PhysicalAddress             same
user.contact.address.city                          pd:City                        same
user.contact.address.country                       pd:Country                     same
user.contact.address.mailing_address               pd:PhysicalAddress             near
user.contact.address.postal_code                   pd:PostalCode                  same
user.contact.address.state                         pd:Region                      near
user.contact.address.street                        pd:Street                      same
user.contact.email                                 pd:EmailAddress                same
user.contact.fax_number                            pd:TelephoneNumber             near
user.contact.organization                          pd:Professional                guess  user.contact
user.contact.phone_number                          pd:TelephoneNumber             same
user.contact.social_url                            pd:SocialMedia                 near
user.contact.url                                   pd:SocialMedia                 guess  user.contact.social_url
user.content                                       pd:Communication               wider
user.content.private                               pd:Communication               near
user.content.public                                pd:SocialMediaCommunication    near
user.content.self_image                            pd:Picture                     same
user.criminal_history                              pd:Criminal                    same
user.demographic                                   pd:Demographic                 same
user.demographic.age_range                         pd:AgeRange                    same
user.demographic.citizenship_or_immigration_status pd:Citizenship                 near
user.demographic.date_of_birth                     pd:BirthDate                   same
user.demographic.gender                            pd:Gender                      same
user.demographic.language                          pd:Language                    same
user.demographic.marital_status                    pd:MaritalStatus               same
user.demographic.philosophical_belief              pd:PhilosophicalBelief         same
user.demographic.political_opinion                 pd:PoliticalOpinion            same
user.demographic.profile                           pd:Profile                     near
user.demographic.protected_classifications         dpv:SpecialCategoryPersonalData near
user.demographic.race_ethnicity                    pd:EthnicOrigin                near
user.demographic.religious_belief                  pd:ReligiousBelief             same
user.demographic.sexual_orientation                pd:SexualPreference            near
user.demographic.union_membership                  pd:TradeUnionMembership        same
user.device                                        pd:DeviceBased                 same
user.device.cookie                                 pd:Tracking                    wider
user.device.cookie_id                              pd:UID                         near
user.device.device_id                              pd:UID                         near
user.device.ip_address                             pd:IPAddress                   same
user.device.sensor                                 pd:DeviceBased                 wider
user.device.telemetry                              pd:DeviceBased                 wider
user.employment                                    pd:EmploymentHistory           near   user.professional_information
user.financial                                     pd:Financial                   same
user.financial.account_number                      pd:FinancialAccountNumber      same   user.financial.bank_account
user.financial.bank_account                        pd:BankAccount                 same
user.financial.credit_card                         pd:PaymentCardNumber           near
user.government_id                                 pd:OfficialID                  same
user.government_id.birth_certificate               pd:OfficialID                  wider
user.government_id.drivers_license_number          pd:VehicleLicense              near
user.government_id.immigration                     pd:OfficialID                  wider
user.government_id.national_identification_number  pd:OfficialID                  near
user.government_id.passport_number                 pd:Passport                    near
user.government_id.vehicle_registration            pd:VehicalLicenseRegistration  same
user.health                                        pd:Health                      same
user.health.baby_formula                           pd:Health                      guess
user.health.condition                              pd:PhysicalHealth              near
user.health.genetic                                pd:Genetic                     same
user.health.insurance_beneficiary_id               pd:Insurance                   wider
user.health.maternity_clothing                     pd:Health                      guess
user.health.medical_diagnosis                      pd:MedicalHealth               wider
user.health.medications                            pd:Prescription                near
user.health.prescriptions                          pd:Prescription                same
user.health.record_id                              pd:HealthRecord                near
user.health.reproductive_or_sexual                 pd:Sexual                      near
user.health.social_psychological_behavioral        pd:MentalHealth                near
user.health.symptons                               pd:MedicalHealth               wider
user.health.treatment                              pd:MedicalHealth               wider
user.health_and_medical                            pd:Health                      same   user.health
user.health_and_medical.genetic                    pd:Genetic                     same   user.health.genetic
user.health_and_medical.insurance_beneficiary_id   pd:Insurance                   wider  user.health.insurance_beneficiary_id
user.health_and_medical.record_id                  pd:HealthRecord                near   user.health.record_id
user.job_title                                     pd:Job                         near   user.professional_information.job_title
user.location                                      pd:Location                    same
user.location.coarse                               pd:Location                    wider
user.location.imprecise                            pd:Location                    wider  user.location.coarse
user.location.precise                              pd:GPSCoordinate               near
user.name                                          pd:Name                        same
user.name.first                                    pd:Name                        wider
user.name.last                                     pd:Name                        wider
user.payment                                       pd:Transactional               near
user.political_opinion                             pd:PoliticalOpinion            same   user.demographic.political_opinion
user.privacy_preferences                           pd:PrivacyPreference           same
user.professional_information                      pd:Professional                same
user.professional_information.job_title            pd:Job                         same
user.professional_information.workplace            pd:CurrentEmployment           near
user.sensor                                        pd:DeviceBased                 guess  user.device.sensor
user.settings                                      pd:Preference                  same
user.sexual_orientation                            pd:SexualPreference            near   user.demographic.sexual_orientation
user.social                                        pd:SocialNetwork               near   user.social_activity
user.social_activity                               pd:SocialBehaviour             near
user.telemetry                                     pd:DeviceBased                 wider  user.device.telemetry
user.unique_id                                     pd:UID                         same
user.unique_id.deterministic                       pd:UID                         wider
user.unique_id.probablistic                        pd:UID                         wider
user.unique_id.pseudonymous                        dpv:PseudonymisedData          near   user.unique_id
user.user_sensor                                   pd:DeviceBased                 guess  user.device.sensor
user.workplace                                     pd:CurrentEmployment           near   user.professional_information.workplace
`

/** Terms of DPV that are no line above, under the Fideslang key that is the next wider: what is exact is lost. */
export const widerFideslangData = `
user                     pd:External pd:Internal pd:Vehicle dpv:IdentifyingPersonalData dpv:CollectedPersonalData dpv:DerivedPersonalData dpv:InferredPersonalData dpv:ObservedPersonalData dpv:ProvidedPersonalData dpv:GeneratedPersonalData dpv:ConfidentialData
user.unique_id           dpv:PseudonymisedData
user.account             pd:Identifying pd:Identifier
user.authorization       pd:AuthenticationHistory
user.authorization.credentials pd:PINCode pd:SecretText
user.behavior            pd:LinkClicked pd:CallLog pd:Interaction pd:Attitude pd:Demeanour pd:Reliability pd:Tracking pd:VehicleUsage pd:Historical pd:LifeHistory
user.behavior.browsing_history pd:BrowsingReferral
user.behavior.media_consumption pd:TVViewingBehaviour
user.behavior.purchase_history pd:Purchase pd:Sale
user.biometrics          pd:FacialPrint pd:FacialExpression
user.contact.address     pd:HouseNumber pd:RoomNumber pd:HomeLocation pd:Domicile pd:Residency pd:Locality
user.contact.email       pd:EmailAddressPersonal pd:EmailAddressWork
user.content             pd:PersonalDocuments pd:Opinion pd:Thought pd:Intention
user.content.private     pd:EmailContent pd:CommunicationsMetadata pd:VoiceMail
user.criminal_history    pd:CriminalCharge pd:CriminalConviction pd:CriminalOffence pd:CriminalPardon
user.demographic         pd:Geographic pd:PhysicalCharacteristic pd:PhysicalTrait pd:Height pd:Weight pd:HairColour pd:SkinTone pd:Tattoo pd:Piercing pd:Household pd:SocialStatus pd:BirthPlace pd:BirthCountry pd:IncomeBracket pd:Education pd:School pd:EducationExperience pd:EducationQualification pd:EducationTraining
user.demographic.age_range pd:Age pd:AgeExact
user.demographic.citizenship_or_immigration_status pd:Nationality
user.demographic.language pd:Accent pd:Dialect
user.demographic.marital_status pd:Marriage pd:Divorce
user.demographic.political_opinion pd:PoliticalAffiliation
user.demographic.profile pd:IndividualProfile pd:GroupProfile pd:Character pd:Personality pd:PublicLife pd:GeneralReputation pd:Interest pd:Like pd:Dislike pd:Favourite pd:FavouriteColour pd:FavouriteFood pd:FavouriteMusic pd:Proclivity pd:KnowledgeBelief pd:TechnicalKnowledge
user.demographic.race_ethnicity pd:Ethnicity pd:Race
user.demographic.religious_belief pd:Religion
user.demographic.sexual_orientation pd:Fetish
user.device              pd:MACAddress pd:UserAgent pd:BrowserFingerprint pd:DigitalFingerprint pd:DeviceSoftware pd:DeviceApplications pd:DeviceOperatingSystem
user.financial           pd:FinancialAccount pd:AccountIdentifier pd:FinancialStatus pd:Credit pd:CreditCapacity pd:CreditRecord pd:CreditScore pd:CreditStanding pd:CreditWorthiness pd:LoanRecord pd:Income pd:Tax pd:Insurance pd:Ownership pd:PersonalPossession pd:CarOwned pd:HouseOwned pd:ApartmentOwned
user.financial.credit_card pd:PaymentCard pd:PaymentCardExpiry pd:CreditCardNumber
user.government_id.drivers_license_number pd:VehicalLicenseNumber
user.health              pd:Disability pd:BloodType pd:DNACode pd:DrugTestResult pd:FamilyHealthHistory pd:HealthHistory pd:IndividualHealthHistory pd:Vulnerability
user.health.reproductive_or_sexual pd:SexualHistory
user.health.social_psychological_behavioral pd:Mood pd:Emotion
user.financial.bank_account pd:FinancialAccountNumber
user.location            pd:CurrentLocation pd:TravelHistory pd:WorkLocation
user.payment             pd:Transaction
user.professional_information pd:EmploymentHistory pd:WorkEnvironment pd:WorkHistory pd:WorkExperience pd:PastEmployment pd:PerformanceAtWork pd:DisciplinaryAction pd:ProfessionalCertification pd:ProfessionalEvaluation pd:ProfessionalExperience pd:ProfessionalInterview pd:ProfessionalTraining pd:Reference pd:Salary
user.social_activity     pd:Social pd:SocialNetwork pd:Acquaintance pd:Association pd:Connection pd:Friend pd:GroupMembership pd:PubliclyAvailableSocialMedia pd:Family pd:FamilyStructure pd:Relationship pd:Parent pd:Sibling pd:Offspring
`
