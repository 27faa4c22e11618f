import { readPhrases } from './read-phrases.ts'

/** Devices, forums, links, addresses, and the policy itself (fragments of regular expressions over the normal form). */
export const affairs = readPhrases(String.raw`
public:
  (?:message|post|write) (?:\w+ ){0,2}to (?:a|the|our|any) (?:\w+ )?(?:mailing )?(?:lists?|forums?) ;
  (?:public|open|group|in-game) (?:chats?|director(?:y|ies)|listings?|channels?|calendar) ; (?:read|seen|viewed|found) by (?:everyone|anyone|any|all|the public|others) ;
  what (?:other|others|another) (?:\w+ )?(?:write|writes|post|posts|say|publish)\w* ; anything you (?:write|post|publish|share) ; before you post ;
  forums? ; message boards? ; bulletin boards? ; (?<!subscribe to our )(?<!subscribe to the )blogs?(?! (?:posts?|newsletter|subscri)) ;
  user contributions ; cached and archived ; (?:by|through) search engines ;
  public (?:areas?|profile|spaces?|forums?|comments?|sections?|parts?) ;
  comment(?:s|ing) (?:sections?|fields?|areas?|features?) ; comments? (?:you|to|in|that you|on (?:our|the|this)) ;
  (?:a|your|any|such|the) posts? ; posts? (?:in|on|you) ; leave (?:a )?comments? ; chat rooms? ;
  publicly (?:available(?! (?:sources|data|information|records|databases|registers))|visible|accessible|displayed|posted|viewable)? ;
  community (?:pages?|sites?|areas?|forums?) ; discussion (?:groups?|boards?) ; user reviews? ;
  reviews? (?:you|section|that you) ; wikis? ; testimonials? ;
  post(?:ed|ing|s)? (?:\w+ ){0,5}(?:to|on|in|at) (?:\w+ ){0,3}(?:areas?|forums?|boards?|blogs?|sections?|site|community) ;
  interaction with other users ; (?:post|publish|publishing|posting) (?:content|any|personal|information|a) ;
  you publish
sharing:
  (?:members|people|others) (?:of|in) your (?:household|family|home|team|group|organi[sz]ation|class|company) ;
  (?:visible|shown|displayed) to (?:the |your )?(?:whole |entire )?(?:class|team|group|organi[sz]ation|workspace) ;
  shown next to ; decide (?:\w+ ){0,5}who (?:can )?sees? ;
  friends ; followers ; people you follow ; who follow you ; profile (?:\w+ )?(?:private|public|visible) ;
  (?:other|those|these|fellow|invited|all|your|which|chosen) (?:users|members|people|collaborators|participants|colleagues|contacts|players|customers) (?:\w+ ){0,4}(?:can|may|will|could|see|view) ;
  (?:visible|shown|displayed|available|disclosed|revealed) (?:\w+ )?to (?:all |any )?(?:other|your|those|fellow)?(?: \w+)? ?(?:users|members|people|players|guests|hosts|drivers|riders|buyers|sellers|students|teachers|parents|customers|attendees|readers|colleagues|contacts|friends|team|workspace|participants|administrators?) ;
  users you (?:choose|select|invite|share) ; collaborat(?:e|ors?|ion|ive) ; people you (?:invite|share|choose) ;
  you (?:choose to )?(?:share|invite) (?:\w+ ){0,3}(?:with|users|people|collaborators) ; your profile(?! page of) ;
  privacy settings ; shared (?:files?|folders?|documents?|workspaces?|calendars?) ; who can see ;
  members of your (?:team|workspace|organi[sz]ation|company) ;
  your (?:user ?name|screen name|display name|nickname) (?:is|will be|may be|appears) ;
  workspace (?:owner|admin|administrator)s?
social:
  social (?:media|networks?|networking|plugins?|plug-ins?|buttons?|widgets?|sharing) ;
  (?:facebook|twitter|linkedin|instagram|youtube|pinterest|tiktok)(?: \w+)? ; like(?:"|') button ;
  share (?:this )?button ; widgets? ; social log-?in ;
  (?:sign|log)(?:ging|ing)? in with (?:your )?(?:facebook|google|apple|twitter|social) ; interactive mini-programs
link:
  points? to (?:\w+ ){0,2}(?:sites?|pages?|website) ;
  links? (?:to|leading|from|that|on|with) ; hyperlinks? ;
  (?:contains?|includes?|provide|create|have|offer|place|follow|click(?:ing)?)s? (?:\w+ ){0,3}links? ;
  linked (?:sites?|website|services?|pages?) ; linking ; link (?:only )?to ; these links ;
  external (?:sites?|website|links?|content)
othersite:
  leave our (?:website|site|servers|pages) ; operator of the (?:website|site) ;
  (?:other|such|those|these|external|third part(?:y|ies)|third party's|their|many other|linked|partner|outside|non-\w+|destination)(?:'s?)? (?:\w+ )?(?:website|sites|applications?|apps|services)(?!\s+providers?) ;
  that other website ;
  polic(?:y|ies) of (?:the |each |our )?\w+(?:'s|')? (?:own )?(?:website|sites) ; privacy policy of (?:the|that|those|each|such) (?:compan|third|other|provider|site|operator)\w* ;
  practices of (?:such|those|other|these|third|any|participating) ; connect with third part ;
  policies of (?:those|these|such|third|other) ; third party services? ;
  their (?:own )?(?:privacy )?(?:policies|terms)
ads:
  serv(?:e|ing) (?:\w+ ){0,4}(?:ads|advertis\w+) ; advertisements ;
  (?:display|deliver|show|present|manage)(?:s|ing)? (?:\w+ ){0,5}advertis\w+ ; interest-based ;
  targeted (?:ads|advertis\w+) ; behaviou?ral (?:ads|advertis\w+) ; ad networks? ; ads ;
  advertising (?:partners?|networks?|campaigns?) ; custom audiences?
policy-purpose:
  here (?:you (?:can|will) find|we (?:set out|explain|describe|tell)) ; (?:below|in this \w+),? we (?:set out|explain|describe|tell|outline) ;
  (?:page|document|text|following policy|policy) (?:\w+ ){0,6}?(?:tells?|informs?|explains?|describes?|sets out) (?:you|visitors|users|customers|what|how) ;
  established this ;
  (?:policy|statement|notice) (?:is |was )?(?:\w+ ){0,3}(?:to|in order to) (?:assist|help|inform|explain|tell) ;
  (?:policy|statement|notice) (?:\w+ )?(?:describes|explains|tells|sets out|informs|outlines|details)
co-brand:
  co-branded ; in conjunction with (?:another|other|our|a) ; jointly (?:offered|provided|operated) ;
  the other company ; offered (?:together|jointly) with
not-responsible:
  no (?:influence|say|control) ; not our responsibility ;
  not (?:be )?(?:responsible|liable|accountable) ; no (?:responsibility|control|liability|warranty) ;
  do(?:es)? not (?:\w+ )?(?:control|endorse|operate|monitor|review|verify|have (?:direct )?control|accept (?:any )?(?:responsibility|liability)|assume|guarantee|warrant) ;
  cannot (?:\w+ )?(?:control|guarantee|be held|ensure|warrant|promise|accept|assume) ; beyond our control ;
  outside (?:of )?our control ; disclaim(?:s|ed)? ; at your own risk ;
  responsible for the (?:privacy|content|practices) ; not guarantee
not-perfect:
  (?:no|nor any) (?:\w+ ){0,6}(?:is|are|can be|can|could be|will be) (?:\w+ )?(?:100%|completely|perfectly|entirely|totally|absolutely|fully|impenetrable|secure|guaranteed|infallible|error-free|foolproof) ;
  100 ?% ; perfect(?:ly)? secur(?:e|ity) ; absolute security ; perfect security ; no (?:\w+ ){1,3}is perfect ;
  impenetrable ; cannot (?:\w+ )?(?:guarantee|ensure|warrant|promise) ; inherent(?:ly)? (?:risk|insecure)\w* ;
  not (?:completely|entirely|fully|totally) (?:secure|safe) ; security cannot be guaranteed ;
  never (?:completely|entirely|fully|perfectly) secure ; complete security
device:
  (?:cameras?|sensors?|thermostats?|wearables?|trackers?|smart ?watch(?:es)?|hubs?|speakers?|meters?|vehicles?|cars?|bracelets?) (?:may |can |will |also )?(?:record|report|measure|send|transmit|collect|detect|sense|track|log|capture)s? ; (?:phone|device|tablet|vehicle)'s (?:position|location) ;
  deployed to ; mobile devices? (?:information|data|management|users?|are|is|to|and)(?! or) ;
  devices?(?= (?:user|identifiers?|location|serial|status|check|remote|manage|administrat|name|inventory|id\b|settings|is|are|was|may)) ;
  gps ; geo-?location ; location (?:data|information|tracking|history|services?|of (?:the|your) device) ;
  precise location ; real-time location ; imei ; sim(?: card)? ; mac address\w* ; serial numbers?(?! of your) ;
  signal strength ; cell tower ; installed (?:applications?|apps|software) ; applications loaded ; shifts? ;
  device users? ; managed devices? ; enrol(?:l)?(?:ed|ment) ; travel patterns(?! to) ; access to (?:the |your )?(?:device's )?(?:microphone|camera|contacts|photos|photo library|calendar|location) ; physical status ; which device ;
  wwan ; accelerometer ; sensors? ; agent (?:software|installed) ; endpoints? ; geofenc\w+ ; network card ;
  battery ; keystrokes? ; employee monitoring
gadget:
  (?:the|a|your|their|lost|managed|user|mobile|each|which) (?:devices?|phones?|tablets?|handsets?|computers?) ;
  phones? ; tablets? ; smartphones?
remote:
  (?:lock|reset|locate|wip|eras|control|operat)\w* (?:\w+ ){0,5}remotely ;
  remote(?:ly)? (?:control|wip(?:e|ed)|eras(?:e|ed)|lock|access|delet(?:e|ed)|reset|view|support session|session) ;
  screen[ -](?:capture|captures|shots?|sharing|recording) ; factory (?:default|reset|settings) ;
  (?:partial|complete|full|selective) (?:or \w+ )?(?:wipe|erasure) ; lock (?:the|your|a|lost) (?:device|phone) ;
  wip(?:e|ed|ing) (?:\w+ ){0,4}(?:devices?|phones?) ; take control of
error-data:
  (?:stops?|fails?|closes?|quits?) unexpectedly ; troubleshoot\w* ; cause of (?:the|a) (?:failure|fault|crash|error) ; (?:application|program|software) (?:errors?|failures?) ;
  error[ -](?:reports?|logs?|messages?|reporting|information|data) ;
  crash[ -](?:reports?|logs?|dumps?|data|reporting) ; diagnostic(?:s)?(?: (?:data|information|reports?|logs?))? ;
  stack traces? ; bug reports? ; application (?:crash|fail)\w* ; memory dumps? ; crash(?:es)? ; fault reports? ;
  telemetry
install:
  first time (?:a|the|your|you) (?:\w+ ){0,3}(?:switched on|start(?:ed)?|run|launch(?:ed)?|connected|activated) ;
  installer ; the installation ; check(?:s|ing)? for (?:new versions|updates) ;
  (?:when|that|if|after|notice of|notify \w+ (?:of|that)) (?:\w+ ){0,5}install(?:s|ed|ation|ing)? ;
  installation (?:notices?|notifications?|process|information|data) ;
  install(?:s|ed|ation|ing)? (?:of )?(?:the |our |your )?(?:\w+ )?(?:software|product|server|application|client) ;
  activation (?:data|notice|record) ; licen[cs]e (?:key|activation|check|validation) ; successful installation ;
  update check ; checks? for updates
address:
  [\w.+-]+@[\w-]+\.[\w.]+ ; \+?\(?\d{1,4}\)?[ .-]\d{2,4}[ .-]\d{2,4}[ .-]?\d* ;
  (?:postal|mailing|street|registered) (?:address|office) ; po box ; p\.o\. box ; https?:// ; street ; suite ;
  avenue ; \bfax ; by (?:phone|telephone|post|mail) ; contact (?:form|information|details|page) ; online portal ;
  help ?desk ; support (?:team|portal|desk)
questions:
  ^questions? ; (?:any |further )?questions?(?:,| or| about| regarding| concerning|\?) ; concerns? ;
  complaints? (?:about|regarding|concerning|or) ; comments ; inquir(?:y|ies) ; enquir(?:y|ies) ;
  for more information ; learn more ; further information ; find out more ; additional information ;
  need to contact ; feedback about
officer:
  responsible (?:within|party|body|person|for (?:the )?(?:data )?processing) ;
  data protection (?:officer|manager|lead|team|contact) ; dpo ;
  privacy (?:officer|administrator|team|office|manager|counsel|lead|department|coordinator) ; general counsel ;
  legal (?:department|team) ; (?:eu|uk|local|our|\w+ (?:inc\.?|ltd\.?)|we) representatives? ; grievance officer ;
  responsible for (?:the )?(?:data|processing) ; data controller ; controller
wait:
  before (?:the |any |they |these )?(?:change|changes|becoming|take|it takes) ;
  prior to (?:the |any |becoming |implementing)
frame:
  (?:understands?|appreciates?|acknowledges?) the importance ;
  promise to (?:respect|look after|be) ; wants? you to (?:know|understand|feel) ;
  recogni[sz]es? the (?:need|importance) ;
  we (?:\w+ )?(?:know (?:that |how )|respect|value|understand (?:that|how)|appreciate|believe (?:that )?(?:you|your|privacy|in|everyone)|care|recogni[sz]es? (?:the|that)|are (?:\w+ )?(?:committed|dedicated|pleased|proud)) ;
  is (?:\w+ )?(?:important|a priority|committed|our priority|of (?:\w+ )?importance) ; thank you for ; please read ; welcome to ;
  your trust ; committed to (?:protecting|safeguarding|respecting|your|the) ;
  takes? (?:\w+ )?privacy (?:\w+ )?seriously ; table of contents ; in plain (?:english|language) ; (?:without|no) (?:legalese|jargon|legal jargon) ; we want you to ;
  matters to us ; summary of ; we hope ; read (?:it|this|the following|on|carefully) ; in this section ;
  click (?:on )?(?:a|the) (?:heading|section) ; back to top ; archived on ; original snapshot ; wayback machine
scope:
  you can (?:read|find|learn) (?:\w+ )?(?:what|how) ; here you ;
  (?:policy|statement|notice|it|document) (?:\w+ )?(?:only )?(?:appl(?:y|ies)|covers?|governs?|describes?|explains?|sets out|relates|tells you|details|outlines|informs?|extends?|does not) ;
  (?:does|do) not (?:apply|cover|govern|extend) ; appl(?:y|ies) (?:only )?to ; governed by ;
  will (?:prevail|take precedence|govern|control) ; prevails? ; takes? precedence ;
  in addition to (?:this|the) (?:policy|privacy) ; conflicts? (?:with|between) ; more restrictive ;
  separate (?:privacy )?(?:policy|policies|terms|agreements?|notice) ; additional (?:privacy )?(?:terms|notices?) ;
  own privacy polic(?:y|ies) ;
  (?:we are|is) (?:a|an|the) (?:\w+[ -]){0,4}(?:company|provider|corporation|controller|processor|vendor|business|firm|organi[sz]ation|subsidiary) ;
  acts? as (?:a |the )?(?:data )?(?:controller|processor) ; on behalf of our customers ;
  this (?:policy|statement|notice) (?:is|has been|forms|was) ; incorporated (?:by reference|into) ;
  part of our terms ; established this ; exempt from
define:
  (?:is|are) defined ; terms used ;
  means (?!of|that we|you agree) ; (?:is|are) (?:defined|understood) as ; refers? to ; we define ; shall mean ;
  "[^"]{2,50}" (?:is|are|means|includes?|shall) ; personal information is (?:any )?(?:information|data) ;
  for (?:the )?purposes? of this (?:policy|statement|notice) ; collectively,? (?:the )?" ;
  (?:when|where) we (?:say|refer) ; the terms? "
advice:
  think (?:twice|before|carefully) ; (?:parents|guardians) should ;
  be sure to ; make sure ;
  we (?:\w+ )?(?:urge|encourage|recommend|advise)s? (?:all )?(?:parents|children|minors|guardians) ; (?:children|minors) should ;
  we (?:\w+ )?(?:urge|encourage|recommend|advise|suggest)(?: and \w+)? (?:\w+ ){0,3}(?:you|that you|users|customers|all|visitors) ;
  we ask that you ; encourages? you ; urges? you ; recommends? that ;
  you should (?:review|read|check|always|keep|choose|never|not|be careful|also|log|take) ;
  please (?:review|read|check|consult|see|refer|visit|be aware|keep|do not|be careful|choose|take|remember|familiari|exercise) ;
  (?:it is )?your responsibility ; you are responsible ; you must (?:keep|not) ; never share ;
  (?<=^|, |please |; )do not (?:access|use|send|provide|submit|disclose|share) ; always log ; never give ;
  we strongly ; are encouraged to ; (?<!we )(?<!they )(?<!also )check the ; keep your password ; be (?:careful|cautious)
beware:
  please (?:note|be aware|be advised) ; be (?:advised|aware) ; you should (?:be aware|understand|know|note) ;
  note that ; keep in mind ; you understand ; remember that
location:
  location ; gps ; geo-?location ; whereabouts
need:
  only (?:\w+ )?(?:to )?(?:the |that |such )?(?:\w+ )?(?:information|data|fields)? ?(?:that )?(?:they |it )?(?:is |are )?(?:need|needed|necessary|required)\w* ;
  limit(?:s|ed)? (?:\w+ ){0,5}to (?:what|that which|the (?:information|data|minimum)|those) ;
  minim(?:um|al|i[sz]e|i[sz]ation) ; no more (?:than|data) ; adequate, relevant ; not (?:collect|ask for) more ;
  purposes for which (?:the |it |your )?(?:information|data|personal)? ; at or before ; before or at the time
sensitive:
  sensitive ; special categor(?:y|ies) ; health ; religio(?:n|us) ; racial ; ethnic ; biometric ; genetic ; sexual ;
  political ; social security
survey:
  appl(?:y|ies|ied) for (?:a|an|the) ; enquir(?:y|ies) ; contact form ;
  surveys? ; questionnaires? ; contests? ; sweepstakes ; competitions? ; prize draws? ; webinars? ; conferences? ;
  events? ; trade shows? ; correspond(?:ence)? ; support (?:requests?|tickets?|cases?) ; job appl\w+ ; applicants? ;
  resum[eé]s? ; cv\b ; registration ; regist(?:er|ers|ered|ering)(?! the (?:location|position|number|time)) ; sign(?:s|ing)?[ -]?up ;
  create (?:an|your) account ; trial ; downloads? ; order forms? ; online forms? ; business cards?
sources:
  from (?:other|third part(?:y|ies)|public(?:ly)?|our partners?|external|outside|social|credit|your employer|data) ?\w* ;
  other sources ; publicly available sources ; purchased (?:from|lists) ; lead (?:lists|providers) ;
  referr(?:al|ed) (?:by|program)
content:
  upload(?:s|ed|ing)? ; your (?:files|content|documents|messages|photos) ; customer (?:data|content) ;
  stored content ; what you (?:upload|input|store)
`)
