/** Mail is collected from a mailbox (IMAP, RFC 9051): each is stored first and moved away then, so that a crash between loses none. */
import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { isLoopback } from '../../base/loopback.ts'
import { Fault } from '../../language/fault.ts'
import type { IncomingLetter } from '../../letters.ts'
import { type Arrival, mostMailBytes, type ReadLetter, readIncoming } from './read.ts'

export interface ImapAccess {
  /** `imaps://USER:PASSWORD@HOST`, or `imap://…` with STARTTLS; this machine's own needs none. */
  readonly url: string
  /** Without encryption where the server offers none. Default false. */
  readonly plain?: boolean
  /** PEM of the authority whose certificates count, instead of the machine's. */
  readonly authority?: string
  /** Folder that is emptied; default INBOX. */
  readonly folder?: string
  /** Where mails go that were taken, and those that could not be read. Default `Kept` and `Kept unread`. */
  readonly taken?: string
  readonly unread?: string
}

export interface Collected {
  readonly taken: number
  /** Mails of which only the header could be read, by the code of the finding. */
  readonly unread: Readonly<Record<string, number>>
  /** More wait than were taken in this go. */
  readonly more: boolean
}

/** Takes one mail; it may be given twice after a crash, and must then count once (`messageId`, `sha256`). */
export type TakeLetter = (letter: IncomingLetter) => Promise<void>

/** Of a mail larger than is read, this much. */
const headBytes = 1 << 17

/**
 * Takes what lies in the folder, the oldest first, at most `most` (default 200). Two who collect at once may both take a
 * mail: `take` makes it count once. Faults `mail.imap-sign-in`, `mail.imap-unreachable`, `mail.bad-url`, and those of `take`,
 * after which the mail stays where it was.
 */
export async function collectMail(
  access: ImapAccess,
  arrival: Omit<Arrival, 'receivedAt' | 'size'>,
  take: TakeLetter,
  { now = () => new Date(), most = 200 }: { readonly now?: () => Date; readonly most?: number } = {},
): Promise<Collected> {
  const client = await signedIn(access)
  const { folder = 'INBOX', taken: done = 'Kept', unread: odd = 'Kept unread' } = access
  const unread: Record<string, number> = {}
  let taken = 0
  try {
    const lock = await client.getMailboxLock(folder)
    try {
      const found = await client.search({ deleted: false }, { uid: true })
      const uids = found || []
      for (const uid of uids.slice(0, most)) {
        const mail = await fetched(client, uid)
        if (mail === undefined) continue
        const read: ReadLetter = await readIncoming(mail.bytes, { ...arrival, receivedAt: now(), size: mail.size })
        await take(read.letter)
        taken++
        if (read.unread !== undefined) unread[read.unread] = (unread[read.unread] ?? 0) + 1
        await moved(client, uid, read.unread === undefined ? done : odd)
      }
      return { taken, unread, more: uids.length > most }
    } finally {
      lock.release()
    }
  } catch (error) {
    throw error instanceof Fault ? error : unreachable(error)
  } finally {
    await client.logout().catch(() => client.close())
  }
}

/** Connects, signs in and sees the folder. The faults of `collectMail`. */
export async function checkImap(access: ImapAccess): Promise<{ readonly waiting: number }> {
  const client = await signedIn(access)
  try {
    const status = await client.status(access.folder ?? 'INBOX', { messages: true })
    return { waiting: status === false ? 0 : (status.messages ?? 0) }
  } catch (error) {
    throw unreachable(error)
  } finally {
    await client.logout().catch(() => client.close())
  }
}

/** Waits until a mail of this Message-ID lies in the folder, and deletes it there; false when it did not come in time. */
export async function awaitMail(access: ImapAccess, messageId: string, waitMs: number): Promise<boolean> {
  const until = Date.now() + waitMs
  const client = await signedIn(access)
  try {
    const lock = await client.getMailboxLock(access.folder ?? 'INBOX')
    try {
      for (;;) {
        await client.noop()
        const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
        if (found && found.length > 0) return await client.messageDelete(found.join(','), { uid: true })
        if (Date.now() > until) return false
        await pause(500)
      }
    } finally {
      lock.release()
    }
  } catch (error) {
    throw unreachable(error)
  } finally {
    await client.logout().catch(() => client.close())
  }
}

async function fetched(
  client: ImapFlow,
  uid: number,
): Promise<{ readonly bytes: Uint8Array; readonly size: number } | undefined> {
  const known = await client.fetchOne(String(uid), { size: true }, { uid: true })
  if (known === false) return undefined
  const size = known.size ?? 0
  const source = size > mostMailBytes ? { start: 0, maxLength: headBytes } : true
  const whole = await client.fetchOne(String(uid), { source }, { uid: true })
  return whole === false || whole.source === undefined ? undefined : { bytes: whole.source, size }
}

async function moved(client: ImapFlow, uid: number, folder: string): Promise<void> {
  const move = () => client.messageMove(String(uid), folder, { uid: true })
  const answer = await move().catch(() => false as const)
  if (answer !== false) return
  await client.mailboxCreate(folder)
  await move()
}

async function signedIn({ url, plain = false, authority }: ImapAccess): Promise<ImapFlow> {
  const at = URL.parse(url)
  if (at === null || !['imap:', 'imaps:'].includes(at.protocol) || at.hostname === '') throw badUrl()
  const secure = at.protocol === 'imaps:'
  const client = new ImapFlow({
    host: at.hostname.replace(/^\[|\]$/g, ''),
    port: at.port === '' ? (secure ? 993 : 143) : Number(at.port),
    secure,
    ...(secure || plain || isLoopback(at.hostname) ? {} : { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(at.username), pass: decodeURIComponent(at.password) },
    tls: { minVersion: 'TLSv1.2', ...(authority === undefined ? {} : { ca: authority }) },
    logger: false,
    disableAutoIdle: true,
    socketTimeout: 60_000,
    greetingTimeout: 20_000,
    connectionTimeout: 20_000,
  })
  // A lost connection is told by the next command; unheard, the event would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    if ((error as { authenticationFailed?: boolean }).authenticationFailed === true) throw signInRefused()
    throw unreachable(error)
  }
}

function signInRefused(): Fault {
  return new Fault({
    code: 'mail.imap-sign-in',
    what: 'The mailbox did not accept the sign-in.',
    mend: 'Check user and password of imap.',
  })
}

/** Without the server's words: they may quote an address. */
function unreachable(error: unknown): Fault {
  return new Fault({
    code: 'mail.imap-unreachable',
    what: 'The mailbox cannot be read now.',
    mend: 'See that the server runs, that its certificate holds, and that the folder is there.',
    cause: (error as { code?: string }).code ?? (error as Error).name,
  })
}

function badUrl(): Fault {
  return new Fault({
    code: 'mail.bad-url',
    what: 'The address of the mailbox is not of the form imaps://USER:PASSWORD@HOST or imap://….',
    mend: 'Write imaps:// for TLS from the start or imap:// for STARTTLS.',
  })
}
