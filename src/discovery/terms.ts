import type { Discovery } from './discovery.ts'

/** Categories of a discovery and their terms of the Data Privacy Vocabulary (DPV 2, pd:). */
const terms: Readonly<Record<string, string>> = {
  email: 'pd:EmailAddress',
  name: 'pd:Name',
  login: 'pd:Username',
  phone: 'pd:TelephoneNumber',
  address: 'pd:PhysicalAddress',
  contact: 'pd:Contact',
  message: 'pd:Communication',
  'ip-address': 'pd:IPAddress',
  'mac-address': 'pd:MACAddress',
  identifier: 'pd:UID',
  'date-of-birth': 'pd:BirthDate',
  payment: 'pd:FinancialAccount',
  'national-id': 'pd:OfficialID',
  credential: 'pd:Authenticating',
  device: 'pd:DeviceBased',
  gender: 'pd:Gender',
  location: 'pd:Location',
  profile: 'pd:IndividualProfile',
  session: 'pd:AuthenticationHistory',
  picture: 'pd:Picture',
  health: 'pd:Health',
  settings: 'pd:Preference',
}

export const termOf = (category: string): string | undefined => terms[category]

/** The policy's name for a category: the only one of its term, or the one of the same name; undefined: none fits, or several. */
export function policyName(
  category: string,
  data: readonly { readonly name: string; readonly is: string }[],
): string | undefined {
  const term = termOf(category)
  const fitting = data.filter(({ is }) => is === term)
  const same = fitting.find(({ name }) => name === category)
  return same?.name ?? (fitting.length === 1 ? fitting[0]?.name : undefined)
}

/** A discovery in the names of a policy's categories; what no name of it fits keeps its own. */
export function inWordsOf(
  found: Discovery,
  data: readonly { readonly name: string; readonly is: string }[],
): Discovery {
  const named = (category: string): string => policyName(category, data) ?? category
  return {
    ...found,
    tables: found.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => ({ ...column, category: named(column.category) })),
    })),
  }
}
