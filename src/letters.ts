/** Mail that Kept sends and receives; who writes it, who carries it and who answers it know nothing of each other. */

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
  /** Address of the From field, lower case; what it says is not proven. */
  readonly from: string
  /** The addresses of the vendor that it reached. */
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
