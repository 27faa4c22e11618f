import type { SentenceWarning } from './rule.ts'

/** Analytics that waits for an act of the visitor. */
const GATED =
  /(?:analytics|tracking|non-essential cookies|other cookies|optional cookies).{0,120}\b(?:only (?:\w+ ){0,4}(?:after|once|if|when|with)|not (?:\w+ ){0,4}(?:until|unless|before)|after|once) (?:you )?(?:\w+ ){0,3}(?:click|accept|agree|consent|allow|opt)|\b(?:only|not|no) .{0,80}(?:analytics|tracking|non-essential cookies|other cookies|optional cookies).{0,80}(?:with your (?:prior |explicit )?consent|after you|once you|if you|unless you|until you|before you) ?(?:\w+ ){0,2}(?:click|accept|agree|consent|allow|opt|$)/u

/** Consent that is none: by use, by silence, by a browser's settings. */
export const consentWarnings: readonly SentenceWarning[] = [
  {
    code: 'consent.by-use',
    sees: {
      labels: 'consent-statement',
      says: /by (?:\w+,? ){0,6}\w+ing\b|continued use|if you do not agree/u,
      // An act of its own, and a sentence that denies it, are what the law asks for.
      not: /by (?:\w+ ){0,3}(?:tick|check|click|select|sign|switch)ing\b|\b(?:not|no|never|neither) (?:\w+ ){0,4}(?:consent|agreement)\b/u,
    },
    what: 'Using a site, buying or living somewhere is no consent: it needs a clear affirmative act.',
    stricter: 'No consent is stored; uses that rest on it are blocked.',
    forbidden: true,
    source: 'GDPR art. 4(11), 7(4), recital 32; EDPB Guidelines 05/2020',
    checked: '2026-11',
  },
  {
    code: 'consent.unread-changes',
    sees: { labels: 'change-notice', features: 'agree' },
    what: 'Continued use is no agreement to a change, least of all for data given before.',
    stricter: 'Old data stays under its own version; new purposes are asked anew.',
    forbidden: true,
    source: 'GDPR art. 4(11), 6(4); EDPB Guidelines 05/2020',
    checked: '2026-11',
  },
  {
    code: 'consent.transfer',
    sees: { features: 'agree abroad' },
    what: 'Consent to a transfer must be explicit and informed of its risk; use of a site is neither.',
    stricter: 'Never a ground for a transfer.',
    forbidden: true,
    source: 'GDPR art. 49(1)(a)',
  },
  {
    code: 'changes.posting-only',
    sees: {
      labels: 'change-notice',
      says: /at any time|by posting|reserves? the right|from time to time/u,
      not: /notif|email|notice on|inform you/u,
    },
    what: 'Posting alone reaches nobody.',
    stricter: 'Notice before effect.',
    source: 'GDPR art. 13(3)',
  },
  {
    code: 'changes.reader-duty',
    sees: {
      labels: 'change-notice',
      says: /(?:please|your responsibility to) (?:\w+ ){0,2}(?:review|check)|check back|review it/u,
    },
    what: "It is not the reader's duty to look for changes.",
    stricter: 'Notice before effect.',
    source: 'WP260 rev.01, para. 29',
  },
  {
    code: 'changes.stale',
    sees: { labels: 'change-notice', says: /\b(?:19\d\d|200\d|201\d|202[0-3])\b/u },
    what: 'The version is older than three years.',
    stricter: 'Reviewed before it is published again.',
    source: 'the date in the text',
  },
  {
    code: 'cookies.left-to-browser',
    sees: {
      labels: 'cookies-beacons opt-out',
      says: /browser.{0,80}(?:refuse|reject|disable|block|delete|cookie)|disabling cookies|control the use of cookies/u,
    },
    what: 'The choice is left to the browser while trackers run by default.',
    stricter: 'All but needed cookies wait for a choice.',
    forbidden: true,
    source: 'Directive 2002/58 art. 5(3); CJEU C-673/17 Planet49',
  },
  {
    code: 'cookies.dead-control',
    sees: { says: /macromedia|flash ?player/u },
    what: 'The page named governed Flash storage, never browser cookies, and Flash has ended.',
    stricter: 'Broken: a live cookie list and choice takes its place.',
    source: 'Adobe Flash Player end-of-life notice',
  },
  {
    code: 'cookies.anonymous-yet-cookie',
    sees: { labels: 'cookies-beacons', says: /(?:beacons?|gifs?).{0,80}deliver cookies/u },
    what: 'A beacon that sets an identifier is not anonymous.',
    stricter: 'One of the two is refused.',
    source: 'Directive 2002/58 art. 5(3)',
  },
  {
    code: 'mail.tracking-unasked',
    sees: {
      features: 'mail-tracking email',
      not: /\b(?:not|never) (?:\w+ ){0,2}(?:track|record|measure|know|see)|only (?:if|with|after) (?:you|your)|if you (?:have )?(?:agree|consent)/u,
    },
    what: 'Opens and clicks are tracked without asking.',
    stricter: 'Tracked only for those who agreed; never in service mail.',
    forbidden: true,
    source: 'Directive 2002/58 art. 5(3); EDPB Guidelines 2/2023',
  },
  {
    code: 'social.on-load',
    sees: { labels: 'social-features', says: /button|widget|plug-?in|like/u },
    what: 'Social buttons send address and page on load.',
    stricter: 'Loaded after a click.',
    source: 'CJEU C-40/17 Fashion ID',
  },
  {
    code: 'analytics.by-default',
    sees: { says: /google analytics/u, labels: 'cookies-beacons opt-out' },
    settledBy: { says: GATED },
    what: 'Analytics runs by default; its transfers were found unlawful by several authorities.',
    stricter: "Blocked before a choice; recipient with country and ground; an opt-out of one's own.",
    source: 'DSB 2021-0.586.257',
    checked: '2026-11',
  },
  {
    code: 'devices.covert',
    sees: { labels: 'device-monitoring', says: /not be aware|run in the background|without notice/u },
    what: 'Monitoring of which people may not be aware is narrowly limited, of workers above all.',
    stricter: 'Held until the notice is delivered; impact assessment needed.',
    forbidden: true,
    source: 'GDPR art. 13, 35, 88',
  },
]
