import { acceptedKind } from '../accepted-kind.ts'

export const children = acceptedKind('children', 'Children', 'age gate, discovery, parents')
