/** The codes of what a schema finds, by the file that is read. */
export interface ShapeCodes {
  readonly unknownKey: string
  readonly missingKey: string
  readonly wrongType: string
  readonly unknownWord: string
  readonly badName: string
}

export const policyShapeCodes: ShapeCodes = {
  unknownKey: 'policy.unknown-key',
  missingKey: 'policy.missing-key',
  wrongType: 'policy.wrong-type',
  unknownWord: 'policy.unknown-word',
  badName: 'policy.bad-name',
}

export const storeShapeCodes: ShapeCodes = {
  unknownKey: 'store.unknown-key',
  missingKey: 'store.missing-key',
  wrongType: 'store.wrong-type',
  unknownWord: 'store.unknown-word',
  badName: 'policy.bad-name',
}

/** What the shapes of single words say when they are not met; the shape's message is the code. */
export const shapeMends: Readonly<Record<string, { readonly what: string; readonly mend: string }>> = {
  'policy.bad-name': {
    what: 'is no name',
    mend: 'begin with a letter, then letters, digits, - and _ (at most 64)',
  },
  'policy.bad-duration': {
    what: 'is no ISO 8601 duration',
    mend: 'write e.g. P1M (a month), P6Y (six years), P2W (two weeks), PT72H (72 hours)',
  },
  'policy.bad-date': { what: 'is no day of the calendar', mend: 'write it as ISO 8601 does, e.g. 2026-11-22' },
  'policy.bad-country': { what: 'is no country code', mend: 'write two capital letters of ISO 3166-1, e.g. GB' },
  'policy.bad-hash': { what: 'is no SHA-256', mend: 'copy the 64 small letters and digits that kept import wrote' },
  'policy.unknown-term': { what: 'is no term of DPV 2.3 for this place', mend: 'docs/terms.md lists them' },
}
