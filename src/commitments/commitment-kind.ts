import type { z } from 'zod'
import type { Place } from '../language/fault.ts'
import type { Law, RequestRight } from '../language/laws.ts'
import type { LookedUnder } from '../language/looked-under.ts'
import type { Finding, RequestRecord } from '../records.ts'

/** Keys and indexes that lead to a value inside a policy file. */
export type Path = readonly (string | number)[]

/** What the rest of the policy declares, for a kind to hold its own names against. */
export interface Known {
  readonly data: ReadonlySet<string>
  readonly purposes: ReadonlySet<string>
  /** Names of the disclosure entries, and whom they name. */
  readonly recipients: ReadonlySet<string>
  /** ISO 8601 date of the reading: what ended before is over. */
  readonly today: string
  /** Laws that apply to the controller, by name. */
  readonly applies: ReadonlyMap<string, Law>
  /** Every law that a policy may cite, by name. */
  readonly laws: ReadonlyMap<string, Law>
}

/** A fault inside a kind's block; the reader of the file adds file, line and column. */
export interface Misstatement {
  readonly code: string
  /** From the block's key on. */
  readonly path: Path
  readonly at?: 'key' | 'value'
  readonly what: string
  readonly mend: string
  readonly severity?: 'error' | 'warning'
}

/** What a person does so that a commitment holds; both undefined where the policy names nobody and no day. */
export interface Task {
  /** Role that does it. */
  readonly owner?: string
  /** ISO 8601 date. */
  readonly due?: string
  /** Done again after this long (ISO 8601 duration). */
  readonly every?: string
  readonly says?: string
}

/** Something that looks whether commitments hold, apart from what enforces them. */
export interface Probe {
  /** Written with its findings, e.g. `retention.sweep`. */
  readonly name: string
  readonly says: string
  /** How old a finding may be, unless the policy says otherwise under `probes`; absent: it does not age by itself. */
  readonly every?: string
}

/** One promise of the policy: what the status tells as kept, broken, unproven or task. */
export interface Commitment {
  /** Kind and name, e.g. `retention.tickets`: stable as long as the name is. */
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly place: Place
  /** A gate carries it out. False: accepted, and shown as unproven. */
  readonly enforced: boolean
  /** Sentences of the imported notice that say it. */
  readonly source: readonly string[]
  readonly task?: Task
}

/** One thing a gate or connector does so that a commitment holds. */
export interface Step {
  /** Name inside the kind, e.g. `erasure`. */
  readonly commitment: string
  readonly gate: 'requests'
  /** What a connected store must be able to do. */
  readonly needs: RequestRight
  readonly within: string
}

/** What is known of the world when a status is asked for. */
export interface Facts {
  readonly now: Date
  readonly requests: readonly RequestRecord[]
  readonly findings: readonly Finding[]
}

export interface Standing {
  readonly status: 'kept' | 'broken' | 'unproven' | 'task'
  /** One sentence for people; names no person. */
  readonly why: string
  /** Index of the evidence entry that says so. */
  readonly evidence?: number
  /** The request that says so; its newest entry is the evidence. */
  readonly request?: string
  /** The probe whose word this is. */
  readonly probe?: string
  /** What the probe looked under. */
  readonly under?: LookedUnder
}

/** What the evidence log tells of the past, read once for all commitments. */
export interface History {
  /** Instant at which the newest unbroken run of equal outcomes of a probe about a subject began. */
  runSince(probe: string, subject: string): string | undefined
  /** Acts on one request in the order of the log. */
  acts(request: string): readonly { readonly type: string; readonly at: string; readonly state?: string }[]
}

export type Part = 'prose' | 'wording' | 'enforce' | 'verify'

/** A kind of commitment: one key of the policy file, one folder here, one heading of the notice. */
export interface CommitmentKind<Key extends string = string, Slice = unknown> {
  readonly key: Key
  readonly heading: string
  /** What commitments of this kind say, in one line. */
  readonly says: string
  /** What a policy file may write under the key. */
  readonly vocabulary: z.ZodType
  /** Names of the block's commitments, each with its path from the block on; entries that the vocabulary refuses too. */
  readonly commitments: (block: unknown) => readonly Pick<Commitment, 'name' | 'source' | 'task'>[]
  /** Whether the names that the block uses are declared. */
  readonly misstatements: (block: unknown, known: Known) => readonly Misstatement[]
  /** The slice of the plan, without what the vocabulary refuses, and the steps that carry it out. */
  readonly compile: (block: unknown, known: Known) => { readonly slice: Slice; readonly steps: readonly Step[] }
  readonly verify?: (commitment: Commitment, facts: Facts) => Standing
  /** Instant at which the standing began, as the log shows it. */
  readonly since?: (commitment: Commitment, standing: Standing, facts: Facts, history: History) => string | undefined
  readonly probes?: readonly Probe[]
  /** Parts that this kind does not have, each with its reason. */
  readonly absent: Readonly<Partial<Record<Part, string>>>
}
