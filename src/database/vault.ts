import type { Json } from '../ledger.ts'
import type { Row } from '../sql/sql.ts'
import type { Keys } from './keys.ts'

/** Seals what a row holds of a person under a key of that row: destroying the row's key destroys it in every copy. */
export class Vault {
  readonly #keys: Keys
  readonly #controller: string

  constructor(keys: Keys, controller: string) {
    this.#keys = keys
    this.#controller = controller
  }

  seal(what: string, id: string, plain: Json): { sealed: string; wrapped: string } {
    return this.sealBytes(what, id, Buffer.from(JSON.stringify(plain)))
  }

  sealBytes(what: string, id: string, plain: Uint8Array): { sealed: string; wrapped: string } {
    const { sealed, wrappedKey } = this.#keys.seal(plain, this.#context(what, id))
    return { sealed: sealed.toString('base64'), wrapped: wrappedKey.toString('base64') }
  }

  /** Undefined where it was destroyed, or never reached the database before a loss of power. */
  open(what: string, row: Row | undefined): Json | undefined {
    const plain = this.openBytes(what, row)
    return plain === undefined ? undefined : (JSON.parse(plain.toString('utf8')) as Json)
  }

  openBytes(what: string, row: Row | undefined): Buffer | undefined {
    const { sealed, wrapped_key, id } = row ?? {}
    if (!(sealed instanceof Uint8Array) || !(wrapped_key instanceof Uint8Array)) return undefined
    return this.#keys.unseal(sealed, wrapped_key, this.#context(what, id as string))
  }

  /** A keyed hash in hex, by which a row is found that must not tell what it was made of. */
  tag(what: string, ...parts: readonly string[]): string {
    return this.#keys.tag(this.#controller, what, ...parts).toString('hex')
  }

  #context(what: string, id: string): string {
    return JSON.stringify([this.#controller, what, id])
  }
}
