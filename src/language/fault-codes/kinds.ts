import type { FaultMeaning } from './index.ts'

/** Kinds of commitment that a policy states in full, and what law and sense say about them. */
export const kindCodes: Readonly<Record<string, FaultMeaning>> = {
  'tracking.no-choice': {
    what: 'Something is stored or loaded without a choice, and the entry does not say why the service needs it.',
    mend: '`wait: choice`, or `needed: keeps the cart`',
  },
  'tracking.signal-binds': {
    what: 'Global Privacy Control is ignored where a law makes it binding.',
    mend: '`gpc: { is: signal, signals: gpc, answer: obey }`',
  },
  'tracking.signal-ignored': {
    what: 'A wish told by the browser is declared to change nothing.',
    mend: '`answer: obey`',
  },
  'tracking.beacon-identifies': {
    what: 'A beacon is called anonymous and sets an identifier.',
    mend: 'Take `sets` out, or say when it is `joined`.',
  },
  'consent.claimed': {
    what: 'The text takes something for consent that is none; nothing may rest on it.',
    mend: 'Ask by an act of its own where consent is the basis.',
  },
  'consent.no-act': {
    what: 'A consent is declared to be given by use, purchase, silence or the like.',
    mend: '`by: tick`',
  },
  'consent.not-asked': {
    what: 'A purpose rests on consent, and no act of consent names it.',
    mend: '`consent: { news: { is: act, for: news, by: tick, withdraw: link } }`',
  },
  'consent.no-withdrawal': {
    what: 'Purposes rest on consent, and no entry says how it is taken back (GDPR art. 7(3)).',
    mend: '`withdrawal: { is: withdrawal, by: [link, mail], stops: PT0S }`',
  },
  'messages.mandatory-promotion': {
    what: 'Promotion is declared to go on after an opt-out.',
    mend: 'Take `mandatory` out.',
  },
  'messages.no-opt-in': {
    what: 'Promotion is sent unasked where the law wants consent first.',
    mend: '`opt-in: true`, with `existing-customers: true` for customers',
  },
  'messages.tracked-unasked': {
    what: 'Opening or clicking is tracked for everybody.',
    mend: '`opens: consent`',
  },
  'messages.service-tracked': {
    what: 'Opening of a message that is no promotion is tracked.',
    mend: '`opens: never`',
  },
  'disclosure.no-contract': {
    what: 'A processor has no contract (GDPR art. 28(3)).',
    mend: '`contract: { clauses: [confidentiality, purpose-only] }`',
  },
  'disclosure.contract-ended': {
    what: 'The contract of a recipient has ended, and access with it.',
    mend: 'Renew it, or take the entry out.',
  },
  'disclosure.sale-of-personal-data': {
    what: 'Personal data is sold.',
    mend: '`never: true`, or `tested: true` for what passed the test of aggregates',
  },
  'disclosure.may-be-a-sale': {
    what: 'Recipients use the data for their own marketing, which may be a sale in California.',
    mend: 'Offer the opt-out under `rights.california`.',
  },
  'disclosure.belief-alone': {
    what: 'Data is handed over to authorities or others without a document.',
    mend: '`document: true`',
  },
  'disclosure.cards-kept': {
    what: 'Card numbers are kept in own systems.',
    mend: '`cards: never-kept`',
  },
  'disclosure.successor-unbound': {
    what: 'Whoever takes over the company is not bound to the policy.',
    mend: '`successor: bound`',
  },
  'disclosure.closed-list': {
    what: 'Payment providers are a closed list of names without contracts: a rename needs a new version.',
    mend: 'Check each name and add `contract`.',
  },
  'disclosure.no-transfer-ground': {
    what: 'A recipient is in a country that no transfer reaches.',
    mend: '`transfers: { us: { is: transfer, countries: US, ground: standard-contractual-clauses } }`',
  },
  'sharing.no-notice': {
    what: 'People post in public without being told who sees it.',
    mend: '`notice: before`',
  },
  'sharing.no-removal': {
    what: 'A public area names no place to ask for removal.',
    mend: '`removal: privacy@example.org`',
  },
  'aggregates.untested': {
    what: 'Data meant to be anonymous is let out untested.',
    mend: '`test: true`',
  },
  'aggregates.no-group-size': {
    what: 'The smallest group is not named.',
    mend: '`least: 10`',
  },
  'transfers.void-ground': {
    what: 'A transfer rests on a ground that is void; the judgment or decision is named.',
    mend: '`ground: standard-contractual-clauses`',
  },
  'transfers.void-claim': {
    what: 'The text claims a framework that is void; nothing rests on it.',
    mend: 'Name a valid ground in a transfer, and correct the text.',
  },
  'transfers.ground-elsewhere': {
    what: 'A ground does not reach one of the countries.',
    mend: 'Declare each country with a ground of its own.',
  },
  'transfers.not-listed': {
    what: 'A ground covers only listed recipients, and no day of the listing is given.',
    mend: '`listed: 2026-11-22`',
  },
  'transfers.store-unreached': {
    what: 'A store is in a country that no transfer reaches.',
    mend: '`transfers: { us: { is: transfer, countries: US, ground: standard-contractual-clauses } }`',
  },
  'transfers.ended': {
    what: 'A ground, framework or seal has ended.',
    mend: 'Renew it, or take it out.',
  },
  'transfers.seal-undated': {
    what: 'A seal has no end: it proves nothing without a current entry in its register.',
    mend: '`until: 2027-05-31`',
  },
  'security.outdated-protocol': {
    what: 'An encryption is accepted that protects no longer.',
    mend: '`least: TLS 1.2`',
  },
  'security.no-owner': { what: 'Nobody answers for a measure.', mend: '`owner: head of operations`' },
  'security.no-evidence': {
    what: 'Neither a probe nor evidence shows that a measure is in place.',
    mend: '`probe: tls`, or `evidence` and `renew`',
  },
  'security.secret-answers': {
    what: 'Secret questions are asked.',
    mend: '`asked: false`, and erase those held',
  },
  'security.late-breach-notice': {
    what: 'The authority is told of a breach later than the law allows.',
    mend: '`within: PT72H`',
  },
  'security.no-breach-notice': {
    what: 'The policy says nothing about telling people and authorities of a breach (GDPR art. 33, 34).',
    mend: '`breach: { is: breach-notice, within: PT72H, tells: [authority, people] }`',
  },
  'children.local-age': {
    what: 'The age is lower than that of some countries where the law applies.',
    mend: '`local: true`',
  },
  'children.lower-than-law': {
    what: 'The age is lower than the law’s.',
    mend: '`under: 13`',
  },
  'children.silent': {
    what: 'The policy takes an age or birth date and says nothing on children.',
    mend: '`children: { found: { is: discovery, under: 13, local: true, knows: [typed-age], within: P7D } }`',
  },
  'devices.no-term': { what: 'A history of places or screens has no end.', mend: '`keep: P30D`' },
  'devices.not-recorded': {
    what: 'An act on a device leaves no record.',
    mend: '`record: true`',
  },
  'devices.no-notice': {
    what: 'People are not told that their device is watched.',
    mend: '`notice: before`',
  },
  'recourse.points-nowhere': {
    what: 'A contact refers to another place of a text instead of naming an address.',
    mend: '`at: privacy@example.org`',
  },
  'recourse.unknown-next': {
    what: 'The next instance is not declared.',
    mend: 'Declare it under `recourse`.',
  },
  'recourse.no-contact': {
    what: 'The policy names no place to write to (GDPR art. 13(1)(b)).',
    mend: '`privacy: { is: contact, at: privacy@example.org }`',
  },
  'changes.version-old': {
    what: 'The version is older than its review interval (default two years).',
    mend: 'Review the notice and give it its new date.',
  },
  'changes.no-lead': {
    what: 'A change counts as soon as it is posted.',
    mend: '`lead: P30D`',
  },
  'changes.promises-fall': {
    what: 'Other terms go before every promise of the policy.',
    mend: '`floor: law`',
  },
}
