/** Drafts what a store map would say of a live schema. */
export { discover } from './discover.ts'
export type { Discovery } from './discovery.ts'
export { draftText } from './draft.ts'
export { inWordsOf } from './terms.ts'
