import type { Understood } from '../read-meanings.ts'
import { fullCompanyNames } from './company-names.ts'
import { findSlots } from './find-slots.ts'
import type { Slots } from './slot.ts'

/** Fills the slots of all sentences in order, so that items can take from their lead-in and references from what stands before. */
export function fillSlots(understood: readonly Understood[], called: string, vendor: RegExp | undefined): Slots[] {
  const slots: Slots[] = []
  const fullNames = fullCompanyNames(understood.map(({ sentence }) => sentence.text))
  for (const [index, of] of understood.entries()) {
    const lead = of.sentence.leadIn
    const leadSlots = lead === undefined ? undefined : slots[lead - 1]
    const before = of.sentence.opensBlock ? undefined : understood[index - 1]
    const beforeSlots = slots[index - 1]
    slots.push(
      findSlots(of, {
        called,
        vendor,
        fullNames,
        leadIn: lead === undefined || leadSlots === undefined ? undefined : { number: lead, slots: leadSlots },
        before:
          before === undefined || beforeSlots === undefined
            ? undefined
            : { number: before.sentence.number, slots: beforeSlots, label: before.label },
      }),
    )
  }
  return slots
}
