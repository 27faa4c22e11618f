/**
 * Data uses of Fideslang 3.2 (and earlier) and the DPV 2.3 purpose for each; columns as in `fideslang-data.ts`.
 */
export const fideslangUses = `
analytics                                     dpv:ServiceUsageAnalytics              near
analytics.reporting                           dpv:ServiceUsageAnalytics              wider
analytics.reporting.ad_performance            dpv:Advertising                        wider
analytics.reporting.campaign_insights         dpv:Marketing                          wider
analytics.reporting.content_performance       dpv:ServiceUsageAnalytics              wider
analytics.reporting.system                    dpv:ServiceMonitoring                  near
analytics.reporting.system.performance        dpv:ServiceMonitoring                  wider
collect                                       dpv:ServiceProvision                   guess
employment                                    dpv:HumanResourceManagement            same
employment.recruitment                        dpv:RecruitmentManagement              same
essential                                     dpv:ServiceProvision                   wider
essential.fraud_detection                     dpv:FraudPreventionAndDetection        same
essential.legal_obligation                    dpv:LegalCompliance                    same
essential.service                             dpv:ServiceProvision                   same
essential.service.authentication              dpv:IdentityAuthentication             same
essential.service.notifications               dpv:CommunicationForCustomerCare       near
essential.service.notifications.email         dpv:CommunicationForCustomerCare       wider
essential.service.notifications.sms           dpv:CommunicationForCustomerCare       wider
essential.service.operations                  dpv:TechnicalServiceProvision          near
essential.service.operations.improve          dpv:ServiceOptimisation                near
essential.service.operations.support          dpv:CustomerCare                       near
essential.service.payment_processing          dpv:PaymentManagement                  same
essential.service.security                    dpv:EnforceSecurity                    same
essential.service.upgrades                    dpv:ServiceOptimisation                wider
finance                                       dpv:OrganisationGovernance             guess
functional                                    dpv:ServiceProvision                   guess
functional.service                            dpv:ServiceManagement                  near
functional.service.improve                    dpv:ImproveExistingProductsAndServices same
functional.storage                            dpv:TechnicalServiceProvision          guess
functional.storage.privacy_preferences        dpv:RightsFulfilment                   guess
improve                                       dpv:ImproveExistingProductsAndServices near    functional.service.improve
marketing                                     dpv:Marketing                          same
marketing.advertising                         dpv:Advertising                        same
marketing.advertising.first_party             dpv:Advertising                        wider
marketing.advertising.first_party.contextual  dpv:Advertising                        wider
marketing.advertising.first_party.targeted    dpv:PersonalisedAdvertising            near
marketing.advertising.frequency_capping       dpv:Advertising                        wider
marketing.advertising.negative_targeting      dpv:TargetedAdvertising                wider
marketing.advertising.profiling               dpv:PersonalisedAdvertising            wider
marketing.advertising.serving                 dpv:Advertising                        wider
marketing.advertising.third_party             dpv:Advertising                        wider
marketing.advertising.third_party.targeted    dpv:TargetedAdvertising                near
marketing.communications                      dpv:DirectMarketing                    same
marketing.communications.email                dpv:DirectMarketing                    wider
marketing.communications.sms                  dpv:DirectMarketing                    wider
operations                                    dpv:InternalResourceOptimisation       guess
personalize                                   dpv:Personalisation                    same
personalize.content                           dpv:ServicePersonalisation             near
personalize.content.limited                   dpv:ServicePersonalisation             wider
personalize.content.profiled                  dpv:ProvidePersonalisedRecommendations near
personalize.content.profiling                 dpv:ServicePersonalisation             wider
personalize.profiling                         dpv:ServicePersonalisation             wider   personalize.content.profiling
personalize.system                            dpv:UserInterfacePersonalisation       near
sales                                         dpv:SellProducts                       near
third_party_sharing                           dpv:VendorManagement                   guess
third_party_sharing.legal_obligation          dpv:LegalCompliance                    wider
train_ai_system                               dpv:ResearchAndDevelopment             wider
`

/** Purposes of DPV that are no line above, under the Fideslang use that is the next wider. */
export const widerFideslangUses = `
analytics                  dpv:CommercialResearch dpv:ResearchAndDevelopment dpv:AcademicResearch dpv:ScientificResearch dpv:NonCommercialResearch dpv:ProvideOfficialStatistics
employment                 dpv:PersonnelManagement dpv:PersonnelBehaviourMonitoring dpv:PersonnelHiring dpv:PersonnelMonitoring dpv:PersonnelOffboarding dpv:PersonnelOnboarding dpv:PersonnelPayment dpv:PersonnelPerformanceEvaluation dpv:PersonnelPerformanceManagement dpv:PersonnelPerformanceMonitoring dpv:PersonnelPerformancePrediction dpv:PersonnelPromotionManagement dpv:PersonnelTerminationManagement dpv:PersonnelWorkloadManagement
employment.recruitment     dpv:RecruitmentAdvertising dpv:RecruitmentApplicantBackgroundCheck dpv:RecruitmentApplicantCriminalBackgroundCheck dpv:RecruitmentApplicantInformationAuthentication dpv:RecruitmentApplicantSelection dpv:RecruitmentApplicationAnalysis dpv:RecruitmentApplicationManagement dpv:RecruitmentApplicationScreening dpv:RecruitmentInterviewAnalysis dpv:RecruitmentInterviewAssessment dpv:RecruitmentInterviewManagement dpv:RecruitmentInterviewScheduling dpv:RecruitmentTargetedAdvertising
essential.fraud_detection  dpv:MaintainFraudDatabase dpv:MisusePreventionAndDetection dpv:CustomerSolvencyMonitoring
essential.legal_obligation dpv:FulfilmentOfObligation dpv:RightsFulfilment dpv:CounterMoneyLaundering dpv:Counterterrorism dpv:AgeVerification dpv:OrganisationComplianceManagement dpv:DisputeManagement
essential.service          dpv:RequestedServiceProvision dpv:FulfilmentOfContractualObligation dpv:EstablishContractualAgreement dpv:DeliveryOfGoods dpv:CustomerOrderManagement dpv:AccountManagement dpv:CustomerManagement dpv:ServiceRegistration dpv:ServiceAccessDetermination dpv:SearchFunctionalities dpv:MemberPartnerManagement
essential.service.authentication dpv:IdentityVerification dpv:Verification
essential.service.notifications dpv:CommunicationManagement
essential.service.operations.support dpv:CustomerClaimsManagement dpv:RepairImpairments
essential.service.security dpv:EnforceAccessControl
functional.service.improve dpv:OptimiseUserInterface dpv:OptimisationForConsumer dpv:OptimisationForController dpv:IncreaseServiceRobustness dpv:ImproveInternalCRMProcesses
marketing                  dpv:CustomerRelationshipManagement dpv:PublicRelations dpv:PoliticalCampaign
marketing.communications   dpv:SocialMediaMarketing
operations                 dpv:CommercialPurpose dpv:NonCommercialPurpose dpv:OrganisationRiskManagement dpv:RecordManagement dpv:VendorPayment dpv:VendorRecordsManagement dpv:VendorSelectionAssessment dpv:ProtectionOfIPR
personalize.content        dpv:ProvideEventRecommendations dpv:ProvideProductRecommendations dpv:PersonalisedBenefits
sales                      dpv:SellProductsToDataSubject
third_party_sharing        dpv:SellDataToThirdParties dpv:SellInsightsFromData
`
