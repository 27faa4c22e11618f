/** What sampled values say of their column, in counts. */
import type { Profile } from './profile.ts'
import type { ValueKind } from './value-tests.ts'

export interface Finding {
  readonly category: string
  readonly sure: number
  readonly why: string
}

const categoryOfKind: Partial<Record<ValueKind, string>> = {
  email: 'email',
  phone: 'phone',
  payment: 'payment',
  'national-id': 'national-id',
  'ip-address': 'ip-address',
  'mac-address': 'mac-address',
  imei: 'device',
  location: 'location',
  name: 'name',
  address: 'address',
}

const nounOfKind: Partial<Record<ValueKind, string>> = {
  email: 'e-mail addresses',
  phone: 'telephone numbers',
  payment: 'numbers of cards or accounts with a right check digit',
  'national-id': 'national numbers with a right check digit',
  'ip-address': 'IP addresses',
  'mac-address': 'MAC addresses',
  imei: 'IMEI with a right check digit',
  location: 'coordinates',
  name: 'full names',
  address: 'street and number',
}

/** Check digits of plain numbers are right by chance: from a tenth of numbers on nothing is shown. */
const LEAST_SHARE: Partial<Record<ValueKind, number>> = {
  'national-id': 0.5,
  imei: 0.6,
  payment: 0.3,
  name: 0.2,
  phone: 0.3,
  'mac-address': 0.2,
  'ip-address': 0.2,
  email: 0.08,
  location: 0.5,
}

/** What most of the sampled values are. */
export function byValues(profile: Profile): Finding | undefined {
  let best: Finding | undefined
  for (const [kind, count] of profile.kinds) {
    const category = categoryOfKind[kind]
    const share = count / Math.max(1, profile.distinct)
    if (category === undefined || share < (LEAST_SHARE[kind] ?? 0.5)) continue
    const few = profile.distinct < 3 && kind !== 'email' ? 0.2 : 0
    const sure = Math.min(0.98, 0.62 + share * 0.35) - few
    const why = `${count} of ${profile.distinct} different sampled values are ${nounOfKind[kind] ?? kind}`
    if (best === undefined || sure > best.sure) best = { category, sure, why }
  }
  return best
}

/** Containers that carry people by their nature. */
const PERSONAL_CODEC = /^(vcard|icalendar|mime|base64>perl|perl)$/

/** What a container carries by its nature. */
export function byCodec(codec: string | undefined): Finding | undefined {
  if (codec === undefined || !PERSONAL_CODEC.test(codec)) return undefined
  if (codec === 'vcard') return { category: 'contact', sure: 0.95, why: 'values are vCards' }
  if (codec === 'icalendar')
    return { category: 'message', sure: 0.9, why: 'values are iCalendar objects: people, places and times' }
  return codec === 'mime'
    ? { category: 'message', sure: 0.93, why: 'values are messages with MIME headers' }
    : { category: 'settings', sure: 0.6, why: 'values are serialized Perl' }
}
