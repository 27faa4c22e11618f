import { declaredKind } from '../declared-kind.ts'
import { messagesEntry, messagesForms, messagesMisstatements } from './vocabulary.ts'

export const messages = declaredKind({
  key: 'messages',
  heading: 'Messages',
  says: 'types of mail; mandatory and optional; opt-in, opt-out; mail tracking',
  entry: messagesEntry,
  forms: messagesForms,
  names: { data: ['data'], purposes: ['for'] },
  misstatements: messagesMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the mail gate is not built yet',
    verify: 'no mailbox is read yet',
  },
})
