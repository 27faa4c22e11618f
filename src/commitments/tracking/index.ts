import { declaredKind } from '../declared-kind.ts'
import { trackingEntry, trackingForms, trackingMisstatements } from './vocabulary.ts'

export const tracking = declaredKind({
  key: 'tracking',
  heading: 'Cookies and tracking',
  says: 'cookies, beacons, tags, analytics, ads, signals',
  entry: trackingEntry,
  forms: trackingForms,
  names: { data: ['data'], purposes: ['for'], recipients: ['to'] },
  misstatements: trackingMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the browser gate is not built yet',
    verify: 'the scanner of sites is not built yet',
  },
})
