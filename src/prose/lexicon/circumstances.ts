import { readPhrases } from './read-phrases.ts'

/** Turns of meaning: modality, negation, exceptions, conditions, reference back (fragments over the normal form). */
export const circumstances = readPhrases(String.raw`
negation:
  not ; never ; no ; nor ; neither ; without ; nobody ; cannot ; none
except:
  except ; unless ; other than ; only if ; only where ; only when ; only in the ; but only ;
  save (?:for|where|that|as) ; apart from ; excluding ; even if ; unless otherwise ; not overridden ; subject to ;
  but not
may-word:
  may ; might ; can ; could ; reserves? the right ; sometimes ; occasionally
reserve-right:
  reserves? the right ; at (?:our|its) (?:sole )?discretion ; sole discretion
refers-back:
  ^(?:however,? |also,? |in addition,? |for example,? )?(?:such|this|these|those|they|it|that|the same) ;
  (?:use|uses|need|needs|share|send|sends|store|keep|delete|process|decline to send|combine|set|sets) (?:it|them|this|these|those)(?= |$|\.) ;
  (?:such|these|those) (?!cases?|instances?)\w+|this (?:information|data|technolog|request|feature|use)\w*
example:
  ^for (?:example|instance) ; e\.g\.
term:
  (?:for )?(?:as|so) long as ; until ; (?:no )?longer than ; period of ;
  for (?:\w+ ){1,3}(?:days?|weeks?|months?|years?) ; (?:the )?duration of ;
  for (?:a |up to |at least |at most )?(?:\w+ )?\(?\d+\)? ?(?:\w+ )?(?:days?|weeks?|months?|years?) ; only as long ;
  after (?:\w+ ){1,4}(?:days|months|years|weeks) ; as (?:long as )?(?:is )?necessary ;
  no longer (?:\w+ )?(?:needed|necessary|required) ; indefinitely ; retention period
periodic:
  now and then ; once in a while ; every so often ;
  periodic(?:ally)? ; from time to time ; regularly ; frequently ; often ; check back ; at any time
purpose:
  (?:in order )?to (?!you|us|the|our|your|any|a |an |third|other|this|these|such|be|do|have|which|it|them|their|\w+ing|law|comply with (?:the )?request)\w+ ;
  for (?:the |our |these |those |such |various |internal |any |other )*(?:\w+ )?purposes? ; so (?:that )?we can ;
  in order to ; (?:used|processed) (?:\w+ly |only )?(?:in|for) ; helps? us ;
  for (?:marketing|analytics|research|billing|support|security|statistical|internal|business)
if-you:
  if you ; when you ; where you ; once you ; should you ; in case you ; unless you ; whenever you
right:
  (?:have|has) (?:the|a|certain|additional|several) (?:\w+ )?rights? ; right (?:to|of) ; your rights ;
  (?:you|users|customers|schools|parents|teachers|members|patients|residents|individuals|participants|applicants|guests|they) (?:may|can) (?:\w+ ){0,3}(?:request|ask|exercise|obtain|require) ; ask us (?:in writing )?to (?:delete|erase|remove|correct|stop|restrict|send) ; entitled to ;
  request (?:that|to|the|access|deletion|removal|correction|a copy) ; rights ; you would like us to ; upon request ;
  on request ; permits you ; data subject
this-request:
  (?:make|submit|exercise|send|file) (?:such |this |these |that |a |an |your |any )?(?:of (?:the|these|those|your) )?(?:\w+ )?(?:requests?|rights?) ;
  to exercise ; your request ; such (?:a )?request ; the request ; exercise (?:any|your|one|these)
do-this:
  do (?:this|so|that) ; doing so
compatible:
  compatible with ; purposes? for which (?:it|they|the|your) (?:\w+ ){0,3}(?:was|were|is|are) (?:\w+ )?(?:collected|obtained|gathered)
no-need:
  no (?:longer|ongoing|further|more) (?:\w+ ){0,4}(?:needs?|needed|reason|purpose|necessary|required)
despite:
  notwithstanding ; regardless of (?:anything|any) ; despite (?:anything|the)
new-purpose:
  (?:another|new|different|further|additional) purposes? ; purposes? other than
lists:
  (?:may |can )?includes?(?: the following)? ; such as
applies:
  appl(?:y|ies) ; govern(?:s)? ; covers? ; extends?
prevails:
  prevails? ; precedence ; more restrictive ; conflict(?:s)? ; will (?:govern|control) ; supersedes?
describes:
  describes? ; explains? ; sets out ; tells you ; outlines? ; informs?
effort:
  (?:reasonable|best|every) efforts? ; do our best ; try to ; endeavou?r ; strive
review:
  review(?:s|ed)? (?:the|each|every|all)
contains:
  links? to ; point to ;
  contains? ; includes? ; may (?:create|contain|include|provide|offer) ; links to ; have links? ;
  opportunit(?:y|ies)
connects:
  connect
mission:
  mission ; provides (?:arbitration|mediation) ; (?:is|as) an independent ; will then (?:serve|act)
restrict-them:
  (?:require|restrict|oblige)(?:s|d)?
found-at:
  (?:can|may) be found ; are listed ; is listed ; find (?:a list|our|the)
more-information:
  for (?:more|further|additional) information ; to learn more ; find out more ; more information ; learn how ;
  to see how
refer:
  refer(?:red|s)? ; submit(?:ted)? ; cooperat\w+
report-to-us:
  (?:tell|advise|inform|notify|contact|let) us ; report (?:it|this|any) ; us know
never-ask:
  never (?:ask|request|contact|send) ; not (?:ask|request) (?:you )?(?:for|to)
take-care:
  (?:take|takes|use|uses|employ|maintain|implement|have|has|apply|follow)s? (?:\w+,? ){0,7}(?:steps|efforts|measures|safeguards|precautions|procedures|technologies|controls|care) ;
  strive ; seek to protect ; test(?:s)? our ; train(?:ed|ing)
duty:
  (?:must|should|need to|responsible|responsibility|obliged|required|have to)
transmits:
  transferr?(?:ed|ing)? ; transmi(?:t|tted|ssion|ssions|tting) ; in transit ; exchanged?
not-aimed:
  (?:written|made) for adults ;
  not (?:\w+ )?(?:directed|intended|designed|aimed|targeted|meant|addressed|marketed|offered|appeal|structured|for (?:use by )?children) ;
  (?:intended|designed|meant) (?:only )?for (?:adults|businesses|people over|persons over) ;
  not (?:\w+ )?(?:attract|suitable)
accurate:
  accura(?:te|cy) ; up to date ; up-to-date ; current ; complete
relies:
  rel(?:y|ies) on ; depend(?:s)? on ; not responsible ; unable to
browser-fact:
  (?:most|all|many|major|some|modern|popular|each|every|your) (?:major )?(?:web )?browsers? (?:\w+ ){0,2}(?:accepts?|allows?|lets?|enables?|provides?|is|are|offers?|have|has|can|let|permit|support) ;
  help (?:pages?|menu|function|section|feature) ; privacy features ; browser.s (?:help|settings|instructions) ;
  many choices ; allaboutcookies
to-learn:
  to learn more ; learn how ; find out (?:more|how) ; for more information
authorized:
  not (?:associated|affiliated|authori[sz]ed|connected) ; (?:leading|linking) to (?:our|this|the) (?:site|website)
entities:
  entit(?:y|ies) (?:that|which) ; people (?:that|who|whom)
competent:
  (?:responsible|competent) for us ; (?:competent|responsible|lead) (?:supervisory |data protection )?authority (?:\w+ ){0,4}is ; authority (?:\w+ ){0,4}is the
choices:
  choices ; options
governed:
  governed by ; subject to (?:the|their)
weighing:
  legitimate interests?.{0,80}(?:overrid|weigh|balanc)\w* ; (?:overrid|weigh|balanc)\w*.{0,120}interests? ;
  where the processing is in our (?:\w+ ){0,5}legitimate interests? ; balancing
automated:
  automated (?:\w+[- ])?(?:decision|individual|processing)\w* ; profiling
cannot-word:
  cannot ; can not ; unable
own-policies:
  (?:have|has) (?:their|its) own (?:\w+ )?(?:privacy )?(?:policy|policies|terms|rules|practices)
consequence:
  (?:may|could|might|can|will|would) (?:\w+ )?(?:(?:be unable|not (?:\w+ )?(?:work|function|be able|be available))|affect|be (?:limited|prevented|unavailable|restricted)|limit)
`)
