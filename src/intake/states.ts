import type { CaseDetail, CaseRecord, CaseState } from '../cases.ts'
import { Fault } from '../language/fault.ts'
import { caseKinds } from './kinds.ts'

/** The life of a case: which state follows which. What is not named here cannot happen. */
export const following: Readonly<Record<CaseState, readonly CaseState[]>> = {
  received: ['identity', 'search', 'preview', 'answered', 'closed'],
  identity: ['search', 'answered', 'closed'],
  search: ['preview', 'answered', 'closed'],
  preview: ['search', 'decision', 'answered', 'closed'],
  decision: ['carried-out', 'search', 'answered', 'closed'],
  'carried-out': ['proven', 'answered'],
  proven: ['answered'],
  answered: ['closed', 'complained'],
  closed: ['complained'],
  complained: ['preview', 'answered', 'closed'],
}

export const caseStates = Object.keys(following) as readonly CaseState[]

/** States in which nothing was answered yet: the clock runs. */
export const isOpen = ({ state }: Pick<CaseRecord, 'state'>): boolean => state !== 'answered' && state !== 'closed'

type Standing = Pick<CaseRecord, 'kind' | 'state' | 'requests'> &
  Pick<CaseDetail, 'identity' | 'decision' | 'answer' | 'closing'>

/** Why a case may not enter a state with what it would then hold; undefined where it may. */
export function forbidden(from: CaseState, then: Standing): string | undefined {
  const { state, kind, identity, decision } = then
  if (from !== state && !following[from].includes(state)) return 'case.state'
  const needsIdentity = caseKinds[kind].identity
  const beyondIdentity = ['search', 'preview', 'decision', 'carried-out', 'proven'].includes(state)
  if (needsIdentity && beyondIdentity && identity === undefined) return 'case.no-identity'
  if (['decision', 'carried-out', 'proven'].includes(state) && decision?.outcome !== 'granted')
    return 'case.no-decision'
  if (state === 'proven' && then.requests.length === 0) return 'case.not-proven'
  if (state === 'answered' && decision === undefined) return 'case.no-decision'
  // No silent denial: whoever is refused is told the ground (GDPR art. 12(4)).
  if (decision?.outcome === 'denied' && decision.ground === undefined) return 'case.no-ground'
  if (state === 'answered' && decision?.outcome === 'granted' && !['carried-out', 'proven', 'answered'].includes(from))
    return 'case.not-carried-out'
  if (state === 'closed' && then.closing === undefined) return 'case.state'
  return undefined
}

/** Fault with the code that `forbidden` tells. */
export function mustBeAllowed(from: CaseState, then: Standing): void {
  const code = forbidden(from, then)
  if (code === undefined) return
  throw new Fault({
    code,
    what: whats[code] ?? `A case that is ${from} cannot become ${then.state}.`,
    mend: mends[code] ?? seeCase,
  })
}

const seeCase = '`kept case show` tells where the case stands and what can be done.'
const whats: Readonly<Record<string, string>> = {
  'case.no-identity': 'Nobody has shown yet that the person is who they say: nothing may be revealed or changed.',
  'case.no-decision': 'Nobody has decided about the case yet.',
  'case.no-ground': 'A case was to be denied without a ground.',
  'case.not-proven': 'Nothing proves that the case was carried out.',
  'case.not-carried-out': 'What was granted is not carried out yet.',
}
const mends: Readonly<Record<string, string>> = {
  'case.no-identity': 'Wait for the answer to the letter, or check documents: `kept case identity`.',
  'case.no-decision': 'Decide first: `kept case grant` or `kept case deny`.',
  'case.no-ground': 'Name a ground of the list: `kept case deny --help`.',
}
