/** Recipients by their words: [fragment, DPV 2.3 term]. */
export const partyWords: readonly (readonly [string, string, string?])[] = [
  [
    '(?:other |associated |certain |such |these |those |trusted |unaffiliated )?third[- ]part(?:y|ies)(?: (?:service )?providers?| vendors?| contractors?| suppliers?| companies| partners?| acquirers?| payment vendors| advertisers?| applications?(?: or services)?| sites?)?',
    'dpv:ThirdParty',
  ],
  [
    '(?:these |such |our |those )providers|(?:payment |hosting |cloud |infrastructure |it |email |e-mail |analytics |internet |service )+providers?(?! (?:may|will)? ?\\(isp)',
    'dpv:DataProcessor',
  ],
  ['payment (?:processors?|vendors?|providers?)', 'dpv:DataProcessor'],
  ['(?:sub-?)?processors?', 'dpv:DataProcessor'],
  ['vendors?|suppliers?|contractors?|agents|printing companies|it service providers', 'dpv:DataProcessor'],
  ['(?:other|outside) companies|another company|the other company|companies in the [a-z]+ group', 'dpv:ThirdParty'],
  ['(?:local |marketing |business |advertising |group company )?partners?(?: \\([^)]{3,40}\\))?', 'dpv:ThirdParty'],
  ['distributors?|resellers?|organisers?|organizers?|carriers?(?= that)|couriers?', 'dpv:ThirdParty'],
  ['advertisers?|advertising networks?|ad networks?|data brokers?', 'dpv:ThirdParty'],
  [
    'affiliat(?:es|ed companies)|subsidiar(?:y|ies)|parent compan(?:y|ies)|joint ventures?|(?:other )?entities under (?:a )?common control|other companies in (?:the|our) [a-z]+ group|group companies',
    'dpv:ThirdParty',
  ],
  [
    '(?:potential )?acquirers? or merger partners?|(?:potential |third[- ]party )?(?:acquirers?|merger partners?|new owners?|successors?|buyers?)|acquirer or merger partner',
    'dpv:ThirdParty',
  ],
  [
    'law enforcement(?: (?:agencies|authorities|officials))?|government officials?|(?:public |competent |tax )?authorities|courts?(?! order)|regulators',
    'dpv:Authority',
  ],
  [
    '(?:local )?data protection authorit(?:y|ies)|supervisory authorit(?:y|ies)|information commissioner(?:.s office)?',
    'dpv:DataProtectionAuthority',
  ],
  ['credit agencies|correspondent banks|insurance companies|banks', 'dpv:ThirdParty'],
  [
    '(?:other|those|fellow|your) (?:users|members|collaborators|participants)(?: you (?:choose|invite))?|users you choose|friends(?: you invite)?|people you follow|members of your organi[sz]ation',
    'dpv:ThirdParty',
  ],
  ['anyone|everyone|the public', 'dpv:ThirdParty'],
  ['(?:many )?(?:other|third[- ]party|external|those|such other) (?:web ?)?sites', 'dpv:ThirdParty'],
  ['u\\.?s\\.? department of commerce', 'dpv:NationalAuthority'],
  [
    'data protection officer|general counsel(?: \\(legal department\\))?|support team|privacy administrator|legal department|privacy team|customer support',
    'dpv:Recipient',
  ],
  ['another (?:data )?controller', 'dpv:ThirdParty'],
  ['(?:our )?administrators?', 'dpv:Recipient'],
  ['other (?:countries|jurisdictions)|(?:any )?other country', 'dpv:ThirdCountry'],
]
