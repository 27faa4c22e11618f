import type { CaseRecord } from '../cases.ts'
import { type Asking, emailsOf, messageOf } from './asking.ts'
import { proofLetters } from './identity.ts'
import type { Intake } from './intake.ts'
import { sealedOf } from './sealed.ts'
import { turn } from './turn.ts'

/** The same again, or more than a contact may have open: what was written is kept, the question who it is is asked anew. */
export async function merge(intake: Intake, record: CaseRecord, asking: Asking): Promise<void> {
  const again = record.state === 'identity' && (await mayAskAgain(intake, record))
  const addresses = again ? emailsOf((await sealedOf(intake, record.id)).identities) : []
  const says = asking.kind !== record.kind || (asking.words ?? '').trim() !== ''
  await turn(intake, record, {
    step: 'merged',
    by: asking.by === undefined ? 'person' : { staff: asking.by },
    todo: says ? ['read-message'] : [],
    messages: [messageOf(record.id, asking)],
    ...proofLetters(intake, record, addresses),
    says: { kind: asking.kind },
  })
}

/** Every letter brings a code that can be tried five times: few letters, so that nobody can try through. */
const proofsMost = 5
const proofPauseMs = 10 * 60_000

async function mayAskAgain(intake: Intake, record: CaseRecord): Promise<boolean> {
  const sent = (await intake.letters.ofCase(record.id)).filter(({ type }) => type === 'identity')
  const last = Math.max(0, ...sent.map(({ createdAt }) => Date.parse(createdAt)))
  return sent.length < proofsMost && intake.now().getTime() - last >= proofPauseMs
}
