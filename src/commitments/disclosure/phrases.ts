/** How texts speak of hand-overs, by what each phrase stands for in a policy file; read over the normal form. */

export const clauses = {
  confidentiality: /confidential|non-?disclosure/u,
  'purpose-only':
    /(?:any|no) other (?:purpose|use|reason)|only (?:be used )?(?:for|to) (?:the|this|that|these|perform|provid|deliver)|restricted (?:from any|in their) us(?:e|age)|not (?:\w+ ){0,4}use (?:\w+ ){0,5}(?:for|except)/u,
  'need-only':
    /only (?:the )?(?:\w+ ){0,4}(?:they|it|he or she) need|necessary to (?:perform|deliver|provide)|need to know/u,
  'no-onward':
    /not (?:\w+ ){0,5}(?:further )?(?:disclose|share|pass|sell|transfer|distribute)|further (?:disclose|use|transfer)/u,
  'instructions-only': /\binstructions?\b/u,
  security: /\b(?:secur|safeguard|protect)\w*/u,
  'sub-processors': /sub-?processors? (?:\w+ )?(?:are|must|only)|engage (?:\w+ )?sub-?processors?/u,
  'return-or-erase': /(?:return|delete|erase|destroy) (?:it|them|the (?:data|information)|all)/u,
  audit: /\baudit/u,
  'breach-notice': /notify us|report (?:\w+ ){0,3}(?:breach|incident)/u,
  'this-policy':
    /(?:this|our) privacy policy|at least as protective|no less protective|same (?:level|standards?|protection)|equivalent protection|honou?r/u,
  'no-marketing': /not (?:\w+ ){0,6}(?:marketing|promotional|advertis)/u,
  'transfer-clauses': /(?:standard|model) contract/u,
} as const
export const grounds = {
  'legal-process':
    /subpoena|court order|legal process|warrant|judicial|process served|government request|law enforcement/u,
  'legal-duty':
    /law (?:obliges|requires|compels|demands)|legally (?:obliged|required|bound)|(?:required|obliged|permitted|compelled) by (?:\w+ )?law|comply with|legal (?:obligation|requirement|dut)|regulation|by law/u,
  'legal-claims': /legal claims?|defend against|litigation|establish(?:,| or) exercise/u,
  enforcement: /enforc|violations? of|our (?:agreements?|terms)|terms of (?:use|service)/u,
  fraud: /fraud|illegal|unlawful|criminal/u,
  abuse: /abuse|misuse|security or technical|spam/u,
  safety: /safety|harm|emergenc|urgent|vital|life/u,
  property: /\bproperty\b|\brights\b/u,
} as const
export const told = {
  email: /\bemail/u,
  site: /website|\bsite\b|prominent|notice on/u,
  post: /\bby (?:post|letter)\b/u,
} as const
export const considerations = {
  sale: /\b(?:sell|sold|sale)/u,
  rent: /\brent/u,
  lease: /\bleas/u,
  share: /\bshare/u,
} as const

export const CONSENT =
  /with(?:out)? your (?:\w+ ){0,3}(?:consent|permission|authori[sz]ation|approval)|unless you (?:\w+ )?(?:consent|agree|authori[sz]e)/u
export const DIRECTION =
  /with your (?:\w+ ){0,3}(?:consent|permission|direction|approval)|at your (?:direction|request)|(?:if|when|where) you (?:\w+ ){0,2}(?:agree|consent|ask|direct|authori[sz]e|choose to use|request)|you (?:ask|direct|instruct) us/u
export const MERGER =
  /(?:that|such|proposed) (?:\w+ ){0,3}transaction|\bmerge|acqui(?:r|s)|sale of (?:\w+ ){0,5}(?:business|assets|company)|bankruptcy|reorgani[sz]|successor|divest|change of (?:control|ownership)/u
export const BEHALF =
  /on (?:our|its|their) behalf|perform(?:s|ing)? (?:\w+ )?(?:functions|services|tasks)|(?:assist|help|support)(?:s|ing)? us|under our instructions/u
