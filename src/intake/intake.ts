import type { CaseKind, Cases } from '../cases.ts'
import type { Identity } from '../connector.ts'
import type { Letters } from '../letters.ts'
import type { Plan } from '../policy/plan.ts'
import type { Records, RequestKind } from '../records.ts'
import type { SiteKeys } from './site-token.ts'

/** What was seen of a person in the stores, in counts. */
export interface Seen {
  /** Nobody in any store has these identities. */
  readonly nothing: boolean
  /** Rows that may be the same person's and that a person has to decide about. */
  readonly candidates: number
  /** Why it cannot be carried out as the stores stand. */
  readonly obstacles: number
  readonly unreachable: readonly string[]
  /** SHA-256 of what was seen: a decision holds for this and nothing else. */
  readonly hash: string
}

/** How far a request is; `changed`: what was decided on is not what there is any more. `why`: the code of what holds it open. */
export interface Progressed {
  readonly state: 'done' | 'open' | 'changed'
  readonly why?: string
  /** Data that an erasure kept, and under which exceptions of the policy. */
  readonly kept: readonly string[]
}

/** What a case does in the stores; the request engine does it, joined on a higher floor. */
export interface Stores {
  /** Kinds of request that can be carried out without a person's hands. */
  readonly kinds: ReadonlySet<RequestKind>
  /** Mail addresses that the stores hold for whoever has these identities; empty where nobody has. */
  addresses(identities: readonly Identity[]): Promise<readonly string[]>
  /** Makes the request of this id, once, and looks for the person. */
  ask(id: string, kind: RequestKind, identities: readonly Identity[], dueAt: string): Promise<Seen>
  /** The case has more time, and its request with it. */
  postpone(id: string, dueAt: string): Promise<void>
  /** Approves what was seen under this hash, and carries it out as far as it goes. May be called again after any crash. */
  carryOut(id: string, by: string, seen: string): Promise<Progressed>
  /** Writes the locked copy of everything to a file. May be called again: a copy that is there is written anew. */
  copy(id: string, file: string, passphrase: string): Promise<Progressed>
  progress(id: string): Promise<Progressed>
  /** Ends the request undone, where it is not yet. */
  end(id: string, by: string, ground?: string): Promise<void>
}

export interface IntakeSettings {
  /** Address of the privacy centre, without a slash at its end: links in letters begin with it. */
  readonly publicUrl: string
  /** Domain that letters are sent from. */
  readonly mailDomain: string
  /** Mail address that is told what a person of the staff has to do. */
  readonly officer?: string
  /** Folder for copies until they expire. */
  readonly directory: string
  /** The vendor's own site may say who is signed in. */
  readonly site?: SiteKeys
  readonly limits?: Partial<Limits>
  /** Kinds that are granted by rule once the identity is shown and nothing is doubtful. Default: access and portability. */
  readonly automatic?: readonly CaseKind[]
}

/** Bounds of what strangers can make Kept do. */
export interface Limits {
  /** Open cases of one contact. */
  readonly openPerContact: number
  /** Cases of one network address in 24 hours. */
  readonly perOrigin: number
  /** Bytes of one file, and files of one case. */
  readonly fileBytes: number
  readonly filesPerCase: number
}

export const LIMITS: Limits = { openPerContact: 5, perOrigin: 20, fileBytes: 10 * 1024 * 1024, filesPerCase: 20 }

/** How long things live, as ISO 8601 durations. */
export const TERMS = {
  /** A link or code that shows an identity. */
  proof: 'P2D',
  /** The person's own page of a case. */
  page: 'P30D',
  /** A copy that can be fetched. */
  download: 'P14D',
  /** Documents that show an identity, unless the policy says it. */
  documents: 'P30D',
  /** Waiting for an identity before the case ends. */
  identity: 'P30D',
  /** From an answer to the end of its case. */
  answered: 'P14D',
  /** What a case holds of a person after it was closed. */
  closed: 'P6M',
} as const

/** All that cases work with. Nothing is opened or closed here. */
export interface Intake {
  readonly cases: Cases
  readonly letters: Letters
  readonly records: Pick<Records, 'change' | 'findings'>
  readonly plan: Plan
  readonly stores: Stores
  readonly settings: IntakeSettings
  /** A staff member's id as evidence may hold it. */
  staff(who: string): string
  now(): Date
}

export const limitsOf = ({ settings }: Intake): Limits => ({ ...LIMITS, ...settings.limits })
