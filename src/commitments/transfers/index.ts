import { acceptedKind } from '../accepted-kind.ts'

export const transfers = acceptedKind('transfers', 'Transfers', 'countries, grounds, frameworks and seals with dates')
