import { readPhrases } from './read-phrases.ts'

/** Data and techniques (fragments of regular expressions over the normal form). */
export const things = readPhrases(String.raw`
pd:
  (?:student|patient|player|passenger|member|donor|employee|guest|customer|user|client|subscriber|applicant|visitor|booking|order|usage|health|location|transaction|payment|account|profile|contact|device|purchase|tracking|driver|learner|household)s?'? (?:data|information|records|details) ;
  (?:the )?details(?: (?:you|that you|about))? ; the (?:documents|content|messages|data) you ;
  personal information ; your (?:\w+ )?(?:data|information|details|records|content|profile) ;
  (?:information|data) (?:that |which )?(?:we|you|about|relating|from|identif) ;
  (?:any|such|this|that|the|these|certain|some|all|other|collected|following|account|customer|user|same|types? of|kinds? of|categories of) (?:\w+ )?(?:data|information) ;
  information ; personal
datum:
  (?:your |an )emails?(?= and | or |,|$|\.| from) ; names? and emails? ;
  (?:first |last |full |real |your )names? ; nicknames? ; user ?names? ; email address(?:es)? ;
  (?:postal|home|work|delivery|shipping|billing|street|mailing) address(?:es)? ; your address ; phone numbers? ;
  telephone numbers? ; dates? of birth ; heart rate ; photos? ; contact (?:details|data|information) ; job title ;
  purchase history ; order (?:data|information|history) ; account data ; transaction data ; health data ;
  position of ; preferences ; nationality ; occupation ; income ; identification documents ; zip code ; nicknames? ; avatars? ; bank details ; credit (?:score|history|record)s? ; symptoms ; diagnos[ei]s ; medication ; allerg(?:y|ies) ;
  test results ; insurance numbers? ; social security number ; references ; home address ; (?:precise|real-time|exact|current|approximate) location ; location of ; friend lists? ; contact lists? ; browsing history ;
  your (?:\w+ )?(?:numbers?|images?|records?|files?|recordings?|location|contacts|messages|posts|account|device|address|profile) ; taxpayer status ; numbers you call ;
  demographic\w* ; your \w+ and (?:results?|answers?|address)
optional:
  (?:is|are|as|marked) (?:\w+ )?(?:optional|voluntary|mandatory) ;
  (?:do not|not) (?:have|need) to (?:provide|give|tell|register|log|sign|identify|create|reveal|state) ;
  not (?:obliged|required|obligated) to (?:provide|give|tell|supply) ; you need (?:an?|to (?:provide|give|enter)) ;
  (?:optional|mandatory|required) (?:fields?|information|data) ;
  without (?:providing|telling|giving|revealing|disclosing|registering|identifying) ; choose not to provide ;
  decline to provide ; do not (?:wish|want) to provide
pi:
  personal information ; your (?:data|information) ;
  (?:information|data) (?:about|on|relating to) (?:you|individuals|users|customers)
cookie:
  cookies? ; clear gifs? ; (?:web )?beacons? ; pixel(?: tags?|s)? ;
  tracking (?:pixels?|technolog(?:y|ies)|tags?|scripts?) ; local storage ; localstorage ;
  similar technolog(?:y|ies) ; flash objects ; session storage ; tags and scripts ; web bugs? ; google analytics ;
  (?:matomo|piwik|mixpanel|hotjar|segment\.io|amplitude) ;
  analytics (?:cookies?|tools?|services?|providers?|software) ; web analytics ; sdks? ; browser fingerprint\w* ;
  etags? ; retargeting ; re-targeting ; remarketing
use-cookies:
  (?:use[sd]?|using|employ\w*|sets?|plac(?:e|es|ed|ing)|stor(?:e|es|ed)) (?:\w+ ){0,4}(?:cookies|beacons|pixels?|tracking|similar technologies|gifs|local storage)(?! (?:policy|preferences|settings)) ;
  (?:cookies|beacons|pixels|technologies)(?: \w+)? are (?:used|set|placed|stored)
mail-tracking:
  whether (?:the |an |you have |you )?(?:email|message|newsletter)?s? ?(?:has been |have been |was |is |are )?(?:opened|open|read) ;
  open(?:ed)? (?:and|or) click\w* ; click-through ; which links you click ; customized links ; opened the email ;
  open (?:our|an|the) (?:emails?|newsletters?) ; links you click
analytics:
  google analytics ; web analytics ; analytics (?:tools?|services?|providers?|software|partners?) ;
  (?:matomo|piwik|mixpanel|hotjar|amplitude|fullstory)
auto-data:
  pages? you request\w* ; domain (?:name )?(?:from which|of) ; web servers? ;
  ip[ -]address(?:es)? ; internet protocol ; browser[ -](?:type|version|language|and) ; browser types? ;
  type of browser ; operating[ -]system ; referr(?:ing|er|al)[ -](?:\w+|url) ; clickstream ; log[ -]files? ;
  server logs? ; access logs? ; log (?:data|information|entries) ; pages? (?:you )?(?:view|visit)\w* ; date/time ;
  time stamps? ; timestamps? ; access times? ; date and time of ;
  device (?:type|id|identifiers?|information|models?) ; advertising (?:ids?|identifiers?) ; crash logs? ; gameplay (?:data|statistics) ; (?:type|kind|model) of device ; length of (?:each|your|the) (?:call|visit|session) ; pages requested ; numbers you (?:call|dial) ; user agent ; browser (?:\w+ ){0,2}(?:sends|transmits|reports|tells) ; screen (?:size|dimensions) ; screen resolution ;
  usage (?:data|information|statistics) ; internet service provider ; web requests ; your visits? ;
  technical (?:data|information) ; interact(?:ions?)? with (?:our|the) ; time spent ; the links you click ;
  crash data ; (?:page|site|website) (?:that )?you came from ; record(?:s|ed)? (?:\w+ )?calls ; calls? (?:are|may be|will be) (?:\w+ )?(?:recorded|monitored) ; search (?:quer(?:y|ies)|terms) ; logs? (?:which|how|what|when) ; which (?:features|pages|buttons|screens|functions) ; features you use ; how long (?:each|you|your) ;
  browsing (?:activity|history|behaviou?r|data) ; pages (?:are )?(?:viewed|visited)
automatic:
  automatic(?:ally)? ; passively ;
  when(?:ever)? you (?:visit|access|browse|view|load|open|interact|use) (?:with )?(?:our|the|this|any|a|one of our|online) ;
  each time you ; every time you ; your browser (?:\w+ )?sends ; as you navigate ; in the background ;
  visit (?:to )?our (?:website|site) ; every website you visit ; standard information
aggregate:
  totals? ; tell us who you are ; how many (?:people|users|visitors|customers) ; assigned to (?:specific|individual|particular|identifiable) persons? ; (?:not|never) (?:\w+ ){0,5}(?:single|individual|particular) (?:person|user|customer|visitor)s? ;
  aggregate[sd]? ; aggregat(?:ed|ion) ; anonym(?:ous|ously|i[sz]ed?|i[sz]ation) ; de-?identif(?:y|ied) ;
  non-personal(?:ly)?(?:[- ]identif\w+)? ;
  statistic(?:s|al) (?:data|information|reports?|analys[ei]s|about|on|summar) ; statistics ;
  not identif(?:y|ies|iable) ; cannot (?:be used to )?identify ; do(?:es)? not (?:\w+ )?identify ;
  contains? no personal ; at least \d+ (?:users|people|customers|individuals|persons|\w+s) ; heat ?maps? ;
  nothing about any (?:single|individual) ; no (?:patient|person|customer|user|one|individual) can be (?:recogni[sz]ed|identified) ; number of (?:downloads|visitors|users|visits) ;
  no (?:single|individual) (?:\w+ )?can be identified ; no longer (?:be )?(?:identif|linked|associated)\w* ;
  individual (?:user )?identities ; groups? of (?:users|customers) ; combined statistics ; demographic reports?
email:
  emails? ; newsletters? ; mailing
password:
  passwords? ; passphrases? ; credentials ; user ?ids? ; user ?names? and ; log-?in (?:details|data|information) ;
  secret (?:questions?|answers?) ; pin
card:
  credit[ -]cards? ; debit[ -]cards? ; card (?:numbers?|details|data|information) ;
  payment (?:\w+ )?(?:information|details|data|card|method|process\w*|provider|gateway|vendors?|service|transactions?|instrument) ;
  billing (?:information|details|data) ; financial (?:information|data|details|account) ; bank (?:account|details) ;
  pci ; paypal ; stripe ; adyen ; worldpay ;
  process(?:es|ed|ing)? (?:your |the |own )*(?:payments?|transactions?|orders?) ;
  (?:payments?|transactions?) (?:\w+ ){0,3}(?:is|are|may be|will be)? ?(?:processed|handled) ; checkout ; iban ;
  direct debit ; payments?(?! of (?:a|an|the) ) ; (?:by|your|the) (?:credit |debit )?card
pay-by:
  (?:processed|handled|taken|carried out|managed|collected) (?:\w+ )?by
helps-us:
  (?:helps?|allows?|enables?|lets?) us (?:to )?\w+
consent:
  consent(?:s|ed)? ; permission
policy:
  privacy (?:policy|policies|notice|center|centre|page) ; this (?:policy|statement|notice|document|page) ;
  our (?:policy|statement) ; the (?:policy|statement|notice) ; polic(?:y|ies)
encryption:
  encrypt(?:s|ed|ion|ing)? ; ssl ; tls ; https(?!:) ;
  secure(?:d)? (?:sockets? layer|connection|server|transmission|protocol)s? ; transport layer ; hash(?:ed|es|ing)? ;
  salted ; aes(?:-\d+)? ; bcrypt ; cryptograph\w+
login:
  (?:only )?(?:through|with|by|via|using) (?:the use of )?(?:an? )?(?:individual |personal |unique |valid )*(?:user ?(?:id|name)|log-?in|password|credentials) ;
  password[ -]protected ; two-factor ; multi-factor ; single sign-on ; 2fa ; mfa ; authenticat(?:ed|ion) ;
  role-based ; smart ?cards? ; key ?cards? ; fingerprint ; security tokens? ; individual (?:user )?accounts? ; access (?:is )?(?:logged|recorded)
report-word:
  reports? ; reporting
staff:
  (?:our |authori[sz]ed |those |only )*(?:employees|staff|personnel|workers|team members)
access-word:
  access(?:es|ed)?
hidden-address:
  (?:email )?address(?:es)? (?:\w+ ){0,6}(?:not (?:be )?(?:shown|displayed|revealed|visible|disclosed|published)|hidden|concealed) ; (?:not|never) (?:\w+ ){0,3}(?:show|display|reveal|publish|disclose) (?:\w+ ){0,3}(?:email )?address(?:es)? ; without (?:\w+ )?(?:revealing|showing|disclosing) (?:\w+ ){0,3}address(?:es)?
`)
