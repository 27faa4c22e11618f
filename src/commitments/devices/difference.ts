import { byForm, type Comparison, type FormKeysOf, list, protection, said, steps, term, use } from '../comparison.ts'
import type { devicesEntry, devicesForms } from './vocabulary.ts'

const keys: FormKeysOf<typeof devicesEntry> = {
  data: list('data read from the device', 'wider', { topic: 'data', of: 'data' }),
  never: list('data dropped on arrival', 'narrower', { of: 'data' }),
  for: list('purpose', 'wider', { of: 'purpose', topic: 'purpose' }),
  'chosen-by': list('whose configuration decides', 'neutral', { topic: 'consent' }),
  settings: list('switch', 'narrower', { topic: 'consent' }),
  notice: steps('telling', ['none', undefined, 'before', 'each-time'], 'narrower', {
    why: ['people are told more', 'people are told less'],
  }),
  told: list('who is told', 'narrower'),
  shown: said('showing on the device', 'narrower'),
  keep: term('history', 'wider', {
    absent: 'endless',
    topic: 'retention',
    why: ['data is kept for longer', 'data is kept for a shorter time'],
  }),
  by: list('who may order it', 'wider'),
  order: said('signature of each order', 'narrower'),
  record: said('record of each act', 'narrower'),
  extent: list('extent of what is erased', 'wider', { absent: 'unstated' }),
  unreached: said('care for devices not reached', 'narrower'),
  where: list('product', 'as-entry', { absent: 'all' }),
}

const forms: Readonly<Record<keyof typeof devicesForms, ReturnType<typeof use>>> = {
  telemetry: use('telemetry'),
  location: use('location'),
  capture: use('capture'),
  'remote-control': use('remote control'),
  wipe: use('wipe'),
  enrolment: protection('notice at enrolment'),
}

export const devicesComparison: Comparison = { form: byForm(forms), keys, topic: 'use', renamed: true }
