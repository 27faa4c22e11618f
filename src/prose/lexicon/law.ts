import { readPhrases } from './read-phrases.ts'

/** Law, countries, authorities, minors, incidents and how requests are answered (fragments of regular expressions over the normal form). */
export const law = readPhrases(String.raw`
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
  (?:stor(?:e|es|ed|age)|process(?:es|ed|ing)?|transfer(?:red|s)?|host(?:s|ed)?|kept|held|locat(?:ed|ion)|leaves?|based|established|operat(?:e|es|ed)|keep|keeps|situated|access(?:ed|ible)?|sent|maintain(?:ed)?) (?:[\w,/]+ ){0,9}(?:in|to|from|outside|within|at)
good-faith:
  believe (?:\w+ ){0,8}(?:necessary|required|appropriate|requires) ; good[- ]faith ; special circumstances
child:
  child(?:ren)?(?:'s)? ; minors? ; (?:written|made|meant|intended|designed|only) for adults ; adult's account ; under (?:the )?(?:age of )?(?:\d\d|thirteen|fourteen|sixteen|eighteen) ;
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
  (?:something|anything) (?:goes|went|should go) (?:\w+ )?wrong ;
  (?:an|any|serious|security) (?:incidents?|breach(?:es)?) ; (?:a|the) breach(?! of (?:this|contract|our|the)) ; (?:go|goes|went) wrong with ;
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
  watchdog ; not (?:following|complying with|abiding by|adhering to) (?:\w+ ){0,4}(?:policy|statement|notice|principles) ; (?:information|privacy|data protection) commissioner ; (?:unhappy|dissatisfied|not (?:happy|content)) (?:with|about) ; turn to ; (?:bring|make|raise|submit|hears?) (?:an? )?complaints? ; press council ; (?:your|the|a) (?:national |local )?regulator
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
  enforce (?:our|the|this|any|these) ; enforcing (?:our|the|this) ; enforcement of ; safety(?= of| and| is|\.|$|,) ; public safety ; physical harm ;
  personal safety ; the safety ; prevent (?:\w+ ){0,3}(?:harm|fraud|abuse|loss|injury) ;
  violations? of (?:our|the|this|law) ; investigat(?:e|ing|ion|ions) ; emergenc(?:y|ies) ; urgent circumstances ;
  tax (?:law|authorit|obligation) ; security or technical issues ; abuse ; rights,? property ; legal claims ;
  defend (?:against|ourselves)
legal-req:
  (?:courts?|judges?|the law|authorit(?:y|ies)|the police|regulators?|governments?) (?:\w+ )?(?:orders?|requires?|compels?|obliges?|forces?|asks?) us ;
  required (?:by (?:applicable )?law|to (?:disclose|share|provide|hand|release|report) (?:\w+ ){0,6}(?:law|authorit|govern|court|police|requests?)\w*) ; lawful requests? ; court orders? ; subpoenas? ; legal process ; public authorities ;
  comply with (?:\w+ ){0,3}(?:laws?|legal|court|regul\w+|subpoena|order) ; respond to (?:\w+ ){0,3}(?:legal|lawful|government|law enforcement|subpoena|court)\w* ; oblige[sd]? (?:us )?(?:by law )?to (?:report|disclose|hand)
merger:
  (?:gets?|is|are|been) (?:bought|sold|acquired)(?! (?:to|from) (?:you|us)) ; new owners? ;
  bought by ; taken over by ; change(?:s)? hands ; (?:is|are|were|was|be) sold(?! to (?:third|anyone)) ; subject to (?:a different|another|a new) privacy policy ; sold to another ;
  merg(?:e|es|ed|er|ers|ing) ;
  acqui(?:re|red|res|rer|rers|sition|sitions|ring)(?! (?:a |the )?(?:licen|product|data|information)) ;
  sale of (?:all|substantially|our|the|some|its|a|part|assets|business) ; bankruptc(?:y|ies) ; insolvency ;
  reorgani[sz]ation ; corporate (?:transaction|restructuring|change) ; change (?:of|in) (?:control|ownership) ;
  due diligence ; diligence ; divest(?:iture|ed) ; successors? ;
  transfer of (?:all|assets|our|the) ?(?:assets|business)? ; buyer ; purchaser ;
  sell (?:our|the|all|part of our|its|any) (?:company|business|assets|part) ; proposed transaction
`)
