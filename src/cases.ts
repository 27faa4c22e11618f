import type { Entry, Fact, Json } from './ledger.ts'
import type { Letter } from './letters.ts'

/** What somebody wants. `question` and `complaint` carry nothing out in a store. */
export type CaseKind =
  | 'access'
  | 'portability'
  | 'correction'
  | 'erasure'
  | 'restriction'
  | 'objection'
  | 'withdrawal'
  | 'automated-decision'
  | 'marketing-disclosures'
  | 'opt-out'
  | 'minor-removal'
  | 'complaint'
  | 'question'

/**
 * How far a case is. `received`: came in. `identity`: identity was asked for. `search`: it was shown. `preview`: what
 * would be done is seen. `decision`: somebody decided. `carried-out`, `proven`, `answered`, `closed`: done so far.
 * `complained`: the person does not agree; another one of the staff looks at it.
 */
export type CaseState =
  | 'received'
  | 'identity'
  | 'search'
  | 'preview'
  | 'decision'
  | 'carried-out'
  | 'proven'
  | 'answered'
  | 'closed'
  | 'complained'

export type CaseChannel = 'api' | 'form' | 'staff' | 'mail'

/** Until when an answer is promised, and by whom. */
export interface CaseClock {
  /** Name of the law, or `policy` where its own term is shorter. */
  readonly law: string
  readonly source: string
  /** Whether the law's term was looked up in its text. */
  readonly verified: boolean
  /** Latest instant with an extension; absent: the law allows none. */
  readonly latest?: string
  /** Until when the receipt is to be confirmed. */
  readonly confirmBy?: string
}

/** What a person of the staff has to do before the case can go on. */
export type CaseTask =
  | 'confirm-kind'
  | 'check-identity'
  | 'read-message'
  | 'decide'
  | 'carry-out'
  | 'finish'
  | 'answer'
  | 'late'
  | 'complaint'
  | 'letter-failed'

export interface CaseDecision {
  readonly outcome: 'granted' | 'denied' | 'nothing-held' | 'answered'
  /** Staff id; absent: decided by rule. */
  readonly by?: string
  readonly at: string
  /** Name of the ground of a denial. */
  readonly ground?: string
}

/** What changes over the life of a case, none of it personal. */
export interface CaseDetail {
  readonly clock: CaseClock
  /** Laws that the person can lean on. */
  readonly laws: readonly string[]
  /** Where the person lives, ISO 3166, if it was said. */
  readonly country?: string
  readonly tasks: readonly CaseTask[]
  /** Who asks, if not the person. */
  readonly behalf?: 'agent' | 'parent'
  readonly identity?: {
    readonly how: 'mail' | 'site' | 'documents' | 'staff'
    readonly at: string
    readonly by?: string
  }
  readonly extension?: { readonly by: string; readonly at: string; readonly until: string; readonly reason: string }
  /** The date that the staff was told of, and the one of which the person was told that it cannot be met. */
  readonly dueTold?: string
  readonly latenessTold?: string
  /** The date that was missed. */
  readonly missedAt?: string
  /** Addresses that the stores know are still to be asked to confirm. */
  readonly lookUp?: boolean
  /** Ids of the requests that carry it out. */
  readonly requests: readonly string[]
  /** SHA-256 of what was seen in the stores: a decision holds for this. */
  readonly seen?: string
  /** Id of the copy that was made. */
  readonly copy?: string
  readonly decision?: CaseDecision
  /** A fee that was told before anything is done, and whether the person agreed to it. */
  readonly fee?: { readonly amount: string; readonly toldAt: string; readonly agreedAt?: string }
  readonly answer?: { readonly at: string; readonly by?: string; readonly download?: string }
  readonly closing?: { readonly at: string; readonly why: string; readonly by?: string }
  readonly complaint?: { readonly at: string; readonly count: number }
  /** Staff id of who works on it. */
  readonly handler?: string
}

export interface CaseRecord extends CaseDetail {
  readonly id: string
  readonly kind: CaseKind
  readonly state: CaseState
  readonly channel: CaseChannel
  /** BCP 47. */
  readonly language: string
  /** SHA-256 of the policy that it was received under. */
  readonly policy: string
  readonly receivedAt: string
  readonly changedAt: string
  readonly dueAt: string
  /** Counts up with every change: a change names the revision it saw. */
  readonly revision: number
}

/** One step of a case as it was recorded: `by` is a staff id, `person` or `kept`. */
export interface CaseStepRecord {
  readonly case: string
  readonly step: string
  readonly at: string
  readonly by: string
  readonly detail: Json
  /** Index of the evidence entry that attests it. */
  readonly evidence: number
}

/** A message in a case; its text is sealed until the case's data are destroyed. */
export interface CaseMessage {
  readonly id: string
  readonly at: string
  readonly from: 'person' | 'staff' | 'kept'
  /** Absent once destroyed. */
  readonly content?: { readonly subject: string; readonly text: string }
}

export interface CaseFile {
  readonly id: string
  readonly case: string
  readonly what: 'document' | 'attachment' | 'download'
  readonly mediaType: string
  readonly bytes: number
  readonly expiresAt: string
  readonly destroyedAt?: string
}

/** `link` and `code` show an identity, `person` opens the person's own page, `site` is a vendor's token that was used. */
export type TokenPurpose = 'link' | 'code' | 'person' | 'site' | 'download'

export interface CaseToken {
  /** Names the token without telling it. */
  readonly id: string
  readonly case: string
  readonly purpose: TokenPurpose
  readonly expiresAt: string
  readonly used: boolean
  /** What was bound to the token when it was made, sealed: e.g. the identity that it shows. */
  readonly bound?: Json
}

export interface NewCase
  extends Pick<CaseRecord, 'id' | 'kind' | 'state' | 'channel' | 'language' | 'policy' | 'dueAt'> {
  readonly receivedAt: string
  readonly detail: CaseDetail
  /** Contact, identities and words of the person: kept encrypted under a key of the case. */
  readonly sealed: Json
  /** Looked up by keyed hashes only: who is written to, who it is about, and from where it came. */
  readonly contact?: string
  readonly subject?: string
  readonly origin?: string
}

export interface CaseChange {
  readonly id: string
  /** The revision the change was decided on; another one in the meantime makes the whole commit fail with `records.stale`. */
  readonly revision: number
  readonly kind?: CaseKind
  readonly state?: CaseState
  readonly dueAt?: string
  readonly language?: string
  readonly detail?: CaseDetail
  /** Replaces the sealed data; `null` destroys it with its key, its messages and the hashes that find the person. */
  readonly sealed?: Json | null
}

/** A step and the fact that attests it: neither is written without the other. */
export interface NewCaseStep extends Pick<CaseStepRecord, 'case' | 'step' | 'by'> {
  readonly detail?: Json
  readonly fact: Fact
}

export interface NewCaseMessage extends Pick<CaseMessage, 'from'> {
  readonly case: string
  readonly subject: string
  readonly text: string
  /** A message of this name is taken once: a second one makes the whole commit fail with `records.stale`. */
  readonly once?: string
}

export interface NewCaseToken extends Pick<CaseToken, 'case' | 'purpose' | 'expiresAt'> {
  /** What its holder shows; only a keyed hash of it is stored. */
  readonly secret: string
  /** How often a wrong secret may be tried; default: not counted, for secrets that nobody can guess. */
  readonly tries?: number
  readonly bound?: Json
  /** It counts as used from the start: a second one makes the whole commit fail with `records.stale`. */
  readonly used?: true
}

export interface NewCaseFile extends Pick<CaseFile, 'id' | 'case' | 'what' | 'mediaType' | 'expiresAt'> {
  /** Kept encrypted in the database; absent for a file that lies in the data directory. */
  readonly content?: Uint8Array
  readonly bytes: number
}

/** All of it in one durable commit, with the facts of its steps, or nothing. */
export interface CaseCommit {
  readonly opened?: readonly NewCase[]
  readonly changed?: readonly CaseChange[]
  readonly steps: readonly NewCaseStep[]
  readonly messages?: readonly NewCaseMessage[]
  readonly letters?: readonly Letter[]
  readonly tokens?: readonly NewCaseToken[]
  /** Ids of tokens used by it; one that was used or has expired in the meantime is `records.stale`. */
  readonly used?: readonly string[]
  readonly files?: readonly NewCaseFile[]
  /** Ids of files destroyed by it. */
  readonly destroyed?: readonly string[]
}

export interface CaseFilter {
  readonly states?: readonly CaseState[]
  readonly kinds?: readonly CaseKind[]
  /** Cases in which somebody of the staff has something to do. */
  readonly tasks?: boolean
  readonly handler?: string
  /** Not answered, and due before this instant. */
  readonly dueBefore?: string
  /** Default 100, at most 1,000. */
  readonly limit?: number
  /** Id of the last one seen. */
  readonly before?: string
}

/** Cases of people in Kept's own database; all rows carry the controller given when it was opened. */
export interface Cases {
  commit(commit: CaseCommit): Promise<readonly Entry[]>
  case(id: string): Promise<CaseRecord | undefined>
  /** The sealed data, or undefined once destroyed. */
  opened(id: string): Promise<Json | undefined>
  /** Newest first. */
  list(filter?: CaseFilter): Promise<readonly CaseRecord[]>
  /** Open cases (before `answered`) of this contact, newest first; `kind` and `subject` where given. */
  openOf(
    contact: string,
    more?: { readonly kind?: CaseKind; readonly subject?: string },
  ): Promise<readonly CaseRecord[]>
  /** How many copies of data this contact got since the instant. */
  copiesOf(contact: string, since: string): Promise<number>
  /** How many cases came from this origin since the instant. */
  openedFrom(origin: string, since: string): Promise<number>
  /** Cases by kind that missed their date since the instant. */
  missed(since: string): Promise<readonly { readonly kind: CaseKind; readonly cases: number }[]>
  /** Oldest first. */
  steps(id: string): Promise<readonly CaseStepRecord[]>
  messages(id: string): Promise<readonly CaseMessage[]>
  /** The case that took a message of this name. */
  caseOfMessage(once: string): Promise<string | undefined>
  /** The token of this secret, whatever became of it. */
  token(purpose: TokenPurpose, secret: string): Promise<CaseToken | undefined>
  /** Tries a guessable secret of a case: counts the try first, and answers undefined when none is left. */
  tryToken(id: string, purpose: TokenPurpose, secret: string): Promise<CaseToken | undefined>
  files(id: string): Promise<readonly CaseFile[]>
  file(id: string): Promise<CaseFile | undefined>
  /** Undefined once destroyed. */
  fileContent(id: string): Promise<Uint8Array | undefined>
  /** Files whose term is over and that still exist. */
  expiredFiles(now: string, limit: number): Promise<readonly CaseFile[]>
  /** The letters of a reply address: tells that a mail answers this case, no more. */
  replyToken(id: string): string
  /** The case of a reply token, where the token is one of ours. */
  caseOfReply(token: string): string | undefined
  /** Removes tokens that expired before the instant, and hashes of letters and cases no longer needed. */
  tidy(before: string): Promise<void>
}
