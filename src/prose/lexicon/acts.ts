import { readPhrases } from './read-phrases.ts'

/** What somebody does, by the words prose uses for it (fragments of regular expressions over the normal form). */
export const acts = readPhrases(String.raw`
collect:
  learn(?:s|ed)? (?:your|the) ;
  keeps? track of ; note[sd]? (?:the|your) ;
  collect(?:s|ed|ing|ion)? ; gets?(?= (?:your|the|their|some|an?) (?:\w+ )?(?:names?|emails?|address|phone|information|data|details|profile|photo)) ; gather(?:s|ed|ing)? ; obtain(?:s|ed|ing)? ; receive[sd]? ; receiving ;
  (?<!(?:your|our|the|a|of|any|medical|patient|these|their|such|keeping|good|those|customer|donation|health|criminal|personal) )record(?:s|ed|ing)?(?! (?:keeping|linkage)) ; registers? (?:the|your|which|whether) ; capture[sd]? ; capturing ; solicit(?:s|ed)? ; acquire[sd]? (?=\w* ?(?:data|information)) ;
  logs?(?= (?:your|the|which|how|what|when|who|ip|device|all|every|each|data)) ; logged ; read(?=s? your) ; captur(?:e|ing) ;
  read (?=your) ; (?:buy|purchase|rent)s? (?:\w+ )?(?:lists?|data|records)
asks:
  (?:also )?need (?:the|your|to know (?:the|your)) ; need to (?:register|provide|enter|give) ; must (?:register|provide|enter|give) ;
  asks?(?: you)?(?: to provide| for)? ; asked ; request (?:that you|you|your) ; requested to provide ;
  require you to ; required to (?:provide|enter|give|supply|state|disclose) ; (?:are|is|be) asked (?:for|to (?:give|provide|enter|state|supply)) ; prompt(?:s|ed)? (?:you|for) ; need your ;
  must provide ; have to provide
supply:
  you (?:\w+ )?(?:provide|submit|give|enter|upload|supply|furnish|volunteer|register|share with us|send|fill|post|order|buy|contact us|apply|sign up|create an account|make a purchase|place)\w* ;
  (?:applicants?|candidates?|customers|users|visitors|members|parents|students|patients|participants|volunteers|guests) (?:may |can |must )?(?:\w+ )?(?:submit|provide|give|enter|supply|upload|send|complete|fill)\w* ; provided by you ; submitted by you ; provide(?:d|s)? (?:to )?us ; giv(?:e|en|es|ing) us ; send(?:ing)? us ;
  tell us ; fill(?:ing)? (?:in|out) ; supplied
use:
  (?<!terms of )(?<!your )(?<!able to )use[sd]?(?! of (?:our|the|this|such|these)) ; using ;
  (?<!legal )(?<!judicial )process(?:es|ed|ing)?(?! (?:or|served|of law)) ; analy[sz](?:e|es|ed|ing) ;
  utili[sz](?:e|es|ed|ing) ; rely on ; rel(?:y|ies) on ; need (?:your|this|it|them) ; handle[sd]?
share:
  hand(?:s|ed)? (?:\w+ ){1,3}to ; known to (?:third|other) ; given out ;
  (?:seen|viewed|accessed|obtained|received) by (?:our|third|other|the|those|any (?!one)) ; share[sd]? ; sharing ; make[s]? (?:\w+ ){1,9}available to ; (?:partner|special relationships?) with ; (?:compan\w+|providers?|vendors?|partners?|contractors?|they) (?:may|can|will) (?:only )?access (?:your|the|personal|customer) ; disclos(?:e|es|ed|ing|ure|ures) ;
  provid(?:e|es|ed|ing) (?!you\b|us\b|for\b)(?:\w+ ){0,5}(?:to|with) ; pass(?:es|ed|ing)? (?:\w+ ){0,6}(?:on|to|along) ;
  passed ; releas(?:e|es|ed|ing) ; (?:transmit|forward|send|submit)(?:s|ted|ed)? (?:\w+ ){0,8}to (?:the|our|an?) (?:\w+ ){0,2}(?:agenc(?:y|ies)|compan(?:y|ies)|providers?|partners?|carriers?|banks?|insurers?|authorit(?:y|ies)|firms?) ; transmit(?:s|ted)? (?:\w+ ){0,4}to ; accessible to ; transfer(?:s|red|ring)? ;
  reveal(?:s|ed)? ; hand(?:s|ed)? (?:over|to) ; hand (?:\w+ ){1,3}over ; goes? to (?:the|a|our) ; hand over ; make available to ; made available to ;
  giv(?:e|es|en) (?:\w+ ){0,4}to ; forward(?:s|ed)? ; report(?:s|ed)? (?:\w+ ){0,4}to ; send (?:your|it|them|this|these|data|information|personal|such) (?:\w+ ){0,3}to ;
  sent to ; given to ; supplied to ; distribute[sd]? ; exchange[sd]? ; provide(?:d)? to ; have access to ;
  access to
sell:
  trade in ; for sale ; money from (?:selling |your )?(?:data|information)? ;
  sell(?:s|ing)? ; sold ; rent(?:s|ed|ing)?(?! a\b) ; leas(?:e|es|ed|ing) ;
  trad(?:e|ed|ing) (?:away )?(?:your|personal|any|it|them|customer|user) ; moneti[sz]e ;
  sale of (?:your |any )?(?:personal|data|information|user|customer) ; broker(?:s|ed)? (?:your|personal)
keep:
  (?:back-?ups?|copies|log files|logs) (?:\w+ ){0,3}(?:overwritten|rotated?|recycled|expire) ; retain(?:s|ed|ing)? ; retention ; (?:vanish|disappear|rotat|discard|flush)\w* ; (?:is|are) cleared ;
  ke(?:ep|eps|pt) (?:\w+ ){0,6}(?:for|as long|until|only|longer|no longer|up to|as required|in our) ; kept ;
  keep (?!(?:\w+ ){0,4}(?:confidential|secret|safe|secure|private|accurate|informed|current|up to date))(?:your|it|them|personal|this|these|such|records|information|data|\w+ (?:data|information|records|logs)) ;
  stor(?:e|es|ed) (?:\w+ ){0,8}(?:for (?:as long|a period|up to|\d|the duration|\w+ (?:days|months|years))|until|as long as|no longer) ;
  hold (?:your|it|them|the|this) (?:\w+ )?for ; archiv(?:e|es|ed) ; expir(?:e|es|ed) ;
  (?:delet|eras|remov|destroy|shred|overwrit|purg)\w+ (?:\w+ ){0,5}(?:after|once|as soon as|when no longer) ; preserv(?:e|ed)
store:
  stor(?:e|es|ed|ing|age) ; host(?:ed|s|ing)? ; located ; maintain(?:s|ed)? (?:on|in|at)
erase:
  delet(?:e|es|ed|ing|ion) ; eras(?:e|es|ed|ing|ure) ; remov(?:e|es|ed|ing|al) ; destroy(?:s|ed)? ;
  purg(?:e|es|ed) ; wip(?:e|es|ed|ing) ; dispos(?:e|es|ed|al) ;
  (?:cancel|close|terminate) (?:your|the|an?) account ; be forgotten ; overwritten ; scrub(?:bed)? ; shred(?:ded|s)?
correct:
  correct(?:s|ed|ing|ion)?(?! (?:person|parent)) ; rectif(?:y|ied|ication) ;
  updat(?:e|ing) (?:or |and )?(?:\w+ )?(?:your|any|it|them|these|personal|inaccura) ;
  amend (?:your|any|or|it|personal|inaccurate) ; modify (?:your|any|or|it|personal) ;
  chang(?:e|ing) (?:or \w+ )?(?:any of )?(?:your(?! (?:\w+ )?(?:preferences|settings|browser|cookie|subscription|mind|choices|choice))|the personal|personal|it|this|that|or delete|or correct) ;
  edit (?:your|or|it) ; (?:can|may) (?:\w+ )?(?:edit|amend|correct|update|change) (?:the|their|his|any|this) ; keep (?:\w+ ){0,4}(?:accurate|up to date|up-to-date|current) ; accura(?:te|cy) ;
  inaccura(?:te|cies) ; incomplete ; out of date ;
  (?:tell|inform|notify) us (?:\w+ )?(?:if|when|of) (?:\w+ ){0,3}chang(?:e|es) ; put right
see:
  access (?:to )?(?:your|to your|the personal|personal|it|them|the information|this) ;
  access(?:,| and| or) (?:view|review|correct|update|change|delete|rectify|edit|modify|obtain|amend) ;
  right of access ; right to (?:access|know|obtain|see|receive a copy) ; view(?:,| your| or| and| the| personal) ;
  review (?:your|and (?:update|correct|delete|change|request|edit)|or|,|the (?:personal )?information (?:we|you)) ;
  copy of (?:your|the|all|any|personal|it) ; copies of your ;
  (?:see|view|check|look up) (?:and \w+ )?(?:everything|all) ; request (?:a file|copies|all) ; see (?:the|what|your|which|their|his) (?:own )?(?:personal |information|data) ; inspect ; request (?:reasonable )?access ;
  find out (?:what|whether|if) ; seeks? access ; access to (?:\w+ ){0,2}your (?:information|data) ; (?:can|may) (?:\w+ )?(?:review|view|access|inspect|obtain|download) their ; obtain (?:confirmation|a copy|information about) ;
  ask (?:us )?(?:what|for a copy|which) ; reasonable access ; subject access ; everything we (?:know|hold|have) ;
  what we (?:know|hold|have) (?:about|on) you ; whether we (?:hold|process|have|store) ; look at (?:your|the) ; know what (?:\w+ ){0,3}we (?:hold|have|keep|store)
restrict:
  processing (?:\w+ ){0,3}restricted ;
  restrict(?:s|ed|ing|ion)? (?:of |the )?(?:our )?(?:processing|use|how) ;
  limit(?:ing|ation)? (?:of |the )?(?:our )?processing ; suspend (?:the )?processing ; block (?:the )?processing ;
  restriction of ; (?:data|processing|it) (?:frozen|paused|suspended|blocked|put on hold) ; (?:stop|pause|freeze|suspend)\w* (?:using|processing|the use of) (?:\w+ ){0,4}(?:while|until|pending)
object:
  object(?:s|ing|ion)?(?: at any time)?(?: to| against) ; (?:may|can) object ; right to object ; stop processing ;
  stop using your(?! (?:\w+ ){1,3}(?:while|until)) ; no longer use your (?:information|data|personal) ; right of objection
port:
  portab(?:le|ility) ; download (?:all |a copy of |of )*(?:your|the data|them) ;
  (?:as|in) (?:an? )?(?:csv|json|gpx|xml|zip|excel) ; (?:in|as) an? (?:\w+ ){0,3}(?:electronic|digital|open|standard) (?:format|form|file) ; machine[ -]readable ;
  transfer (?:your |the )?(?:personal )?(?:data|information|it|them) to (?:another|a third|a different) ;
  transmit (?:\w+ ){0,4}to another ; export your ; commonly used format ; structured, commonly ;
  take (?:your|it) (?:data )?(?:with you|elsewhere)
protect:
  (?<!data )protect(?:s|ed|ing|ion)?(?! (?:manager|team|lead|commissioner|laws?))(?! (?:the |our |your |their |its )?(?:rights|safety|property|interests|ourselves|personal safety)|,? (?:and |or )?defend)(?! (?:officer|authorit|regulation|act|law|commission|agenc|the rights|our rights|and defend)) ;
  safeguard(?:s|ed|ing)? ; secure[sd]?(?! (?:your consent)) ; security(?! (?:bulletins?|notices?|alerts?|services|deposit|number|codes?)) ; guard(?:s|ed)? (?=\w) ; lock(?:ed)? (?:away|up|cabinets?|rooms?) ;
  encrypt(?:s|ed|ion)? ; firewalls? ; unauthori[sz]ed ; intrusion ; penetration test(?:s|ing)? ;
  vulnerabilit(?:y|ies) ; hashed ; salted ; two-factor ; multi-factor ; access controls? ; controlled environment ;
  misuse[sd]?
contact:
  contact(?:s|ed|ing)? (?:us|our|the|your|me|him|her|customer|support|legal|\w+@|a |at|via|through) ; contact we ;
  reach us ; write (?:an? \w+ )?to ; write us ; email(?:ing)? (?:us|to|\S{1,60}@\S+) ; call us ; get in touch ;
  reached (?:at|by|under|via) ; direct (?:your|any|them) ;
  send (?:us )?(?:an )?(?:email|letter|message|a request|your request) (?:to|at) ; calling ; by email at ;
  address your ; let us know ; advise us ; inform us ; notify us ; report (?:it|this|any)
notify:
  notif(?:y|ies|ied) (?:you|users|customers|merchants|affected|registered|the|our|all|each|every|any) ; notif(?:y|ied|ication)s? ;
  inform(?:s|ed)? (?:you|users|customers|affected|the (?:competent|supervisory)) ; let you know ;
  announc(?:e|es|ed) ; post(?:ing|ed)? (?:a|any|the|those|these|such|our|changes|an|updated|it) ; prominent(?:ly)? ;
  alert(?:s|ed)? you ; tell you ; will (?:\w+ )?(?:tell|inform|notify|alert) ; give (?:you )?notice ; advance notice ; be notified
change-policy:
  (?:chang(?:e|es|ed|ing)|updat(?:e|es|ed|ing)|revis(?:e|es|ed|ing|ion|ions)|amend(?:s|ed|ing|ment|ments)?|modif(?:y|ies|ied|ying|ication|ications)|new versions?|current version|latest version|then-current|replac(?:e|ed)) (?:\w+,? ){0,7}(?:policy|statement|notice|terms of this|document|this page|this information|our terms) ;
  (?:policy|statement|notice|version|document) (?:\w+ ){0,7}(?:chang(?:e|es|ed)|updat(?:e|ed|es)|revis(?:e|ed)|amend(?:ed)?|modif(?:y|ied)|effective) ;
  last[ -](?:updated|revised|modified|changed) ;
  (?:material|significant|substantial|substantive) (?:changes|modifications|revisions|amendments|updates) ;
  effective (?:as of|date|on|from|as) ; effective: ; check back ; previous versions? ; earlier versions? ;
  prior versions? ; version history ; new version (?:applies|takes|comes) ; version \d
changes:
  come back to this (?:page|policy) ;
  (?:important|minor|any|such|these|future|those|the|our|of|make) (?:changes?|modifications?|revisions?|amendments?|updates?)
agree:
  (?:you|your|customers?|users?) (?:\w+,? ){0,9}(?:consent|agree|accept|acknowledge) ;
  (?:constitutes?|represents?|means|signif(?:y|ies)|indicates?|implies|deemed|is considered) (?:\w+ ){0,4}(?:consent|agreement|acceptance|to have accepted) ;
  you are agreeing ; you are consenting ; hereby consent ; deemed to have
by-using:
  by (?:\w+,? ){0,6}(?:using|placing|ordering|joining|opening|accessing|visiting|browsing|purchasing|continuing|registering|submitting|providing|signing|clicking|downloading|choosing|creating|installing|entering|participating|interacting|voluntarily|engaging|ordering|subscribing) ;
  (?:your )?continued (?:use|access) ; continu(?:e|ing) to (?:use|access|visit|browse) ;
  your use of (?:our|the|this) (?:website|site|service|services|app|application|product|products|platform)(?: \w+){0,8} (?:means|constitutes|signifies|indicates|is|implies|represents) ;
  if you (?:do not (?:agree|accept)|disagree)
opt-out:
  not to (?:contact|call|write to|email|mail|phone|text) you ;
  stop (?:our|the|any|these|all) (?:\w+ )?(?:newsletters?|mailings?|emails?|messages|communications) ;
  opt-out ; unsubscrib(?:e|es|ed|ing) ;
  stop (?:receiving|the delivery|delivery|getting|us from|these|sending|such) ;
  withdraw(?:al|ing|n|s)? (?:of )?(?:your |this |that |any )?(?:consent|permission|agreement)? ;
  revok(?:e|ed|es|ing|able) ; choose not to (?:receive|have|be) ; prefer not to ; prefer to not ;
  do not (?:wish|want) (?:to receive|us to|to have|your|to get|this|to be) ; no longer (?:wish|want) to receive ;
  not to receive ; decline (?:to receive|these|them|such) ; turn(?:ing)? (?:off|this|it|them) ;
  disabl(?:e|ing) (?:analytics|tracking|this|these|personali) ;
  manage (?:your )?(?:\w+ )?(?:preferences|receipt|subscriptions?|settings|choices) ; choose (?:how|whether|which) ;
  email preferences ; communication preferences ; preference cent(?:er|re) ; unsubscribe link ;
  deactivate (?:this|these|the) ; rather not (?:hear|receive|get|be|have) ; (?:switch|turn)(?:ing|ed)? (?:off (?:\w+ ){0,3})?(?:tracking|ads|advertising|notifications?|messages|suggestions|recommendations|location|sharing|emails|personali\w+|reporting|advertising id)(?: off)? ;
  (?:change|manage|adjust) your (?:cookie )?(?:choices|consent) ; reset (?:or|your|the) ;
  (?:texting|reply(?:ing)?(?: with)?) stop ; do not want to (?:hear|get) ; allow (?:up to |at least )?(?:\w+ )?(?:business |working )?days ; block or (?:delete|reject) ; prevent (?:\w+ ){1,4}from ; opt you out ; opts you out ; wish to not have
opt-in:
  opt-in ; expressly (?:agree|consent|request) ; with your (?:prior |express |explicit )*(?:consent|permission) ;
  only if you (?:agree|have agreed|consent|ask) ; signed up
market:
  newsletter ;
  news about ; tell (?:you|them) about ; commercial emails? ; product information ;
  market(?:ing|s|ed)? ; promot(?:e|es|ion|ions|ional|ing) ; advertis(?:e|es|ing|ement|ements) ; special offers? ;
  offers (?:and|or|about|that|from|on|we) ; newsletters? ; product (?:news|updates|announcements) ;
  may (?:be of interest|interest you) ; of interest to you ; interest you ; mailings ; campaigns? ;
  commercial (?:communications|messages|emails?) ; offers ; (?:suggest|recommend)\w* (?:\w+ ){0,3}(?:products|services) ; new (?:products|features|services) ; discounts? ;
  tailored offers
message:
  receives? (?:\w+ ){0,2}(?:contact|calls|mailings?) ;
  mail you ; send(?:s|ing)? (?:\w+ )?emails? ; write to you ;
  send(?:s|ing)? (?:you|out|emails?|push|text|communications?|messages?|administrative|certain|mandatory|service) ;
  sent to you ; email(?:s|ed|ing)? (?:you|about|from|(?:\w+ )?(?:users|customers|members|subscribers|clients|donors|supporters))? ; communicat(?:e|es|ed|ing|ions?) ; contact(?:ing)? (?:you|merchants|customers|users|members|subscribers|donors|clients|them) ;
  messages?(?! boards?) ; notices? ; notifications? ; mailings? ; letters? ; sms ; text messages? ;
  push notifications? ; phone you ; call you ; alerts?
mandatory:
  (?:administrative|transactional|service[ -]related|non-promotional|non-marketing|operational|mandatory|essential|important|necessary|account[ -]related|security|billing|system|technical|service|non-commercial|required) (?:\w+ )?(?:bulletins?|messages?|emails?|mail|notices?|notifications?|communications?|announcements?|alerts?|updates?|correspondence) ;
  (?:email|mail|write|message|contact|notify|tell|text) you about (?:\w+ ){0,4}(?:billing|security|your account|your orders?|outages?|maintenance|your subscription|service changes|payments?) ; order confirmations? ; shipping (?:confirmations?|notices?|notifications?) ; receipts ; shipment tracking ;
  welcome (?:letters?|emails?|messages?) ; password resets? ; even if you (?:opt-out|unsubscribe|have) ;
  must (?:still )?send you ; recalls? ; whatever your preferences ; will (?:still|continue to) (?:receive|send|get|contact|email) ; may not be (?:canceled|cancelled|opt) ;
  cannot (?:opt-out|unsubscribe) ; not (?:able to|be able to) (?:opt-out|unsubscribe) ;
  necessary for (?:your|the) (?:account|service) ; administrative (?:reasons|purposes) ; (?:may|will|can|must) still (?:contact|send|email|write|receive|get) ; (?:regarding|about|concerning) (?:orders|your orders?|purchases) ; service announcements? ; (?:scheduled|planned|for|about|of) maintenance ;
  when (?:your|our) \w+ (?:changes?|expires?)
track:
  track(?:s|ed|ing)? ; monitor(?:s|ed|ing)? ; profil(?:e|es|ing) (?:of|you|users) ; follow(?:s|ing)? your ;
  recogni[sz](?:e|es|ing) (?:you|your|returning) ; identif(?:y|ies|ying) (?:you|users|your (?:browser|device))
combine:
  combin(?:e|es|ed|ing) ; link(?:s|ed|ing)? (?:to|with|it|this|your|the|them) ; merg(?:e|ed) (?:with|it) ;
  associat(?:e|ed) with ; connect(?:ed)? (?:it|this) with ; cross-referenc(?:e|ed) ; match(?:ed)? (?:with|against) ;
  append(?:ed)? ; supplement(?:ed)?
verify:
  ask (?:you )?for your password before ;
  verif(?:y|ies|ied|ying|ication)(?! email) ; prove (?:who you are|your identity) ; proof of (?:your )?identity ;
  confirm (?:your|the) identity ; authenticate (?:your|the) (?:identity|request) ; identification document ;
  photo id ; who you (?:say|claim) ; who is asking ; (?:sure|certain) (?:who|that you|it is) ; identity card ; (?:confirm|check) (?:who|that) you
answer:
  (?:requests?|they|it) (?:\w+ ){0,3}(?:are|is|will be) (?:\w+ )?(?:dealt with|handled|processed|completed) ; (?:may|might) need (?:up to |another |\w+ )?(?:\w+ )?(?:more )?(?:days|weeks|months|time) ; take longer ;
  respond(?:s|ed|ing)? ; reply ; answer(?:s|ed|ing)? ; process your request ;
  consider (?:your|any|all|each) request ; comply with (?:your|the|any|such) request ; act on your request ;
  fulfil(?:l)? (?:your|the) request ; deal with your request ; handle your request ;
  acknowledg(?:e|ement) (?:of )?(?:your|receipt)
subscribe:
  subscrib(?:e|es|ed|ing) ; newsletters? ; sign(?:ed)? up
`)
