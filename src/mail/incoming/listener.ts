/** Mail handed over directly by a mail server (SMTP, RFC 5321; LMTP, RFC 2033): taken for our own addresses only, and confirmed once it is stored. */
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { isLoopback } from '../../base/loopback.ts'
import { Fault } from '../../language/fault.ts'
import { isOneOf, plainAddress } from '../address.ts'
import type { TakeLetter } from './imap.ts'
import { type Arrival, mostMailBytes, readIncoming } from './read.ts'

export interface ListenSettings {
  /** Default 127.0.0.1. */
  readonly host?: string
  readonly port: number
  /** Default `smtp`. */
  readonly protocol?: 'smtp' | 'lmtp'
  /** Certificate and key in PEM; without them nothing but this machine's own is listened on. */
  readonly tls?: { readonly certificate: string; readonly key: string }
  /** Connections at once. Default 20. */
  readonly most?: number
}

export interface MailListener {
  readonly port: number
  close(): Promise<void>
}

/** A reply with its codes (RFC 3463); smtp-server writes the number before the text. */
const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

/**
 * Listens for mail to the addresses; any other recipient is refused, so nothing is relayed. A mail whose `take` fails is
 * answered with 451: its sender keeps it and comes again. Faults `mail.listen-open`, `mail.listen`.
 */
export async function listenForMail(
  { host = '127.0.0.1', port, protocol = 'smtp', tls, most = 20 }: ListenSettings,
  arrival: Pick<Arrival, 'addresses' | 'domain'>,
  take: TakeLetter,
  now: () => Date = () => new Date(),
): Promise<MailListener> {
  if (tls === undefined && !isLoopback(host)) throw open()
  const server = new SMTPServer({
    lmtp: protocol === 'lmtp',
    authOptional: true,
    disabledCommands: ['AUTH', ...(tls === undefined ? ['STARTTLS'] : [])],
    ...(tls === undefined ? {} : { cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' as const }),
    size: mostMailBytes,
    maxClients: most,
    socketTimeout: 60_000,
    disableReverseLookup: true,
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= 100) return done(refusal(452, '4.5.3 too many recipients'))
      const given = plainAddress(address)
      if (given === undefined || !isOneOf(arrival.addresses, given))
        return done(refusal(550, '5.1.1 no such address here'))
      return done()
    },
    onData(stream, session, done) {
      stored(stream, session).then(
        () => done(null, '2.0.0 stored'),
        (error) =>
          done(error instanceof Error && 'responseCode' in error ? error : refusal(451, '4.3.0 try again later')),
      )
    },
  })
  async function stored(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const bytes = await bytesOf(stream)
    const recipients = envelope.rcptTo.map(({ address }) => address)
    const nullSender = envelope.mailFrom === false || envelope.mailFrom.address === ''
    const { letter } = await readIncoming(bytes, { ...arrival, recipients, nullSender, receivedAt: now() })
    await take(letter)
  }
  // A client that breaks off is its own affair; unheard, the event would end the process.
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (cause) => reject(occupied(cause)))
    server.listen(port, host, () => resolve())
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** What is beyond the bound is read and dropped, so that the refusal is heard. */
async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    length += piece.length
    if (length <= mostMailBytes) pieces.push(piece)
    else pieces.length = 0
  }
  if (length > mostMailBytes) throw refusal(552, '5.3.4 too large')
  return Buffer.concat(pieces)
}

function open(): Fault {
  return new Fault({
    code: 'mail.listen-open',
    what: 'Mail would be taken over the network without encryption.',
    mend: 'Give listen a certificate and a key, or let it listen on 127.0.0.1.',
  })
}

function occupied(cause: NodeJS.ErrnoException): Fault {
  return new Fault({
    code: 'mail.listen',
    what: 'The port for incoming mail cannot be listened on.',
    mend: 'See who holds it, or name another one under listen.',
    cause: cause.code,
  })
}
