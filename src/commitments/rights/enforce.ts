import type { RequestRight } from '../../language/laws.ts'
import type { Step } from '../commitment-kind.ts'
import type { Rights } from './read.ts'

/** Rights that a request is carried out for today; the others are accepted and shown as unproven. */
export const carriedOut: readonly RequestRight[] = ['access', 'erasure', 'correction', 'objection']

/** A granted right is carried out by a request in every store, within its term. */
export const enforceRights = (rights: Rights): readonly Step[] =>
  carriedOut.flatMap((right) => {
    const within = rights[right]?.within
    return within === undefined ? [] : [{ commitment: right, gate: 'requests' as const, needs: right, within }]
  })
