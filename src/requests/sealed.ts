import type { Alteration, OldValues } from '../alteration.ts'
import type { Candidate, Found, Identity, RowRef, StorePreview } from '../connector.ts'
import { Fault } from '../language/fault.ts'
import type { Json } from '../ledger.ts'
import type { Held } from './holds.ts'
import type { ResidualClass } from './prove/classify.ts'

export type { ResidualClass } from './prove/classify.ts'

/** An identity as it was supplied; with `store` it is asked there only. */
export interface AskedIdentity extends Identity {
  readonly store?: string
}

export type AskedLock = { readonly passphrase: string } | { readonly recipients: readonly string[] }

export interface StoreRow extends RowRef {
  readonly store: string
}

export interface StoreCandidate extends Candidate {
  readonly store: string
}

/** What an approver was shown, and what it was computed from. */
export interface Shown {
  readonly hash: string
  readonly policy: string
  readonly maps: Readonly<Record<string, string>>
  readonly schemas: Readonly<Record<string, string>>
  readonly previews: readonly StorePreview[]
  readonly candidates: readonly StoreCandidate[]
  readonly unreachable: readonly { readonly store: string; readonly code: string }[]
}

/** One place where the proof found an identity; `identity` is its kind and number (`email#1`), never its value. */
export interface Residual {
  readonly class: ResidualClass
  readonly store: string
  readonly table: string
  readonly column: string
  /** Text values of the row's key as a JSON array; null once the request's data are destroyed. */
  readonly key: string | null
  readonly encoding: string
  readonly identity: string
}

/** What the proof read in all stores; `unread` and `notSearched` say what it therefore cannot show. */
export interface Proof {
  readonly residual: readonly Residual[]
  /** Rows written that are neither the person's nor shared with them, those included that the map lets triggers and cascades write. */
  readonly foreignRowsTouched: number
  /** Of them, those that no map allows: they hold the request open. */
  readonly foreignRowsUnallowed: number
  readonly cells: number
  readonly bytes: number
  readonly unread: readonly {
    readonly store: string
    readonly table: string
    readonly column?: string
    readonly why: string
  }[]
  /** Identities too short or too common to be searched for, by kind and number. */
  readonly notSearched: readonly string[]
}

/** What a resume needs of the person: kept encrypted under a key of the request, destroyed when it closes. */
export interface Sealed {
  readonly version: 1
  readonly pseudonym: string
  /** 32 random bytes, base64: the same value becomes the same stand-in in every store. */
  readonly salt: string
  readonly identities: readonly AskedIdentity[]
  readonly accept: readonly StoreRow[]
  readonly reject: readonly StoreRow[]
  readonly found: Readonly<Record<string, Found>>
  readonly shown?: Shown
  readonly proof?: Proof
  /** By store: what a hold keeps an erasure from. */
  readonly held?: Readonly<Record<string, Held>>
  /** What a correction, an objection or a withdrawal changes. */
  readonly alteration?: Alteration
  /** By store: what the person's records said before a correction; it is searched for afterwards. */
  readonly old?: Readonly<Record<string, OldValues>>
  /** Where an access export goes: a folder, or a file that ends in .zip or .zip.age. */
  readonly out?: string
  /** Who of the staff entered it, as they approve; absent where the person did. */
  readonly enteredBy?: string
  /** How it is locked; the passphrase is named (`env:NAME`, `file:PATH`), never held. */
  readonly lock?: AskedLock
}

/** Plain data (objects, arrays, texts, numbers, truth values) as JSON, losing what JSON cannot say (undefined). */
export function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map((one) => (one === undefined ? null : toJson(one)))
  if (typeof value !== 'object' || value === null) return value as Json
  if (Object.getPrototypeOf(value) !== Object.prototype) return JSON.parse(JSON.stringify(value)) as Json
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [name, toJson(member)]))
}

/** Reads sealed data back. Fault `request.sealed-version` when a newer Kept wrote it. */
export function readSealed(json: Json): Sealed {
  const sealed = json as unknown as Sealed
  if (sealed.version !== 1) {
    throw new Fault({
      code: 'request.sealed-version',
      what: 'The data of this request were written by a newer version of Kept.',
      mend: 'Go on with it in that version.',
    })
  }
  return sealed
}

export function sameRow(left: RowRef, right: RowRef): boolean {
  return left.table === right.table && left.key === right.key
}
