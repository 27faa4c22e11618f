import { ImapFlow } from 'imapflow'
import { SourceFailure } from '../items/source.ts'

const answerTimeoutMs = 60_000
const mostConnections = 8

/** How a server is signed in to, and the accounts that are looked at. */
export interface Access {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly plain: boolean
  readonly user: string
  readonly password: string
  readonly accounts: readonly string[]
  /** The user signs in for each account by its name. */
  readonly acts: boolean
}

/** Connections to the accounts of a server, made when they are needed. */
export class ImapConnections {
  readonly #access: Access
  /** By account, the one used last at the end. */
  readonly #open = new Map<string, ImapFlow>()

  constructor(access: Access) {
    this.#access = access
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((account) => this.#leave(account)))
  }

  async #leave(account: string): Promise<void> {
    const client = this.#open.get(account)
    this.#open.delete(account)
    await client?.logout().catch(() => client.close())
  }

  /** Accounts in turn stay signed in, a few at a time. */
  async to(account: string): Promise<ImapFlow> {
    const known = this.#open.get(account)
    if (known?.usable) {
      this.#open.delete(account)
      this.#open.set(account, known)
      return known
    }
    await this.#leave(account)
    const [oldest] = this.#open.keys()
    if (oldest !== undefined && this.#open.size >= mostConnections) await this.#leave(oldest)
    const { host, port, secure, plain, user, password: pass, acts } = this.#access
    const client = new ImapFlow({
      host,
      port,
      secure,
      ...(secure || plain ? {} : { doSTARTTLS: true }),
      auth: { user, pass, ...(acts ? { authzid: account } : {}) },
      logger: false,
      disableAutoIdle: true,
      socketTimeout: answerTimeoutMs,
      greetingTimeout: 10_000,
      connectionTimeout: 10_000,
    })
    // A lost connection is told by the next command; unheard, the event would end the process.
    client.on('error', () => undefined)
    try {
      await client.connect()
    } catch (error) {
      client.close()
      throw failureOf(error)
    }
    this.#open.set(account, client)
    return client
  }
}

/** Why a command failed, by what the server said of it; never its words. */
export function failureOf(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error
  const { authenticationFailed, code, responseStatus } = error as {
    authenticationFailed?: boolean
    code?: string
    responseStatus?: string
  }
  if (authenticationFailed === true)
    return new SourceFailure('permission', 'the server did not accept the sign-in', error)
  if (code === 'ETIMEOUT') return new SourceFailure('timeout', 'the server did not answer in time', error)
  if (responseStatus === 'NO' || responseStatus === 'BAD')
    return new SourceFailure('refused', 'the server refused a command', error)
  return new SourceFailure('unreachable', `no connection (${code ?? 'lost'})`, error)
}
