import { evidenceName, fact } from '../language/facts.ts'
import { Fault } from '../language/fault.ts'
import type { HoldRecord, Holds, NewHold } from '../records.ts'
import { holdGround } from './grounds.ts'
import type { Retention } from './retention.ts'

type HoldDesk = Pick<Retention, 'plan' | 'maps' | 'staff' | 'now'> & { readonly records: Holds }

/** What is asked of a hold: `by` in words, `until` a day YYYY-MM-DD, the last on which it holds. */
export interface AskedHold extends Omit<NewHold, 'by'> {
  readonly by: string
}

/**
 * Records a hold with its evidence. Faults `hold.ground-unknown`, `hold.no-scope`, `hold.bad-date`, `hold.data-unknown`,
 * `hold.store-unknown`.
 */
export async function addHold(desk: HoldDesk, asked: AskedHold): Promise<HoldRecord> {
  const ground = holdGround(asked.ground)
  if (asked.identities.length + asked.data.length + asked.stores.length === 0) {
    throw new Fault({
      code: 'hold.no-scope',
      what: 'Nothing says what is held.',
      mend: 'Name people (--identity email=…), categories (--data invoice) or stores (--store helpdesk).',
    })
  }
  const day = new Date(`${asked.until}T00:00:00Z`)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(asked.until) && day.getTime() > 0 && day.toISOString().startsWith(asked.until)
  if (!isDay || asked.until < dayOf(desk.now())) {
    throw new Fault({
      code: 'hold.bad-date',
      what: 'A hold ends on a day to come, written YYYY-MM-DD.',
      mend: 'Give the day on which somebody looks at it again: --until 2027-12-31',
    })
  }
  const categories = desk.plan.data.map(({ name }) => name)
  refuse(asked.data, categories, 'hold.data-unknown', 'data category', 'the policy')
  const stores = desk.maps.map(({ store }) => store)
  refuse(asked.stores, stores, 'hold.store-unknown', 'store', 'the folder stores')
  const by = desk.staff(asked.by)
  const { until, data, identities } = asked
  return await desk.records.addHold({ ...asked, ground, by }, (id) =>
    fact('hold.added/1', {
      hold: id,
      ground,
      by,
      until,
      identities: identities.length,
      data: data.map(evidenceName),
      stores: asked.stores.map(evidenceName),
    }),
  )
}

/** Ends a hold before its day; its identities are destroyed. Fault `hold.unknown`. */
export async function endHold(desk: HoldDesk, id: string, who: string): Promise<void> {
  const held = (await desk.records.holds()).find((one) => one.id === id && one.endedAt === undefined)
  if (held === undefined) {
    throw new Fault({ code: 'hold.unknown', what: 'No hold of this id is open.', mend: '`kept hold list` names them.' })
  }
  const by = desk.staff(who)
  await desk.records.endHold(id, by, fact('hold.ended/1', { hold: id, by }))
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10)
}

function refuse(asked: readonly string[], known: readonly string[], code: string, noun: string, where: string): void {
  if (asked.every((one) => known.includes(one))) return
  throw new Fault({
    code,
    what: `A hold names a ${noun} that ${where} does not have.`,
    mend: `There are: ${known.join(', ')}.`,
  })
}
