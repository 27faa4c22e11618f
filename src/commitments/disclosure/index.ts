import { acceptedKind } from '../accepted-kind.ts'

export const disclosure = acceptedKind('disclosure', 'Disclosure', 'who receives what, why, under which contract')
