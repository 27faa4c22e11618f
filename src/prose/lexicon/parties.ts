import { readPhrases } from './read-phrases.ts'

/** Who acts or receives (fragments of regular expressions over the normal form). */
export const parties = readPhrases(String.raw`
third:
  third part(?:y|ies)(?:'s?)? ;
  other (?:companies|parties|organi[sz]ations|businesses|entities|people|persons|users) ; others ; anyone ;
  outside (?:of )?(?:we|our|the company) ; another company ; partners?(?! (?:website|login)) ; advertisers? ;
  resellers? ; distributors? ; affiliat(?:e|es|ed)(?: (?:companies|entities))? ; subsidiar(?:y|ies) ;
  parent company ; joint ventures? ; group companies ;
  (?:companies|members|entities) (?:in|of|within) (?:our|the|its) (?:\w+ )?group ; sponsors? ; publishers? ;
  recipients? ; agents ; contractors? ; professional advis[eo]rs ; auditors? ; lawyers ; insurers ; banks? ;
  carriers? ; couriers? ; publicly ; data brokers? ; ad networks? ; advertising (?:networks?|partners?) ;
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
  (?:mailing|advertising|fulfil\w+|call|print) (?:house|agency|cent\w+|shop)s? ;
  (?:third party )?(?:service|hosting|cloud|infrastructure|payment|it|email|mailing|technology|logistics|storage|analytics|support|solution) (?:service )?(?:providers?|vendors?|suppliers?|companies|partners?|processors?) ;
  third party (?:providers?|vendors?|suppliers?|contractors?|processors?|companies) ; vendors? ; suppliers? ;
  subprocessors? ; processors? ; (?:sub)?contractors? ; agents ;
  (?:hire|engage|employ|use|retain|contract with|work with)(?:s|d)? (?:\w+ )?(?:other|third part\w+|outside|external|trusted|selected) (?:companies|businesses|individuals|parties|firms|people|organi[sz]ations)? ;
  outsourc(?:e|ed|ing) ; companies and individuals ; data processors? ;
  rel(?:y|ies) on (?!your|an?\b|the\b|our|legitimate|consent|standard|adequa|law)[\w-]+ (?:\w+ )?(?:to|for) (?:store|host|send|process|deliver|provide|handle|run|operate) ;
  (?:it|cloud|hosting|email|printing|logistics|shipping|delivery|mailing|postal|courier) (?:companies|providers?|services?|firms?) ;
  outside companies ; providers? (?:who|that|of|such|like|for|in|to|based) ; these providers ; such providers ;
  our providers
on-behalf:
  on (?:our|its|their) behalf ; on behalf of (?:we|us|our) ; for us ; to (?:help|assist|support) us ;
  assist(?:s|ing)? us ; help(?:s|ing)? us ;
  to (?:perform|provide|deliver|process|host|operate|run|carry out|fulfil|manage|send) ;
  such as (?:hosting|processing|handling|payment|delivering|shipping|email|customer|cloud|billing|data) ;
  perform(?:s|ing)? (?:\w+ )?(?:functions|services|tasks|work) ;
  for (?:storage|hosting|billing|payment|shipping|delivery|analytics|support|email|our|the|sending|customer|credit|cloud) ;
  under our instructions ; on our instructions
they:
  ^(?:however, |also, |in addition, )?(?:they|these|those|such|all|each|every|any|our)(?: \w+){0,4} (?:are|is|may|must|will|have|has|sign|agree|can|shall|do|only)
bound:
  promised ; undertaken ; pledged ;
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
  california residents? ; californians? ; resident of california ; reside in california
european:
  european (?:economic area|union) ; eea ; eu (?:residents?|citizens?) ; gdpr ; uk residents? ; switzerland ;
  swiss
administrator:
  administrators? ; admin ; employer ; your organi[sz]ation
`)
