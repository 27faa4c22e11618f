/** Letters leave over SMTP: encrypted, to a server whose certificate holds, and what it says of a letter is kept as codes only. */
import { createTransport, type NodemailerError } from 'nodemailer'
import { isLoopback } from '../base/loopback.ts'
import { Fault } from '../language/fault.ts'
import type { LetterRecord } from '../letters.ts'
import type { Message } from './compose.ts'

type Reply = NonNullable<LetterRecord['reply']>

/**
 * What became of one try. `refused`: this letter, for good (5yz to its recipient or its data). `passing`: tried again
 * later. `down`: no letter gets through now (no connection, no sign-in, no encryption, sender not taken).
 */
export type Sent =
  | { readonly is: 'accepted' | 'refused' | 'passing'; readonly reply: Reply }
  | { readonly is: 'down'; readonly fault: Fault; readonly reply?: Reply }

export interface MailTransport {
  send(message: Message): Promise<Sent>
  /** Connects, encrypts and signs in. The faults of `down`. */
  check(): Promise<void>
  close(): void
}

export interface SmtpAccess {
  /** `smtp://USER:PASSWORD@HOST:587` (STARTTLS) or `smtps://…:465`; user and password may be absent. */
  readonly url: string
  /** Without encryption where the server offers none: only for a server of the own net. Default false; this machine's own needs none. */
  readonly plain?: boolean
  /** PEM of the authority whose certificates count, instead of the machine's. */
  readonly authority?: string
}

/** Opens a pool of at most four connections; nothing is connected before the first letter. Fault `mail.bad-url`. */
export function smtpTransport({ url, plain = false, authority }: SmtpAccess): MailTransport {
  const at = URL.parse(url)
  if (at === null || !['smtp:', 'smtps:'].includes(at.protocol) || at.hostname === '') throw badUrl()
  const secure = at.protocol === 'smtps:'
  const user = decodeURIComponent(at.username)
  const transport = createTransport({
    pool: true,
    maxConnections: 4,
    host: at.hostname.replace(/^\[|\]$/g, ''),
    port: at.port === '' ? (secure ? 465 : 587) : Number(at.port),
    secure,
    ...(secure || plain || isLoopback(at.hostname) ? {} : { requireTLS: true }),
    // On this machine nobody listens in between, and a server's own certificate names another host.
    ...(isLoopback(at.hostname) && !secure && authority === undefined ? { ignoreTLS: true } : {}),
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(at.password) } }),
    tls: { minVersion: 'TLSv1.2', ...(authority === undefined ? {} : { ca: authority }) },
    connectionTimeout: 20_000,
    greetingTimeout: 30_000,
    socketTimeout: 120_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ from, to, bytes }) {
      try {
        const info = await transport.sendMail({ envelope: { from, to: [to] }, raw: bytes })
        return { is: 'accepted', reply: replyOf(info.response ?? '') ?? { code: 250 } }
      } catch (error) {
        return outcomeOf(error as NodemailerError)
      }
    },
    async check() {
      try {
        await transport.verify()
      } catch (error) {
        throw downFault(error as NodemailerError)
      }
    },
    close: () => transport.close(),
  }
}

/** Code and enhanced status of a reply; undefined where it is none. */
export function replyOf(response: string): Reply | undefined {
  const found = /^([2-5]\d\d)[ -](?:([245]\.\d{1,3}\.\d{1,3})\b)?/.exec(response)
  if (found === null) return undefined
  return { code: Number(found[1]), ...(found[2] === undefined ? {} : { status: found[2] }) }
}

function outcomeOf(error: NodemailerError): Sent {
  const response = typeof error.response === 'string' ? error.response : ''
  const reply = replyOf(response)
  // What is said to RCPT TO and DATA is about this letter; everything before it is about us.
  const ofLetter = error.code === 'EENVELOPE' || error.code === 'EMESSAGE'
  const ofSender = typeof error.command === 'string' && error.command.startsWith('MAIL')
  if (reply === undefined || !ofLetter || ofSender || reply.code === 421)
    return { is: 'down', fault: downFault(error), ...(reply === undefined ? {} : { reply }) }
  return { is: reply.code >= 500 ? 'refused' : 'passing', reply }
}

/** Why no letter gets through, without the server's words: they may quote an address. */
function downFault(error: NodemailerError): Fault {
  const reply = replyOf(typeof error.response === 'string' ? error.response : '')
  const said = reply === undefined ? '' : ` (${reply.code}${reply.status === undefined ? '' : ` ${reply.status}`})`
  if (error.code === 'EAUTH')
    return down(
      'mail.sign-in',
      `The mail server did not accept the sign-in${said}.`,
      'Check user and password of smtp.',
    )
  const certificate =
    /certificate|self-signed|altname|SSL routines/i.test(String(error.message)) || error.code === 'ETLS'
  if (certificate)
    return down(
      'mail.not-encrypted',
      'The mail server offers no encryption, or its certificate does not hold.',
      'Use a server with TLS and a valid certificate; only for one of your own net write plain: true under smtp.',
    )
  return down(
    'mail.unreachable',
    `The mail server takes no letter now${said}.`,
    'See that it runs, that this machine reaches it, and that it takes mail from the address under from.',
    error,
  )
}

function down(code: string, what: string, mend: string, cause?: unknown): Fault {
  return new Fault({ code, what, mend, ...(cause === undefined ? {} : { cause: (cause as NodemailerError).code }) })
}

function badUrl(): Fault {
  return new Fault({
    code: 'mail.bad-url',
    what: 'The address of the mail server is not of the form smtp://HOST:587 or smtps://HOST:465.',
    mend: 'Write smtp:// for STARTTLS or smtps:// for TLS from the start, with USER:PASSWORD@ before the host where needed.',
  })
}
