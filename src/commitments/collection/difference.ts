import { type Comparison, type KeysOf, list, said, use } from '../comparison.ts'
import type { collectionEntry } from './vocabulary.ts'

const keys: KeysOf<typeof collectionEntry> = {
  from: list('source of data', 'wider', { why: ['data comes from more sides', 'data comes from fewer sides'] }),
  data: list('collected data', 'wider', {
    topic: 'data',
    of: 'data',
    why: ['more data is collected', 'less data is collected'],
  }),
  needed: list('required data', 'wider', {
    of: 'data',
    why: ['people can leave less out', 'people can leave more out'],
  }),
  for: list('purpose', 'wider', {
    of: 'purpose',
    topic: 'purpose',
    why: ['it is collected for more', 'it is collected for less'],
  }),
  where: list('place of collection', 'wider', { absent: 'all' }),
  never: list('refused data', 'narrower', { of: 'data', why: ['less is taken', 'what was refused may be taken'] }),
  choice: said('choice of the person', 'narrower', {
    why: ['it is sent only when the person chooses to', 'it is sent without the person choosing to'],
  }),
  shown: said('showing before sending', 'narrower'),
  told: said('telling the purposes before', 'narrower'),
}

export const collectionComparison: Comparison = {
  form: () => use('collection point', 'data'),
  keys,
  topic: 'data',
  renamed: true,
}
