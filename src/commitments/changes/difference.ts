import {
  amount,
  byForm,
  type Comparison,
  type FormKeysOf,
  list,
  neither,
  parts,
  protection,
  said,
  term,
  use,
  value,
} from '../comparison.ts'
import type { changesEntry, changesForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof changesEntry> = {
  date: value('date'),
  effective: value('day of effect'),
  review: term('time between reviews', 'wider', { absent: 'endless' }),
  archive: said('archive of earlier versions', 'narrower'),
  next: said('own date of each version', 'narrower'),
  lead: term('time between telling and effect', 'narrower', {
    absent: 'zero',
    why: ['people know longer before a change counts', 'people know shorter before a change counts'],
  }),
  channels: list('way of telling', 'neutral'),
  what: list('kind of change', 'narrower', { absent: 'unstated' }),
  asks: list('change for which consent is asked again', 'narrower', { topic: 'consent' }),
  at: list('page', 'neutral'),
  most: parts('highest number', 'narrower', {
    changes: amount('number of changes', 'wider'),
    per: term('time for which the number holds', 'narrower'),
  }),
  covers: list('what it covers', 'as-entry', { absent: 'all' }),
  excludes: list('what it leaves out', 'against-entry'),
  probe: said('crawl for pages', 'narrower'),
  undecided: said('report of what is undecided', 'narrower'),
  'goes-before': list('terms that go before', 'wider'),
  record: said('record for each customer', 'narrower'),
  floor: said('floor of the law', 'narrower'),
  of: value('defined word'),
  means: value('meaning'),
}

const forms: Readonly<Record<keyof typeof changesForms, ReturnType<typeof use>>> = {
  version: neither('version'),
  notice: protection('notice of changes'),
  posting: protection('posting of changes'),
  scope: protection('scope'),
  precedence: use('precedence of other terms'),
  definition: neither('definition'),
}

export const changesComparison: Comparison = { form: byForm(forms), keys, topic: 'other', renamed: true }
