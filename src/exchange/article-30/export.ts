import type { StoreMap } from '../../language/store-map.ts'
import type { Plan } from '../../policy/plan.ts'
import type { Exported } from '../exported.ts'
import { recordCsv } from './csv.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { recordHtml } from './html.ts'
import { processingRecords } from './record.ts'
import type { RecordWords } from './words.ts'

/** Languages of the record. */
export const recordLanguages: Readonly<Record<'en' | 'de', RecordWords>> = { en: english, de: german }

/**
 * The record of processing activities (GDPR Art. 30) from policy and store maps: `article-30.csv` and `article-30.html`.
 * What Art. 30 asks and nobody said is shown as missing, and returned in `missing`.
 */
export const exportArticle30 = (plan: Plan, maps: readonly StoreMap[], language: 'en' | 'de'): Exported => {
  const words = recordLanguages[language]
  const records = processingRecords(plan, maps, words)
  const missing = records.flatMap((record) => [
    ...record.particulars.flatMap(({ heading, missing: what }) =>
      what.map((each) => ({ path: record.by, what: `${words.headings[heading]}: ${each}` })),
    ),
    ...record.activities.flatMap(({ name, particulars }) =>
      particulars.flatMap(({ heading, missing: what }) =>
        what.map((each) => ({ path: `purposes.${name}`, what: `${words.headings[heading]}: ${each}` })),
      ),
    ),
  ])
  return {
    files: [
      { name: 'article-30.csv', text: recordCsv(records, words) },
      { name: 'article-30.html', text: recordHtml(records, plan, words) },
    ],
    lost: [],
    missing,
  }
}
