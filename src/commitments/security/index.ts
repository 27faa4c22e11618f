import { acceptedKind } from '../accepted-kind.ts'

export const security = acceptedKind('security', 'Security', 'measures, each with owner, probe, evidence')
