/** What a purpose is for, by its words, first that fits: [fragment, DPV 2.3 term]. */
export const purposeWords: readonly (readonly [string, string])[] = [
  ['market|promot|offers?\\b|newsletter|special offers|of interest', 'dpv:DirectMarketing'],
  [
    '(?:tailored|targeted|personali[sz]ed|interest-based|re-?target).{0,30}advert|advert.{0,40}(?:tailored|interests|based upon)',
    'dpv:TargetedAdvertising',
  ],
  ['advertis', 'dpv:Advertising'],
  ['support|help desk|answer|respond|questions|returns', 'dpv:CustomerCare'],
  ['fraud|abuse|illegal|spam|misuse|attack', 'dpv:FraudPreventionAndDetection'],
  ['secur|protect|intrusion|unauthori', 'dpv:EnforceSecurity'],
  ['legal|law\\b|subpoena|court|regulat|tax|compl(?:y|ying)', 'dpv:LegalCompliance'],
  ['enforc|terms|agreements|violation', 'dpv:EstablishContractualAgreement'],
  ['pay(?:ment)?|bill|invoice|accounting|credit card', 'dpv:PaymentManagement'],
  ['order|transact|deliver|ship|packages|parcel|fulfil', 'dpv:CustomerOrderManagement'],
  ['improv|enhanc|develop|fix|faults|new features', 'dpv:ImproveExistingProductsAndServices'],
  ['personali|customi|tailor|recommend|preferences|remember', 'dpv:Personalisation'],
  ['analy|statist|measur|usage|traffic|trends|metrics|understand', 'dpv:ServiceUsageAnalytics'],
  ['research', 'dpv:ResearchAndDevelopment'],
  ['account|register|registration|sign up|log ?in|authenticat', 'dpv:AccountManagement'],
  ['identity|verify', 'dpv:IdentityVerification'],
  ['relationship|customer', 'dpv:CustomerRelationshipManagement'],
  ['communicat|contact|notif|inform|alert|message|notice', 'dpv:CommunicationManagement'],
  ['provid|perform|operat|maintain|host|storage|run|manage|service|product|site', 'dpv:ServiceProvision'],
]

/** Verbs that tell what something is for. */
export const purposeVerbs = new Set(
  (
    'improve provide process send deliver communicate analyze analyse understand operate maintain personalize personalise customize customise contact respond prevent detect protect ' +
    'comply enforce bill market monitor help facilitate assist fulfil fulfill verify administer remember measure offer alert notify perform manage develop investigate resolve complete serve display ' +
    'tailor track identify authenticate conduct store recommend set run answer find plan calculate show make share carry enhance inform promote establish exercise defend report act ' +
    'gather count keep ensure support evaluate determine test diagnose fix handle ship charge register create sign allow let enable deal prepare host train secure address safeguard invite post advertise target connect differentiate ' +
    'collect present deploy optimise optimize follow link reach copy see troubleshoot estimate generate correct distribute upgrade reply check reduce increase expand study forward update correspond solve produce design schedule recognise recognize assess compile gauge meet invoice confirm document archive accept arrange book select ' +
    'accommodate achieve acknowledge adapt adjust apply approve assign assure attract audit authorize authorise avoid award block build categorize categorise change choose combat combine compare compute conclude configure consider consult control cooperate coordinate customise debug decide define demonstrate deter dispatch engage enrich enter enrol enroll entertain evolve examine execute explain explore extend fight filter finalize finance give grant grow guarantee guide hire honour identify illustrate implement inspect install integrate interact introduce judge know launch lead learn limit localize locate mitigate moderate modify negotiate observe obtain organize organise pay predict preserve print prioritise prioritize prosecute prove publish qualify quantify receive recall reconcile recover recruit refine refund remind remove renew repair require retain retrieve return review reward satisfy save sell simplify stop streamline strengthen suggest suspend sustain synchronize teach tell transfer translate transmit treat validate visualize warn issue claim thank settle cancel cure grade match calculate bring find figure work plan fill mail'
  ).split(' '),
)

/** True when what follows a word after "to" shows it is a verb: "activate your account", "merge and sort the lists". */
export function actsOn(rest: string): boolean {
  return /^ (?:you|your|our|their|its|the|a|an|this|these|those|and \p{L}+ (?:you|your|our|the))\b/u.test(rest)
}
