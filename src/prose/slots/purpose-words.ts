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
    'gather count keep ensure support evaluate determine test diagnose fix handle ship charge register create sign allow let enable deal prepare host train secure address safeguard invite post advertise target connect differentiate diagnose ' +
    'collect present deploy optimise optimize follow link reach copy see troubleshoot estimate generate correct distribute upgrade reply check reduce increase expand study forward update resolve correspond solve produce design schedule recognise recognize assess compile gauge meet administer bill manufacture diagnose defend pursue invoice confirm document archive accept arrange book select'
  ).split(' '),
)
