import { claimWarnings } from './claim-warnings.ts'
import { consentWarnings } from './consent-warnings.ts'
import type { SentenceWarning } from './rule.ts'

/** Words too open to be kept as they stand, and duties put on the wrong side. */
const openWarnings: readonly SentenceWarning[] = [
  {
    code: 'legal.belief',
    sees: { labels: 'legal-disclosure disclosure', says: /\bbelieve\b|sole discretion|at our discretion/u },
    what: 'Belief or discretion alone is no ground.',
    stricter: 'Facts, an approver and a review for each disclosure.',
    source: 'GDPR art. 6(1)',
  },
  {
    code: 'aggregates.untested',
    sees: {
      labels: 'aggregate-data',
      features: 'share|third',
      says: /partners|third part|advertisers|restriction|discretion|any purpose/u,
    },
    what: 'Data called aggregate goes to others untested; a group of one is personal.',
    stricter: 'Each release is tested.',
    source: 'GDPR recital 26; WP29 Opinion 05/2014',
  },
  {
    code: 'aggregates.ip',
    sees: {
      says: /\bip addresses?\b.{0,160}(?:not (?:\w+ ){0,3}(?:personal|identif)|anonymous|aggregate)|(?:no personal information|anonymous).{0,160}\bip address/u,
    },
    what: 'IP addresses are personal data.',
    stricter: 'Dropped or cut at once; no path per visitor.',
    forbidden: true,
    source: 'CJEU C-582/14 Breyer',
  },
  {
    code: 'purposes.open-phrase',
    sees: {
      labels: 'use-purpose collection aggregate-data disclosure retention sale',
      says: /manage our business|any purpose|many activities|other (?:things|information|functions|activities)|among other things|and so on|\betc\b|compiling;|usage profiles|otherwise described|internal business purposes/u,
    },
    what: 'The phrase is open: it names no closed list.',
    stricter: 'Refused until a list closes it.',
    source: 'GDPR art. 5(1)(b)',
  },
  {
    code: 'purposes.compatible',
    sees: { says: /\bcompatible\b/u },
    what: 'Compatibility needs a written finding.',
    stricter: 'A new purpose is closed until it is written.',
    source: 'GDPR art. 6(4)',
  },
  {
    code: 'purposes.weighing',
    sees: { says: /legitimate interests?/u, labels: 'use-purpose' },
    what: 'Legitimate interests must be weighed, in writing.',
    stricter: 'Stopped on objection.',
    source: 'GDPR art. 6(1)(f), 21',
  },
  {
    code: 'rights.fee',
    sees: {
      labels: 'fees-deadlines-explanations',
      says: /\b(?:fee|charge)\b/u,
      not: /free of charge|without (?:a |any )?(?:fee|charge)|\bno (?:fee|charge)|not charge|manifestly|excessive/u,
    },
    what: 'The first copy is free.',
    stricter: 'Fee refused for people in the EEA and UK.',
    forbidden: true,
    source: 'GDPR art. 12(5), 15(3)',
  },
  {
    code: 'rights.denial-by-burden',
    sees: { says: /unreasonably (?:burdensome|expensive)|burdensome or expensive|disproportionate/u },
    what: 'Burden is no ground for a denial but where a request is manifestly unfounded or excessive.',
    stricter: 'Self-service always; denied only on lawful grounds, explained.',
    forbidden: true,
    source: 'GDPR art. 12(5), 15',
  },
  {
    code: 'scope.other-terms-win',
    sees: { labels: 'scope', says: /will prevail|takes? precedence|prevails?/u },
    what: 'Another agreement prevails over the promises here.',
    stricter: 'Recorded per customer, never below the law.',
    source: 'GDPR art. 12 to 22',
  },
  {
    code: 'scope.vague',
    sees: { labels: 'scope', says: /\b(?:majority|most) of (?:its|our) /u },
    what: 'The scope names no list.',
    stricter: 'The sites found linking the policy; all others are reported.',
    source: 'the text itself',
  },
  {
    code: 'children.knowingly',
    sees: { labels: 'children', says: /knowingly|becomes? aware|learns?\b/u },
    what: 'Without asking the age nothing is known.',
    stricter: 'Age gate at the form, only the result kept; events that count as knowing are declared.',
    source: 'COPPA, 16 CFR 312',
  },
  {
    code: 'children.local-age',
    sees: { labels: 'children', says: /under (?:the age of )?(?:13|thirteen)/u, not: /equivalent|minimum age/u },
    what: 'In the EU the age is 13 to 16 by country.',
    stricter: "The higher of the policy's and the local age.",
    source: 'GDPR art. 8',
  },
  {
    code: 'children.age-asked',
    sees: { labels: 'collection', says: /\bage\b/u },
    what: 'A stored age under the limit is knowledge.',
    stricter: "It starts the children's path.",
    source: 'COPPA, 16 CFR 312; GDPR art. 8',
  },
  {
    code: 'dnt.no-response',
    sees: {
      labels: 'do-not-track',
      says: /not (?:currently )?(?:respond|react|honou?r|recogni[sz]e)|other mechanisms/u,
    },
    what: 'Where a browser signal binds, it must be obeyed.',
    stricter: 'Do Not Track as stated; Global Privacy Control obeyed.',
    source: '11 CCR 7025',
    checked: '2026-11',
  },
  {
    code: 'public.visible',
    sees: { labels: 'public-area', says: /anyone|publicly|other users|public|forums?|message boards|blogs?/u },
    what: 'Posts are quoted, cached and indexed.',
    stricter: 'Notice before the post; address hidden by default.',
    source: 'GDPR art. 25(2)',
  },
  {
    code: 'disclosure.group-unbound',
    sees: {
      features: 'group',
      labels: 'disclosure contract',
      says: /expect|may share|affiliat|subsidiar/u,
      not: /require|bound|agreement/u,
    },
    what: 'Group companies are not bound by expectation.',
    stricter: 'Each is bound in writing.',
    source: 'GDPR art. 26, 28',
  },
  {
    code: 'contract.all-use-barred',
    sees: { labels: 'contract', says: /restricted from any (?:usage|use)/u },
    what: 'Read literally, the provider may not use the data at all.',
    stricter: 'No use but the function.',
    source: 'GDPR art. 28(3)(a)',
  },
  {
    code: 'sharing.onward',
    sees: { labels: 'sharing-controls', says: /share (?:\w+ ){0,3}outside|give other users rights/u },
    what: 'Editors may share onward what the owner shared with chosen people.',
    stricter: 'The owner sees every onward share and may forbid it.',
    source: 'GDPR art. 25(2)',
  },
  {
    code: 'links.effort',
    sees: { labels: 'third-party-links', disposition: 'human-task' },
    what: 'Effort can be shown only by a review.',
    stricter: 'A review task for each host, with an end.',
    source: 'the text itself',
  },
]

/** Every warning that one sentence can deserve. */
export const sentenceWarnings: readonly SentenceWarning[] = [...claimWarnings, ...consentWarnings, ...openWarnings]
