import { acceptedKind } from '../accepted-kind.ts'

export const recourse = acceptedKind('recourse', 'Contact and recourse', 'contact points, complaints, outside bodies')
