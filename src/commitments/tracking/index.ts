import { acceptedKind } from '../accepted-kind.ts'

export const tracking = acceptedKind(
  'tracking',
  'Cookies and tracking',
  'cookies, beacons, tags, analytics, ads, signals',
)
