/** Recipients that go by a fixed name: [fragment, DPV 2.3 term]. */
export const partyWords: readonly (readonly [string, string])[] = [
  [
    'third[- ]part(?:y|ies)(?:[- ]| and other )(?:web ?sites?|sites?|applications?(?: (?:or|and) services?)?|apps|services)(?! providers?)',
    'dpv:ThirdParty',
  ],
  [
    '(?:applications?|services?|sites?)(?: (?:or|and) services?)? of (?:those |such |these |the )?third parties',
    'dpv:ThirdParty',
  ],
  [
    'law enforcement(?! requirements)(?: (?:agencies|authorities|officials|officers|bodies))?|government (?:officials?|agencies|authorities|bodies)|(?:public |competent |tax |regulatory |relevant |governmental |government |health |customs |immigration |prosecuting |judicial )+(?:authorit(?:y|ies)|bodies|agencies)|courts?(?! orders?| proceedings?)|regulators?|the police|police|(?:security|emergency|intelligence) services|customs',
    'dpv:Authority',
  ],
  [
    '(?:local |relevant |competent |national |your )*(?:data protection|supervisory|privacy) authorit(?:y|ies)|supervisory authorit(?:y|ies)|(?:[\\p{L}]+ )?(?:data protection|privacy|information) commissioners?(?:.s office)?|arbitrators?|ombuds(?:man|person)|mediators?',
    'dpv:DataProtectionAuthority',
  ],
  [
    '(?:other )?entities under (?:a )?common (?:control|ownership)|(?:other )?companies under (?:a )?common (?:control|ownership)',
    'dpv:ThirdParty',
  ],
  [
    '(?:other )?(?:companies|members|entities) (?:in|of|within) (?:the|our) (?:[\\p{L}-]+ )?group(?: of companies)?',
    'dpv:ThirdParty',
  ],
  [
    '(?:potential )?acquirers? or merger partners?|(?:potential |prospective |actual |new )*(?:buyers?|purchasers?|owners?)(?= (?:of|or|and|in)\\b|[,.;])',
    'dpv:ThirdParty',
  ],
  [
    '(?:other|those|fellow|your|certain) (?:registered )?(?:users|members|collaborators|participants|players|subscribers)|users you (?:choose|select|invite)|friends(?: you invite)?|followers|people you (?:follow|choose|invite)|(?:members|others) (?:of|in|within) your (?:organi[sz]ation|team|workspace|company)',
    'dpv:ThirdParty',
  ],
  [
    'anyone|everyone|(?<!members of )the (?:general )?public(?=[.,;)]|$| (?:and|or|at|when|if|by|in|can|may|will)\\b)',
    'dpv:ThirdParty',
  ],
  ['(?:many )?(?:other|external|those|such other|linked|partner) (?:web ?)?sites', 'dpv:ThirdParty'],
  ['outside (?:parties|companies|persons|organi[sz]ations)', 'dpv:ThirdParty'],
  ['(?:other|outside) persons', 'dpv:ThirdParty'],
  ['u\\.?s\\.? department of commerce', 'dpv:NationalAuthority'],
  ['federal trade commission', 'dpv:NationalAuthority'],
  ['another (?:data )?controller', 'dpv:ThirdParty'],
]

/** Nouns that make a phrase a company or person who may receive data: [fragment, term, stands alone]. */
export const partyHeads: readonly (readonly [string, string, boolean])[] = [
  [
    'providers?|vendors?|suppliers?|(?:sub-?)?contractors?|(?:sub-?)?processors?|consultants?',
    'dpv:DataProcessor',
    true,
  ],
  ['agents?(?! software)', 'dpv:DataProcessor', true],
  [
    'partners?|affiliates?|subsidiar(?:y|ies)|joint ventures?|distributors?|resellers?|dealers?|franchisees?|licensees?',
    'dpv:ThirdParty',
    true,
  ],
  [
    'advertisers?|publishers?|sponsors?|brokers?|couriers?|merchants?|retailers?|insurers?|auditors?|lawyers?|attorneys?|accountants?|advis[eo]rs?|successors?|acquirers?|organi[sz]ers?|creditors?',
    'dpv:ThirdParty',
    true,
  ],
  [
    'banks?|bureaus?|bureaux|(?<!our )houses|printers?|(?<!our (?:\\p{L}+ )?)cent(?:er|re)s?|charities|associations|recruiters|collectors?|handlers?|pharmac(?:y|ies)|clinics?|airports?|operators?|platforms?|agenc(?:y|ies)|institutions?|universit(?:y|ies)|hospitals?|physicians?|laborator(?:y|ies)|researchers?|employers?|schools?|carriers?|operators?|hotels?|airlines?|sellers?|hosts?',
    'dpv:ThirdParty',
    false,
  ],
  [
    'compan(?:y|ies)|firms?|businesses|entit(?:y|ies)|organi[sz]ations?|part(?:y|ies)|contractors|third parties|networks?|individuals(?= (?:to|who|that) (?:perform|help|assist|provide))',
    'dpv:ThirdParty',
    false,
  ],
]

/** Departments and people whom a reader can reach. */
export const deskWords: readonly (readonly [string, string])[] = [
  [
    '(?:[\\p{L}]+ )?(?:privacy|data protection|general|legal|compliance|security|grievance|information|chief privacy) (?:officer|administrator|counsel|department|team|office|manager|coordinator|lead|representative)(?: \\((?:legal )?[a-z ]+\\))?',
    'dpv:Recipient',
  ],
  [
    '(?:customer |technical |user )?(?:support|service|care)(?: team| department| desk| cent(?:er|re))|help ?desk|customer support',
    'dpv:Recipient',
  ],
  ['(?:local |eu |uk |european )+representatives?', 'dpv:Recipient'],
]

/** A quality that tells a reader nothing about which company it is. */
export const EMPTY_QUALITY =
  /^(?:(?:such|these|those|our|certain|various|trusted|participating|carefully|selected|chosen|unaffiliated|associated with us|reputable|approved|authori[sz]ed)\s+)+/u
