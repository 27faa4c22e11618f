import { readPhrases } from './read-phrases.ts'

/** Who acts or receives (fragments of regular expressions over the normal form). */
export const parties = readPhrases(String.raw`
third:
  third part(?:y|ies)(?:'s?)? ;
  other (?:\w+ )?(?:companies|parties|organi[sz]ations|businesses|entities|people|persons|users) ; others ; anyone ;
  outside (?:of )?(?:we|our|the company) ; another company ; partners?(?! (?:website|login)) ; advertisers? ;
  resellers? ; distributors? ; affiliat(?:e|es|ed)(?: (?:companies|entities))? ; subsidiar(?:y|ies) ;
  parent company ; joint ventures? ; group companies ;
  (?:companies|members|entities) (?:in|of|within) (?:our|the|its) (?:\w+ )?group ; sponsors? ; publishers? ;
  recipients? ; agents ; contractors? ; professional advis[eo]rs ; auditors? ; lawyers ; insurers ; banks? ;
  carriers? ; couriers? ; (?:debt|collection) (?:collectors?|agenc(?:y|ies)) ; (?:health )?insurers? ; insurance compan(?:y|ies) ; physicians? ; doctors? ;
  hospitals? ; laborator(?:y|ies) ; pharmac(?:y|ies) ; (?:other|network|tour) operators ; (?:credit|reference|recruitment|government|public) agenc(?:y|ies) ; universit(?:y|ies) ; schools? ; hotels? ; airlines? ; charities ; publicly ; data brokers? ; ad networks? ; advertising (?:networks?|partners?) ;
  your (?:employer|administrator|organi[sz]ation) ; co-branded ; public
partner:
  (?<!service )(?<!cloud )(?<!hosting )partners? ; resellers? ; distributors? ; affiliat(?:e|es|ed) ; advertisers? ;
  subsidiar(?:y|ies)
pact:
  promised in writing ; undertaken ; pledged ;
  (?:concluded|entered into|signed?|signs|have|has|under) (?:\w+ ){0,3}(?:contracts?|agreements?|addend\w+|undertakings?|dpas?) ;
  data processing (?:agreements?|addend\w+|contracts?|terms) ; contractual(?:ly)? ;
  confidentiality (?:agreements?|obligations?|undertakings?|duties) ; non-?disclosure agreements? ; under contract ;
  bound by
group:
  affiliat(?:e|es|ed)(?: (?:companies|entities))? ; subsidiar(?:y|ies) ; parent company ; joint ventures? ;
  group companies ; (?:companies|members|entities) (?:in|of|within) (?:our|the|its) (?:\w+ )?group ;
  common control
vendor:
  (?:sent|hosted|stored|processed|managed) (?:through|via|with) (?!our|your|the|an?\b|secure|encrypt|tls|ssl)\w+ ; an? (?:\w+ )?(?:provider|supplier|processor|contractor)(?: (?:that|who|which|works)) ;
  host(?:s|ed)? (?:\w+ ){0,4}(?:with|by|at) (?!our|your|the|us\b)\w+ ;
  use (?!cookies|data|information|it|them|this|these|tls|ssl|encryption|technology|beacons|software|email|analytics|passwords?|firewalls?|personal)\w+ (?:for (?:support|hosting|email|payments?|billing|storage|customer|our newsletter)|to (?:host|send our|handle our|process payments)) ;
  (?:companies|businesses|firms|organi[sz]ations|people|others|those) (?:that|who|which) (?:\w+ ){0,2}(?:provide|perform|help|assist|support|work|process|carry out|supply)(?! you| their own) ;
  (?:mailing|advertising|fulfil\w+|call|print) (?:house|agency|cent\w+|shop)s? ;
  (?:third party )?(?:service|hosting|cloud|infrastructure|payment|it|email|mailing|technology|logistics|storage|analytics|support|solution) (?:service )?(?:providers?|vendors?|suppliers?|companies|partners?|processors?) ;
  third party (?:providers?|vendors?|suppliers?|contractors?|processors?|companies) ; vendors? ; suppliers? ;
  subprocessors? ; processors? ; (?:sub)?contractors? ; agents ;
  (?:hire|engage|employ|use|retain|contract with|work with)(?:s|d)? (?:\w+ )?(?:other|third part\w+|outside|external|trusted|selected) (?:companies|businesses|individuals|parties|firms|people|organi[sz]ations)? ;
  outsourc(?:e|ed|ing) ; companies and individuals ; data processors? ;
  rel(?:y|ies) on (?!your|an?\b|the\b|our|legitimate|consent|standard|adequa|law)[\w-]+ (?:\w+ )?(?:to|for) (?:store|host|send|process|deliver|provide|handle|run|operate) ;
  (?:it|cloud|hosting|email|printing|logistics|shipping|delivery|mailing|postal|courier) (?:companies|providers?|services?|firms?) ;
  (?:call|data|contact|service|fulfil\w+) cent(?:er|re)s?(?: operators?)? ; printers ; (?:billing|payroll|mailing|cleaning|software|shipping|delivery|logistics) (?:companies|compan(?:y|ies)|firms?|houses?|services?|specialists?) ;
  freelancers? ; consultants ; outside companies ; providers? (?:who|that|of|such|like|for|in|to|based) ; these providers ; such providers ;
  our providers
to-party:
  ^(?:[-•*] )?(?:to|with) (?:our |third |other |any |the |certain |a |selected |trusted )*(?:\w+,? ){0,2}(?:part(?:y|ies)|compan(?:y|ies)|providers?|vendors?|contractors?|affiliates?|subsidiar(?:y|ies)|partners?|buyers?|successors?|advis[eo]rs|authorit(?:y|ies)|agents|suppliers?|resellers?|advertisers|publishers|insurers?|law enforcement|courts?|users|members|consultants|processors)
on-behalf:
  (?:is|are|be) engaged to ;
  (?:companies|businesses|firms|people) (?:that|who|which) (?:\w+ ){0,2}(?:provide|perform|help|assist|support)(?! you| their own) ;
  host(?:s|ed)? (?:\w+ ){0,4}(?:with|by|at) ; for (?:support|hosting|email|payments?|billing|storage) ;
  work(?:s|ing)? for us ; (?:who|that|which) (?:help|assist|send|store|host|print|deliver|process|maintain|run) ; (?:is|are) (?:sent|hosted|stored|run|operated|printed|processed|delivered|provided) by ; need access to ; needs? (?:your|the|this|that) (?:\w+ ){0,2}(?:address|data|information|details|number|name)s? ; (?:sent|hosted|stored|processed|delivered|managed) (?:through|via|with|using) ;
  on (?:our|its|their) behalf ; on behalf of (?:we|us|our) ; for us ; to (?:help|assist|support) us ;
  assist(?:s|ing)? us ; help(?:s|ing)? us ;
  to (?:perform|provide|deliver|process|host|operate|run|carry out|fulfil|manage|send|mail|print|ship|store|handle|maintain|bill|translate) ;
  such as (?:hosting|processing|handling|payment|delivering|shipping|email|customer|cloud|billing|data) ;
  perform(?:s|ing)? (?:\w+ )?(?:functions|services|tasks|work) ;
  for (?:storage|hosting|billing|payment|shipping|delivery|analytics|support|email|our|the|sending|customer|credit|cloud) ;
  under our instructions ; on our instructions
they:
  ^(?:however, |also, |in addition, )?(?:they|these|those|such|all|each|every|any|our)(?: \w+){0,4} (?:are|is|may|must|will|have|has|sign|agree|can|shall|do|only)
bound:
  nothing else ; only for (?:these|this|that|those) (?:task|purpose|job)s? ;
  (?<!you )must (?:follow|only|keep|protect|comply|treat|observe|maintain|sign|safeguard|respect|adhere) ;
  promised ; undertaken ; pledged ; forbid(?:s|den)? ; for anything else ; duty of (?:confidence|confidentiality|secrecy) ; (?:any|no) other use ; according to our instructions ;
  not (?:be )?(?:allowed|permitted) to ; sworn ;
  (?<!you are )(?<!you are not )(?:required|obliged|obligated|bound|contracted|committed) (?!by (?:law|applicable|the law|regul|government)|to (?:by|disclose))(?:\w+ ){0,3}(?:to|by|not) ;
  contractual(?:ly)? ; prohibit(?:s|ed) ; not (?:be )?(?:permitted|allowed|authori[sz]ed) to ;
  permitted (?:only )?to ; only (?:be )?(?:permitted|allowed|authori[sz]ed) ;
  may (?:only|not) (?:use|access|process|share|disclose|retain|obtain) ; agree(?:s|d)? (?:\w+ )?(?:to|not) ;
  confidential(?:ity)? ; non-?disclosure ; data processing (?:agreements?|addend\w+|contracts?|terms) ;
  sign(?:s|ed)? (?:an?|our) ; under contract ; written (?:contracts?|agreements?) ;
  (?:require|requires|oblige|obliges|ask|expect|expects) (?!you|us|that you|your)(?:that )?(?:\w+ ){0,4}(?:to|will|must) ;
  restrict(?:s|ed|ing)? (?:\w+ ){0,5}(?:use|using|from|to|usage|access|by) ; same (?:level|standards?|obligations) ;
  acceptable use ; held to ; equivalent (?:protection|obligations) ;
  not (?:\w+ )?(?:use|share|pass|disclose|retain|sell) (?:it|the|this|them|your|such|any)(?: \w+)? ?(?:for any|for other|with any|except|other|to any|further)?
californian:
  (?:live|living|resident|based) in california ; california residents? ; californians? ; resident of california ; reside in california
european:
  european (?:economic area|union) ; eea ; eu (?:residents?|citizens?) ; gdpr ; uk residents? ; switzerland ;
  swiss
administrator:
  administrators? ; admin ; employer ; your organi[sz]ation
`)
