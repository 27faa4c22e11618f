/** Mail that Kept sends and receives; who writes it, who carries it and who answers it know nothing of each other. */
import type { Fact } from './ledger.ts'

/** What a letter is for: mandatory ones carry nothing else. */
export type LetterType = 'case' | 'identity' | 'answer' | 'task' | 'policy-change' | 'staff'

/** A mail that waits to be sent; address and text are sealed while it waits, and destroyed once it was accepted. */
export interface Letter {
  readonly type: LetterType
  readonly to: string
  /** BCP 47, e.g. `de`. */
  readonly language: string
  readonly subject: string
  /** Plain text, lines ended by `\n`. */
  readonly text: string
  readonly html?: string
  /** Id of the case it belongs to: answers to it are found by it. */
  readonly about?: string
  /** Message-IDs with their angle brackets (RFC 5322 section 3.6.4), the oldest first. */
  readonly references?: readonly string[]
  readonly attachments?: readonly LetterFile[]
  /** Right side of its Message-ID: the domain that it is sent from. Default `kept.invalid`. */
  readonly domain?: string
  /** Put into the address of its answers (`privacy+TOKEN@…`), so that they find their case. */
  readonly replyToken?: string
  /** A second letter of this name is never posted. */
  readonly once?: string
}

export interface LetterFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** `waiting`: not accepted by a mail server yet. `failed`: given up, or the server refused it for good. */
export type LetterState = 'waiting' | 'accepted' | 'bounced' | 'failed'

export interface LetterRecord {
  readonly id: string
  readonly type: LetterType
  readonly state: LetterState
  readonly about?: string
  /** The Message-ID it is sent under, the same at each try. */
  readonly messageId: string
  readonly attempts: number
  readonly createdAt: string
  /** When it is tried next. */
  readonly dueAt: string
  /** Reply code and enhanced status code of the server (RFC 5321, RFC 3463), never its text. */
  readonly reply?: { readonly code: number; readonly status?: string }
}

/** A mail that came in, read and bounded. */
export interface IncomingLetter {
  readonly messageId?: string
  /** SHA-256 of the mail as it came, hex: by it one without a Message-ID is taken once. */
  readonly sha256?: string
  /** Address of the From field, lower case; what it says is not proven. */
  readonly from: string
  /** The addresses of the vendor that it reached, with what stands behind `+` in them. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  /** Message-IDs it answers, the oldest first. */
  readonly references: readonly string[]
  readonly attachments: readonly LetterFile[]
  /** What was left out because of a bound: names and sizes, no contents. */
  readonly omitted: readonly { readonly name: string; readonly bytes: number }[]
  /** Sent by a machine (RFC 3834): never answered. */
  readonly automatic: boolean
  /** A delivery report (RFC 3464) about this Message-ID. */
  readonly bounceOf?: string
  readonly receivedAt: string
}

/** A letter handed out to be sent. */
export interface DueLetter {
  readonly record: LetterRecord
  readonly letter: Letter
}

/** Reply of a mail server: code and enhanced status code, never its text. */
export type ServerReply = NonNullable<LetterRecord['reply']>

/**
 * Letters that wait to be sent. Each end of a letter is written with the fact that attests it; address and text are
 * destroyed with their key once it was accepted or given up.
 */
export interface Letters {
  /** Letters that belong to no case; those of a case are posted with its change (`Cases.commit`). Faults as of `Ledger`. */
  post(letters: readonly Letter[], facts?: readonly Fact[]): Promise<readonly LetterRecord[]>
  /**
   * Hands out letters whose time has come, the oldest first, and counts the try: nobody else gets them for `leaseMs`
   * (default ten minutes). A letter whose text was lost is given up.
   */
  due(limit: number, leaseMs?: number): Promise<readonly DueLetter[]>
  accepted(id: string, reply?: ServerReply): Promise<void>
  /** Tried again from this instant on. */
  retry(id: string, at: string, reply?: ServerReply): Promise<void>
  failed(id: string, reply?: ServerReply): Promise<void>
  /** The letter that a delivery report tells of, if it is one of ours. */
  bounced(messageId: string): Promise<LetterRecord | undefined>
  /** The letter of this Message-ID, if it is one of ours. */
  letterOf(messageId: string): Promise<LetterRecord | undefined>
  /** All letters about a case or another matter (`Letter.about`), the oldest first; at most 1,000. */
  ofCase(id: string): Promise<readonly LetterRecord[]>
  /** How many letters about it are in which state. */
  counts(about: string): Promise<Readonly<Record<LetterState, number>>>
}
