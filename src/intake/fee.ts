import { instant } from '../base/clock.ts'
import type { CaseRecord } from '../cases.ts'
import { Fault } from '../language/fault.ts'
import { letterTo } from './compose.ts'
import { pageToken } from './identity.ts'
import type { Intake } from './intake.ts'
import { answerAddress, sealedOf } from './sealed.ts'
import { caseOf, mustStand, turn } from './turn.ts'

/** How far back copies count: California gives two in twelve months for nothing (Cal. Civ. Code § 1798.130(b)). */
const countedMonths = 12

/**
 * Tells the fee of the policy before anything is done. Only for a further copy: the first is free (GDPR art. 12(5), 15(3)), in
 * California the second in twelve months too. Faults `case.fee-forbidden`, `case.state`.
 */
export async function tellFee(intake: Intake, id: string, by: string): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  mustStand(record, 'charged for', ['preview'])
  const amount = intake.plan.rights.feeAmount
  const sealed = await sealedOf(intake, id)
  const since = new Date(intake.now())
  since.setUTCMonth(since.getUTCMonth() - countedMonths)
  const { contact } = sealed
  const before = contact === undefined ? 0 : await intake.cases.copiesOf(contact, instant(since))
  const free = record.laws.includes('us-ca') ? 2 : 1
  if (amount === undefined || record.kind !== 'access' || before < free || record.fee !== undefined) throw forbidden()
  const to = answerAddress(sealed)
  const page = pageToken(intake, id)
  const link = `${intake.settings.publicUrl}/case/${page.secret}`
  return turn(intake, record, {
    step: 'fee-told',
    by: { staff: by },
    detail: { fee: { amount, toldAt: instant(intake.now()) } },
    letters: to === undefined ? [] : [letterTo(intake, record, to, 'fee', { amount, link })],
    tokens: [page.token],
  })
}

function forbidden(): Fault {
  return new Fault({
    code: 'case.fee-forbidden',
    what: 'No fee may be asked here: this copy is free, or the policy names no amount, or the fee was told already.',
    mend: 'Grant the case; a fee is only for a further copy (GDPR art. 15(3)), and `rights.fees.amount` names it.',
  })
}
