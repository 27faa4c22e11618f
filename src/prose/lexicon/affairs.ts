import { readPhrases } from './read-phrases.ts'

/** Law, places, companies, addresses, and the policy itself (fragments of regular expressions over the normal form). */
export const affairs = readPhrases(String.raw`
framework:
  safe[ -]harbou?r ; privacy shield ; data privacy framework ; dpf ; truste(?:d)? ; trustarc ; privacy seal ;
  iso(?:/iec)? ?27\d\d\d ; soc ?2 ; (?<!us to )certif(?:y|ied|ication|ications) ; badges? ; trust ?marks? ; apec ; seal program ;
  bbb ?online ; self-certif\w+ ; department of commerce ; swiss-u\.?s\.? ; csa star ; fedramp
clauses:
  standard contractual clauses ; model (?:contract(?:ual)? )?clauses ; sccs? ; adequa(?:te|cy) ;
  appropriate safeguards ; contracts? approved ; approved (?:contracts?|contractual) ; european commission ; lawful (?:measures|mechanisms?|transfer) ; binding corporate rules ;
  international data transfer agreement
abroad:
  united states ; u\.s\.(?!c) ; usa ; european (?:union|economic area) ; eu ; eea ; switzerland ; united kingdom ;
  (?:other|another|foreign|different|such|those|third|any other|your|which|all|various) (?:countr(?:y|ies)|jurisdictions?) ;
  countr(?:y|ies) (?:other|outside|where|in which|that|which|may|with|without) ; countries ;
  outside (?:of )?(?:the |your |our )?(?:eu|eea|european|uk|country|switzerland|state|home|united) ;
  across borders? ; cross-border ; international(?:ly)? ; overseas ; abroad ; other (?:regions|parts of the world) ;
  jurisdictions? (?:in which|where|outside|other) ; germany ; ireland ; canada ; singapore ; india ; japan ;
  australia ; frankfurt ; philippines ; brazil ; mexico ; israel ; china ; hong kong ; france ; spain ; italy ;
  netherlands ; belgium ; luxembourg ; austria ; poland ; romania ; bulgaria ; ukraine ; sweden ; norway ; denmark ; finland ; south africa ;
  new zealand ; argentina ; malaysia ; vietnam ; (?:in|to|from|outside|within) (?:the )?(?:us|uk|america|asia|africa|europe) ; worldwide ; data cent(?:er|re)s? ;
  server(?:s)? (?:is |are )?(?:located )?in (?!a|an|our|the same)
stored-in:
  (?:stor(?:e|es|ed|age)|process(?:es|ed|ing)?|transfer(?:red|s)?|host(?:s|ed)?|kept|held|locat(?:ed|ion)|based|established|operat(?:e|es|ed)|keep|keeps|situated|access(?:ed|ible)?|sent|maintain(?:ed)?) (?:[\w,/]+ ){0,9}(?:in|to|from|outside|within|at)
public:
  (?:public|open|group|in-game) (?:chats?|director(?:y|ies)|listings?|channels?|calendar) ; (?:read|seen|viewed|found) by (?:everyone|anyone|any|all|the public|others) ;
  what (?:other|others|another) (?:\w+ )?(?:write|writes|post|posts|say|publish)\w* ; anything you (?:write|post|publish|share) ; before you post ;
  forums? ; message boards? ; bulletin boards? ; (?<!subscribe to our )(?<!subscribe to the )blogs?(?! (?:posts?|newsletter|subscri)) ;
  user contributions ; cached and archived ;
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
  links? (?:to|leading|from|that|on|with) ; hyperlinks? ;
  (?:contains?|includes?|provide|create|have|offer|place|follow|click(?:ing)?)s? (?:\w+ ){0,3}links? ;
  linked (?:sites?|website|services?|pages?) ; linking ; link (?:only )?to ; linked ; these links ;
  external (?:sites?|website|links?|content)
othersite:
  (?:other|such|those|these|external|third part(?:y|ies)|third party's|their|many other|linked|partner|outside|non-\w+|destination)(?:'s?)? (?:\w+ )?(?:website|sites|applications?|apps|services)(?!\s+providers?) ;
  that other website ;
  privacy policy of (?:the|that|those|each|such) (?:compan|third|other|provider|site|operator)\w* ;
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
good-faith:
  believe (?:\w+ ){0,8}(?:necessary|required|appropriate|requires) ; good[- ]faith ; special circumstances
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
  installer ; the installation ;
  (?:when|that|if|after|notice of|notify \w+ (?:of|that)) (?:\w+ ){0,5}install(?:s|ed|ation|ing)? ;
  installation (?:notices?|notifications?|process|information|data) ;
  install(?:s|ed|ation|ing)? (?:of )?(?:the |our |your )?(?:\w+ )?(?:software|product|server|application|client) ;
  activation (?:data|notice|record) ; licen[cs]e (?:key|activation|check|validation) ; successful installation ;
  update check ; checks? for updates
child:
  child(?:ren)?(?:'s)? ; minors? ; under (?:the )?(?:age of )?(?:\d\d|thirteen|fourteen|sixteen|eighteen) ;
  younger than ; parents?(?: or (?:legal )?guardians?)? ; guardians? ; kids? ; coppa ;
  at least (?:13|14|15|16|18|thirteen|sixteen|eighteen)(?: years)?(?! (?:users|char|days|people|runners|customers|cust|individuals|persons|months)) ;
  aged? (?:\w+ )?1[0-8] ; younger (?:children|users|people) ; over (?:the age of )?(?:13|16|18) ;
  age of (?:13|14|16|18|majority|thirteen|sixteen|eighteen) ; teen(?:ager)?s? ; parental
california:
  california(?:n|ns)? ; ccpa ; cpra ; shine the light ; civil code ; business and professions code ; calopp[ae] ;
  do not sell(?: or share)? my
dnt:
  (?<!we )(?<!will )(?<!services )(?<!they )do[ -]not[ -]track(?! your| you| users| visitors| the| any) ; dnt ;
  global privacy control ; gpc ; browser signals? ; opt-out (?:preference )?signals? ; over time and across
breach:
  (?:an|any|serious) incidents? ;
  (?:data|security|privacy|personal information)[ -](?:breach(?:es)?|incidents?) ;
  breach(?:es)? of (?:security|your|personal|data) ; breach notification ; in the event of a breach ; compromised ;
  unauthori[sz]ed access occurs ; incident response ; security incident ; wrong hands ; (?:data|information|it) (?:is|are|has been|have been|was|were) (?:lost|stolen|leaked|hacked)
authority:
  (?:data protection |supervisory |privacy |competent |regulatory |local )authorit(?:y|ies) ; supervisory ;
  information commissioner\w* ; ico\b ; cnil
recourse:
  dispute[ -]resolution ; arbitrat(?:e|ion|or) ; mediat(?:e|ion) ; lodge a complaint ;
  complain(?:ts?)? (?:\w+ ){0,2}(?:to|with) ; right to complain ; file a complaint ; jams ; ombuds(?:man|person) ;
  federal trade commission ; ftc ; not (?:been )?(?:satisfactorily|satisfied|resolved|happy) ; not satisfied ;
  unresolved ; liaison ; cnil ; adr ; escalate ; independent (?:recourse|dispute) ; better business bureau ;
  watchdog ; (?:information|privacy|data protection) commissioner ; (?:unhappy|dissatisfied|not (?:happy|content)) (?:with|about) ; turn to
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
  legal (?:department|team) ; eu representative ; representatives? ; grievance officer ;
  responsible for (?:the )?(?:data|processing) ; data controller ; controller
fee:
  fees? ; charge[sd]?(?! for (?:our|the) (?:service|product)) ; free of charge ; no cost ; without charge ;
  administrative cost
deadline:
  within (?:\w+[ -])?(?:\w+ )?(?:\(?\d+\)? ?)?(?:business |working |calendar )?(?:days?|weeks?|months?|hours|time ?frame|period) ;
  without undue delay ; reasonable (?:time|timeframe|time frame|period|timescale) ; time ?frame ;
  as soon as (?:possible|practicable|reasonably) ; promptly ; timely ; provide (?:\w+ ){0,4}a date ;
  extend this period ; one month ; thirty days ; (?:30|45|60|90) days
explain:
  explanation ; explain(?:s|ed)? (?:the|why|our) ; (?:tell|inform) you (?:why|of the reasons?|about the reasons?) ;
  reasons? (?:for|why) ; deny ; denied ; not (?:be able to )?(?:accommodate|grant|fulfil|act on|comply with) (?:\w+ ){0,2}requests? ; den(?:y|ial) ; refus(?:e|es|ed|al) ; reject (?:your|a|any) request ;
  unreasonabl[ey] ; burdensome ; manifestly unfounded ; excessive ; repetitive
legal-basis:
  legal (?:basis|bases|ground|grounds|justification) ; on the basis of ; legitimate interests? ;
  lawful (?:basis|bases|ground) ; perform(?:ance)? (?:of )?(?:a |the |our |your )?contract ;
  necessary for the performance ; art(?:icle|\.)? 6 ; basis for (?:collecting|processing|using) ;
  (?:where|if|when|because) (?:we have )?(?:you have given |obtained )?your consent ; we have your consent ;
  vital interests ; public interest ; balancing (?:test|of interests)
legal-ground:
  (?:applicable )?laws?(?! firm) ;
  legal(?:ly)? (?:obligations?|process|requests?|requirements?|rights|claims?|duty|duties|proceedings?|required|compelled) ;
  subpoenas? ; court(?:s)?(?: orders?)? ; judicial ; warrants? ; government(?:al)? ; law enforcement ;
  (?:public |competent |supervisory )?authorit(?:y|ies) ; regulators? ; national security ; fraud(?:ulent)? ;
  illegal ; criminal ; crimes? ;
  (?:protect|defend|establish|exercise|enforce)(?:ing)? (?:\w+ ){0,6}(?:rights|property|safety|claims|agreements?|interests of) ;
  enforce (?:our|the|this|any|these) ; enforcing (?:our|the|this) ; enforcement of ; safety ; physical harm ;
  personal safety ; the safety ; prevent (?:\w+ ){0,3}(?:harm|fraud|abuse|loss|injury) ;
  violations? of (?:our|the|this|law) ; investigat(?:e|ing|ion|ions) ; emergenc(?:y|ies) ; urgent circumstances ;
  tax (?:law|authorit|obligation) ; security or technical issues ; abuse ; rights,? property ; legal claims ;
  defend (?:against|ourselves)
legal-req:
  required (?:by (?:applicable )?law|to (?:disclose|share|provide|hand|release|report) (?:\w+ ){0,6}(?:law|authorit|govern|court|police|requests?)\w*) ; lawful requests? ; court orders? ; subpoenas? ; legal process ; public authorities ;
  comply with (?:\w+ ){0,3}(?:laws?|legal|court|regul\w+|subpoena|order) ; respond to (?:\w+ ){0,3}(?:legal|lawful|government|law enforcement|subpoena|court)\w* ; oblige[sd]? (?:us )?(?:by law )?to (?:report|disclose|hand)
merger:
  bought by ; taken over by ; change(?:s)? hands ; (?:is|are|were|was|be) sold(?! to (?:third|anyone)) ; subject to (?:a different|another|a new) privacy policy ; sold to another ;
  merg(?:e|es|ed|er|ers|ing) ;
  acqui(?:re|red|res|rer|rers|sition|sitions|ring)(?! (?:a |the )?(?:licen|product|data|information)) ;
  sale of (?:all|substantially|our|the|some|its|a|part|assets|business) ; bankruptc(?:y|ies) ; insolvency ;
  reorgani[sz]ation ; corporate (?:transaction|restructuring|change) ; change (?:of|in) (?:control|ownership) ;
  due diligence ; diligence ; divest(?:iture|ed) ; successors? ;
  transfer of (?:all|assets|our|the) ?(?:assets|business)? ; buyer ; purchaser ;
  sell (?:our|the|all|part of our|its|any) (?:company|business|assets|part) ; proposed transaction
wait:
  before (?:the |any |they |these )?(?:change|changes|becoming|take|it takes) ;
  prior to (?:the |any |becoming |implementing)
frame:
  promise to (?:respect|look after|be) ; wants? you to (?:know|understand|feel) ;
  recogni[sz]es? the (?:need|importance) ;
  we (?:\w+ )?(?:know (?:that |how )|respect|value|understand (?:that|how)|appreciate|believe (?:that )?(?:you|your|privacy|in|everyone)|care|recogni[sz]es? (?:the|that)|are (?:\w+ )?(?:committed|dedicated|pleased|proud)) ;
  is (?:\w+ )?(?:important|a priority|committed|our priority) ; thank you for ; please read ; welcome to ;
  your trust ; committed to (?:protecting|safeguarding|respecting|your|the) ;
  takes? (?:\w+ )?privacy (?:\w+ )?seriously ; table of contents ; in plain (?:english|language) ; we want you to ;
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
  be sure to ; make sure ;
  we (?:\w+ )?(?:urge|encourage|recommend|advise|suggest)(?: and \w+)? (?:\w+ ){0,3}(?:you|that you|users|customers|all|visitors) ;
  we ask that you ; encourages? you ; urges? you ; recommends? that ;
  you should (?:review|read|check|always|keep|choose|never|not|be careful|also|log|take) ;
  please (?:review|read|check|consult|see|refer|visit|be aware|keep|do not|be careful|choose|take|remember|familiari|exercise) ;
  (?:it is )?your responsibility ; you are responsible ; you must (?:keep|not) ; never share ;
  (?<=^|, |please |; )do not (?:access|use|send|provide|submit|disclose|share) ; always log ; never give ;
  we strongly ; are encouraged to ; check the ; keep your password ; be (?:careful|cautious)
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
