import type { Identity } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import type { Intake } from './intake.ts'

/** What a case holds of a person: kept encrypted under a key of the case. */
export interface CaseSealed {
  readonly version: 1
  /** Mail address that is written to, lower case; what it says of the person is not proven. */
  readonly contact?: string
  /** Who the case is about, as it was said. */
  readonly identities: readonly Identity[]
  /** Who has been shown to be the person. */
  readonly proven: readonly Identity[]
  /** The passphrase of the copy, until it was shown and the copy is made. */
  readonly passphrase?: { readonly words: string; readonly shown: boolean }
}

/** Faults `case.destroyed` once the case's data are gone. */
export async function sealedOf(intake: Intake, id: string): Promise<CaseSealed> {
  const sealed = await intake.cases.opened(id)
  if (sealed !== undefined) return sealed as unknown as CaseSealed
  throw new Fault({
    code: 'case.destroyed',
    what: 'What this case held of the person is destroyed.',
    mend: 'The person can open a new case.',
  })
}

/** Where an answer goes: an address that was shown to be the person's, else the one that was given. */
export function answerAddress({ contact, proven }: CaseSealed): string | undefined {
  const addresses = proven.filter(({ kind }) => kind === 'email').map(({ value }) => value.toLowerCase())
  if (contact !== undefined && addresses.includes(contact)) return contact
  return addresses[0] ?? contact
}
