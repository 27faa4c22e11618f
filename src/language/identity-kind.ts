/** Personal data terms (DPV pd:) whose values name a person, and the kind of identity they are. */
const kindOfTerm: Readonly<Record<string, string>> = {
  'pd:EmailAddress': 'email',
  'pd:EmailAddressPersonal': 'email',
  'pd:EmailAddressWork': 'email',
  'pd:Name': 'name',
  'pd:TelephoneNumber': 'phone',
  'pd:PhysicalAddress': 'address',
  'pd:Username': 'login',
  'pd:UID': 'login',
  'pd:OfficialID': 'national-id',
  'pd:Passport': 'national-id',
  'pd:IPAddress': 'ip',
  'pd:MACAddress': 'mac',
  'pd:BirthDate': 'date',
}

/** Words in a category's or identity's own name, where no term says it. First match wins. */
const kindOfWord: readonly (readonly [RegExp, string])[] = [
  [/e-?mail/i, 'email'],
  [/phone|mobile|telefon|fax/i, 'phone'],
  [/user-?name|login|account-?name|nick/i, 'login'],
  [/national|passport|tax-?id|social-?security|identity-?number/i, 'national-id'],
  [/\bmac\b/i, 'mac'],
  [/(^|[-_ ])ip($|[-_ ])/i, 'ip'],
  [/birth|dob/i, 'date'],
  [/serial|hostname|device-?id|imei/i, 'text'],
  [/street|address|postal/i, 'address'],
  [/(^|[-_ ])name($|[-_ ])|^(given|family|first|last|full|real|former)-?name$|surname/i, 'name'],
]

/**
 * The kind of identity that values of a data category are, or undefined where they name nobody.
 * The DPV term decides; without one, the words of the category's own name.
 */
export function identityKind(category: string, term?: string): string | undefined {
  const byTerm = term === undefined ? undefined : kindOfTerm[term]
  return byTerm ?? kindOfWord.find(([word]) => word.test(category))?.[1]
}

/** A distinguished name (RFC 4514): `uid=ada,ou=people,dc=example`. */
const DISTINGUISHED = /^[a-z][\w-]*=[^,=]+(,\s*[a-z][\w-]*=[^,=]+)+$/i

/**
 * Whether a key identity names one person in any text it stands in: an address, a long code with digits, a name of a
 * directory. A login like `maria` is a key in its own column and a common word elsewhere.
 */
export function namesOnePerson(value: string): boolean {
  return value.includes('@') || (value.length >= 8 && /\d/.test(value)) || DISTINGUISHED.test(value)
}
