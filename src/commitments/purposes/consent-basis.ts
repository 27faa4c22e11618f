/** Whether a legal basis is the consent of the person (GDPR art. 6(1)(a), 9(2)(a)). */
export const isConsent = (basis: string): boolean =>
  /^(?:eu-gdpr:A6-1-a|eu-gdpr:A9-2-a|dpv:(?:ExplicitlyExpressed|Expressed|Informed)?Consent$)/u.test(basis)
