import { acceptedKind } from '../accepted-kind.ts'

export const messages = acceptedKind(
  'messages',
  'Messages',
  'types of mail; mandatory and optional; opt-in, opt-out; mail tracking',
)
