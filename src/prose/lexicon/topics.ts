import { readPhrases } from './read-phrases.ts'

/** What a heading announces, by its words (fragments of regular expressions over the heading in small letters). */
export const topics = readPhrases(String.raw`
collection:
  (?<!use (?:the |your )?(?:\w+ )?(?:information|data) (?:that )?we )(?:collect|gather|receiv)\w* ;
  information (?:you )?(?:give|provide) ; what (?:data|information) ; what we (?:get|know|have) ; data we (?:have|hold|process) ; sources?
log:
  log (?:files|data) ; automatic ; usage (?:data|information) ; technical (?:data|information) ; server ; visiting
cookies:
  cookies? ; beacons? ; tracking ; pixels? ; analytics ; similar technolog ; clear gif ; targeting ;
  online advertising
use:
  \buses? (?!of cookies|cookies) ; usage of ; \buse$ ;
  \buse of (?!cookies|our (?:site|service)|the (?:site|service)) ; using (?:your|the) ; purposes? ; why we ;
  process(?:ing)? (?:your|of) ; legal bas[ie]s ; lawful
legal-basis:
  legal bas[ie]s ; lawful ; legal grounds?
disclosure:
  disclos ; shar(?:e|es|ing)\b ; third part ; recipients? ; who (?:we|has|receives|sees) ;
  transfer of your .* to third ; with whom ; passed on
processors:
  processors? ; service providers? ; vendors? ; suppliers? ; sub-?processors?
aggregate:
  aggregate ; anonym ; statistic ; non-personal ; de-identif
legal:
  law enforcement ; legal (?:requests?|disclosures?|requirements?|process|obligations?) ; compelled ; government ;
  required by law
merger:
  merger ; acquisition ; business transfers? ; sale of (?:the )?(?:company|business) ; change of control
sale:
  \bsell(?:ing)?\b ; \bsale of (?:personal|your|data)
transfer:
  international ; transfers?\b ; cross-border ; where (?:we|your|is|data) ; locations? ; countries ; overseas ;
  data residency
framework:
  safe harbou?r ; privacy shield ; data privacy framework ; certificat ; seal ; compliance ; truste
links:
  links?\b ; other (?:web ?)?sites ; third[- ]party (?:web ?)?sites ; external ;
  third[- ]party (?:services|sites|websites|links)
social:
  social ; plugins? ; widgets?
public:
  public ; forums? ; blogs? ; communit ; comments? ; message boards ; reviews
sharing:
  collaborat ; profiles? ; other users ; visibility ; workspace
security:
  secur ; protect(?:ion of|ing)? (?:your|of|the|personal|data) ; safe(?:ty)?\b(?! harb) ; safeguard ; passwords? ;
  how we protect
breach:
  breach ; incident
children:
  child ; minors ; kids ; coppa ; under 1\d ; age\b
california:
  california ; ccpa ; cpra ; shine the light
dnt:
  do not track ; dnt ; privacy control ; browser signals
opt-out:
  opt ; choices? ; preferences? ; unsubscrib ; withdraw
marketing:
  marketing ; newsletters? ; promotion ; advertis
messages:
  communications? ; messages ; e-?mails? ; notifications? ; contacting you
rights:
  rights ; your (?:access|control) ; access(?:ing)?\b ; chang(?:e|ing) your ; updating ; correct ; subject access ;
  control over
access:
  access
accuracy:
  accura
correction:
  correct ; rectif ; updat
deletion:
  delet ; erasure ; remov
portability:
  portab
restriction:
  restrict
objection:
  object
retention:
  reten ; how long ; storage (?:period|duration|limit) ; keep (?:your|data|it) ; data storage ; deletion periods?
payment:
  payments? ; billing ; credit cards? ; orders? ; checkout ; purchas
device:
  devices? ; mobile ; location ; gps ; monitoring ; telemetry
remote:
  remote ; wipe
error-report:
  error ; crash ; diagnostic ; bug
install:
  install
changes:
  chang(?:e|es|ing)\b(?! your) ; updates?\b(?! your) ; amend ; modif ; revision ; (?<!short )(?<!full )(?<!long )(?<!simple )(?<!plain )versions? ; effective date
recourse:
  complain ; recourse ; enforcement ; dispute ; supervisory ; authorit
contact:
  contact ; questions ; how to reach ; who we are ; controller ; feedback ; get in touch ; imprint
scope:
  scope ; overview ; introduction ; about this ; applicab ; who (?:this|we) ; general ; application of
definition:
  defin ; terms used ; glossary ; interpretation ; what is personal
consent:
  consent ; agreement ; acceptance
survey:
  surveys? ; contests? ; events? ; recruit ; applicants
`)
