/** Article 6(1), however it is cited: "Art. 6(1)(b)", "Art. 6 para. 1 sentence 1 lit. b". */
const named = (letter: string, words: RegExp): RegExp =>
  new RegExp(
    String.raw`\b6 ?(?:\(1\)|para(?:graph|\.)? ?1|abs\. ?1),? ?(?:(?:sentence|s\.) ?1,? ?)?(?:\(|lit(?:\.|era)? ?\(?|point \(?)${letter}\b|${words.source}`,
    'u',
  )

/** Bases as texts name them (GDPR art. 6(1)(a) to (f)). */
const bases = {
  'dpv:Consent': named('a', /\b(?:your |with |given |have )consent\b|consent of the/u),
  'eu-gdpr:A6-1-b': named(
    'b',
    /perform(?:ance of)? (?:a|the|our|your|any)?\s?contract|necessary for the performance|contract with you/u,
  ),
  'eu-gdpr:A6-1-c': named('c', /legal (?:obligations?|dut(?:y|ies))|comply with (?:the |a |applicable )?law/u),
  'eu-gdpr:A6-1-d': named('d', /vital interests?/u),
  'eu-gdpr:A6-1-e': named('e', /public interest|official authority/u),
  'eu-gdpr:A6-1-f': named('f', /legitimate (?:business )?interests?/u),
} as const

/** What is done with consent only rests on it. */
const ONLY_CONSENT = /\b(?:only|solely|not) (?:\w+ ){0,6}(?:with|without) your (?:\w+ )?consent\b/u

/** The bases that a sentence names, where it or its lead-in speaks of bases. */
export const basisOf = (form: string, lead: string, isBasis: boolean): readonly string[] =>
  isBasis || ONLY_CONSENT.test(form) || /legal bas|only where|art(?:icle|\.)? ?6/u.test(lead)
    ? Object.entries(bases).flatMap(([basis, says]) => (says.test(form) ? [basis] : []))
    : []
