import type { RequestKind } from './language/request-kinds.ts'
import type { Entry, Fact, Json } from './ledger.ts'

export type { RequestKind } from './language/request-kinds.ts'

/**
 * The life of a request. `open`: carried out as far as possible, held open by a residual, a store or a row that failed.
 * Closed states: `done`, `denied`, `cancelled`.
 */
export type RequestState =
  | 'received'
  | 'awaiting-approval'
  | 'approved'
  | 'executing'
  | 'proving'
  | 'open'
  | 'done'
  | 'denied'
  | 'cancelled'

/** One store's part of a request. `executed` and later are never done again. */
export interface StoreStep {
  readonly store: string
  /** `task`: handed to a person; `attested`: that person said that it is done. */
  readonly state: 'pending' | 'unreachable' | 'failed' | 'executed' | 'proven' | 'task' | 'attested'
  readonly attempts: number
  /** Code of the last fault; no text of the store's. */
  readonly fault?: string
  /** The table of the map in which it failed. */
  readonly table?: string
  /** SHA-256 of the store's map that the part was proven under. */
  readonly map?: string
  /** Counts by table, role and action: no keys, no values. */
  readonly result?: Json
  /** What a person has to do there. */
  readonly task?: StepTask
}

/** A part of a request that no program can do. */
export interface StepTask {
  /** Role that does it, where the map names one. */
  readonly owner?: string
  readonly dueAt: string
  /** Who said what became of it (a staff id), and when. `note`: SHA-256 of what they wrote about it. */
  readonly answer?: {
    readonly by: string
    readonly at: string
    readonly outcome: 'done' | 'failed'
    readonly note?: string
  }
}

export interface RequestRecord {
  readonly id: string
  readonly kind: RequestKind
  readonly state: RequestState
  readonly controller: string
  /** SHA-256 of the policy it runs under. */
  readonly policy: string
  readonly createdAt: string
  readonly changedAt: string
  readonly dueAt: string
  /** Counts up with every change: a change names the revision it saw. */
  readonly revision: number
  readonly steps: readonly StoreStep[]
  readonly approval?: { readonly by: string; readonly at: string; readonly hash: string }
  readonly closing?: { readonly by?: string; readonly ground?: string }
  /** Preview, proof and evidence in counts, as `kept request show` tells them: no values of a person. */
  readonly report?: Json
  /** Indices of the first and last evidence entry whose fact's `body.request` is this id; written with the facts. */
  readonly evidence?: { readonly first: number; readonly last: number }
}

/** A request with its sealed data, as long as those are not destroyed. */
export interface OpenedRequest {
  readonly record: RequestRecord
  readonly sealed?: Json
}

export interface NewRequest {
  /** 12 letters of base 32, where it was chosen beforehand; default: a new one. One that is there already is a failure. */
  readonly id?: string
  readonly kind: RequestKind
  readonly policy: string
  readonly dueAt: string
  readonly stores: readonly string[]
  /** What a resume needs of the person (identities, accepted candidates …): kept encrypted under a key of this request. */
  readonly sealed: Json
}

export interface RequestChange {
  readonly id: string
  /** The revision the change was decided on; another one in the meantime makes the whole commit fail with `records.stale`. */
  readonly revision: number
  readonly state?: RequestState
  /** A later date, where an extension was taken and told. */
  readonly dueAt?: string
  readonly steps?: readonly StoreStep[]
  readonly approval?: RequestRecord['approval']
  readonly closing?: RequestRecord['closing']
  readonly report?: Json
  /** Replaces the sealed data; `null` destroys it together with its key. */
  readonly sealed?: Json | null
}

/** Which rows an erasure removed or changed, as keyed hashes, so that a restored backup can be erased again (guarantee 7). */
export interface ErasedRows {
  readonly request: string
  readonly store: string
  readonly table: string
  /** Names the suppression key that made the hashes. */
  readonly key: string
  readonly hashBytes: number
  /** Concatenated hashes of `hashBytes` each. */
  readonly hashes: Uint8Array
}

/** A finding of a probe: newest per probe and subject decides the status of a commitment. */
export interface Finding {
  readonly probe: string
  /** What was looked at, e.g. a store or a commitment id. */
  readonly subject: string
  readonly outcome: 'kept' | 'broken' | 'unproven'
  readonly at: string
  /** Index of the evidence entry that says so. */
  readonly evidence: number
  /** `policy` and `maps` (by store) name by SHA-256 what was looked under: without them nobody can tell whether it changed since. */
  readonly detail?: Json
}

/** A file of a notice as it was published. */
export interface NoticeFile {
  /** Inside the version's folder, with `/`. */
  readonly path: string
  readonly mediaType: string
  readonly text: string
}

/** What a version is made of; every one stays readable. */
export interface VersionContent {
  /** The policy file, as it was. */
  readonly policyText: string
  readonly files: readonly NoticeFile[]
}

/** A version's page was seen where people find it. */
export interface VersionShown {
  /** How it was seen: `page`. */
  readonly by: string
  /** Where, e.g. the page's address. */
  readonly place: string
  /** SHA-256 of what was seen there, hex. */
  readonly sha256: string
  readonly at: string
  readonly evidence: number
}

/** A version of the policy and its notice; what is written of it is never changed. */
export interface VersionRecord {
  /** From 1, without gaps. */
  readonly number: number
  /** Day that the notice shows; no two versions have the same. */
  readonly date: string
  /** Day before which it cannot take effect. */
  readonly effective: string
  readonly publishedAt: string
  /** SHA-256 of the policy file, of what it commits to, and of the notice's files, hex. */
  readonly policy: string
  readonly meaning: string
  readonly notice: string
  /** What changed against the version in force when it was published. */
  readonly differences: Json
  /** Purposes whose consent is asked anew under it. */
  readonly asks: readonly string[]
  /** Index of the evidence entry that attests it. */
  readonly evidence: number
  readonly shown: readonly VersionShown[]
  readonly activated?: { readonly at: string; readonly evidence: number }
}

export type NewVersion = VersionContent &
  Pick<VersionRecord, 'number' | 'date' | 'effective' | 'policy' | 'meaning' | 'notice' | 'differences' | 'asks'>

/**
 * The versions of the policy. Each act is written in one transaction with the fact that attests it; `records.stale` where
 * somebody else published or activated in the meantime.
 */
export interface Versions {
  /** In the order of their numbers. */
  versions(): Promise<readonly VersionRecord[]>
  versionContent(number: number): Promise<VersionContent | undefined>
  publishVersion(version: NewVersion, fact: Fact): Promise<VersionRecord>
  showVersion(number: number, shown: Pick<VersionShown, 'by' | 'place' | 'sha256'>, fact: Fact): Promise<VersionShown>
  /** Only a version after the one in force. */
  activateVersion(number: number, fact: Fact): Promise<Entry>
  /** Entries of the log that attest published and activated versions, in order. */
  versionEntries(): Promise<readonly Entry[]>
}

/** What is left out of sweeps: of these people, these categories, these stores; each of them all where none is named. */
export interface HoldRecord {
  readonly id: string
  readonly ground: string
  /** Staff ids. */
  readonly by: string
  readonly endedBy?: string
  /** The last day on which it holds, YYYY-MM-DD in UTC. */
  readonly until: string
  readonly data: readonly string[]
  readonly stores: readonly string[]
  /** How many identities it names; they are sealed. */
  readonly identities: number
  readonly createdAt: string
  readonly endedAt?: string
}

/** Not ended, and its last day not over. */
export function isActive(hold: Pick<HoldRecord, 'endedAt' | 'until'>, now: Date): boolean {
  return hold.endedAt === undefined && hold.until >= now.toISOString().slice(0, 10)
}

export type NewHold = Pick<HoldRecord, 'ground' | 'by' | 'until' | 'data' | 'stores'> & {
  readonly identities: readonly { readonly kind: string; readonly value: string; readonly store?: string }[]
}

/** Holds; each act is written in one transaction with the fact that attests it. */
export interface Holds {
  addHold(hold: NewHold, fact: (id: string) => Fact): Promise<HoldRecord>
  /** Destroys its identities with their key. `records.stale` where it is unknown or ended. */
  endHold(id: string, by: string, fact: Fact): Promise<void>
  /** Newest first, ended ones too. */
  holds(): Promise<readonly HoldRecord[]>
  /** Identities of a hold; undefined once it has ended, or where they are lost. */
  heldIdentities(id: string): Promise<NewHold['identities'] | undefined>
}

/**
 * What Kept remembers. Every change is written in one transaction with the facts that attest it: both or neither.
 * All rows carry the controller given when the database was opened.
 */
export interface Records {
  createRequests(
    requests: readonly NewRequest[],
    facts: (ids: readonly string[]) => readonly Fact[],
  ): Promise<readonly RequestRecord[]>
  request(id: string): Promise<RequestRecord | undefined>
  requests(filter?: {
    states?: readonly RequestState[]
    limit?: number
    before?: string
  }): Promise<readonly RequestRecord[]>
  /** The sealed data of a request, or undefined once destroyed. */
  unseal(id: string): Promise<Json | undefined>
  /** Many requests by id with what is sealed with each, in one query; unknown ones are absent. */
  openAll?(ids: readonly string[]): Promise<ReadonlyMap<string, OpenedRequest>>
  /**
   * These requests as this very process wrote or read them moments ago, without reading them now; undefined unless it
   * still holds them all. They are handed over once. `current` comes true when the database has said that this is how
   * they stand, and is rejected with `records.stale` otherwise: nothing may be done for good before that.
   */
  held?(
    ids: readonly string[],
  ): { readonly requests: ReadonlyMap<string, OpenedRequest>; readonly current: Promise<void> } | undefined
  /**
   * All changes, erased rows and facts in one durable commit. With `once` it may be prepared at once, but is committed
   * when that has come true; when it is rejected nothing is written, and the change is rejected likewise.
   */
  change(
    changes: readonly RequestChange[],
    facts: readonly Fact[],
    more?: {
      /** Where a function makes them it is called while the rest is on its way already. */
      readonly erased?: readonly ErasedRows[] | (() => readonly ErasedRows[])
      readonly findings?: readonly Omit<Finding, 'evidence' | 'at'>[]
      readonly once?: Promise<void>
    },
  ): Promise<readonly Entry[]>
  erasedRows(store: string): AsyncIterable<ErasedRows>
  findings(): Promise<readonly Finding[]>
  /** Random, stable per person as long as its key lives; `identities` select the person, they are never stored in clear. */
  pseudonym(identities: readonly { readonly kind: string; readonly value: string }[]): Promise<string>
  /** Destroys the pseudonym key of a person: entries about them can no longer be linked to them. */
  forget(pseudonym: string): Promise<void>
  /** The current suppression key, or the one of that name: 32 bytes kept outside the database. Fault `keys.destroyed` after its term. */
  suppressionKey(name?: string): Promise<{ readonly name: string; readonly key: Uint8Array }>
}
