import { acceptedKind } from '../accepted-kind.ts'

export const changes = acceptedKind('changes', 'Changes', 'versions, notice before effect, scope')
