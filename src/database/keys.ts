import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { keyedHash, sha256Hex } from '../base/hash.ts'
import { base32 } from '../base/ids.ts'
import { Fault } from '../language/fault.ts'
import { makeSigner, readVerifier, type Signer, type Verifier } from './evidence/note.ts'
import { mostRotations, type Rotation } from './evidence/rotation.ts'

/** A year of use, then two years in which a backup made in that year can still be restored and erased again. */
const suppressionUseDays = 365
const suppressionTermDays = 730

const secret = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)
const keyFile = z.strictObject({
  kept: z.literal(1),
  signing: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  master: secret,
  lookup: secret,
  /** How earlier signing keys handed over; their private halves are gone. */
  rotations: z
    .array(z.strictObject({ key: z.string(), note: z.string() }))
    .max(2000)
    .optional(),
  suppression: z
    .array(z.strictObject({ name: z.string(), key: secret, from: z.iso.datetime(), until: z.iso.datetime() }))
    .min(1),
})
type KeyFile = z.infer<typeof keyFile>

/** The secrets of one Kept: they live outside its database and never appear in a log, fault or entry. */
export interface Keys {
  /** The key that signs now; another process may have replaced it meanwhile. */
  signer(origin: string): Signer
  /** How the earlier signing keys of this log handed over, the first first. */
  rotations(origin: string): readonly Rotation[]
  /** All signing keys of this log, the current one last. */
  verifiers(origin: string): readonly Verifier[]
  /** Puts a new signing key in the place of the old one, with what the old one signs of it. Fault `keys.rotated-often`. */
  rotate(handOver: (old: (origin: string) => Signer, next: KeyObject) => readonly Rotation[]): void
  /** Names the master and lookup keys without telling them: a database made with others is refused. */
  readonly fingerprint: string
  /** Encrypts for this place only; the context is bound into the result. */
  seal(plain: Uint8Array, context: string): { readonly sealed: Buffer; readonly wrappedKey: Buffer }
  unseal(sealed: Uint8Array, wrappedKey: Uint8Array, context: string): Buffer
  /** A keyed hash to look a person's identity up by. */
  tag(...parts: readonly string[]): Buffer
  /** The current suppression key, or the one of this name. Fault `keys.destroyed` once its term is over. */
  suppression(name?: string): {
    readonly name: string
    readonly key: Uint8Array
    readonly from: string
    readonly until: string
  }
  /** A staff member's id for the evidence. */
  staff(who: string): string
  /** 32 bytes of a secret for one purpose, the same as long as the keys are: it stands in no file of its own. */
  secretFor(purpose: string): Buffer
}

/** Opens the keys in `directory`, made at first use with mode 0600; suppression keys whose term is over are destroyed. */
export function openKeys(directory: string, clock: Clock): Keys {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'keys.json')
  let file = read(path)
  if (file === undefined) {
    create(path, clock)
    file = read(path)
  }
  if (file === undefined) throw unreadable(path)
  return new FileKeys(path, renew(path, file, clock))
}

function read(path: string): KeyFile | undefined {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unreadable(path)
  }
  try {
    return keyFile.parse(JSON.parse(content))
  } catch {
    throw unreadable(path)
  }
}

function unreadable(path: string): Fault {
  return new Fault({
    code: 'keys.unreadable',
    what: 'The key file cannot be read or is not one of Kept.',
    mend: 'Put the key file back from where it was kept safe; without it sealed requests cannot be opened.',
    where: { file: path },
  })
}

function create(path: string, clock: Clock): void {
  const { privateKey } = generateKeyPairSync('ed25519')
  const file: KeyFile = {
    kept: 1,
    signing: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    master: randomBytes(32).toString('base64'),
    lookup: randomBytes(32).toString('base64'),
    suppression: [newSuppression(clock)],
  }
  const unfinished = write(path, file)
  try {
    linkSync(unfinished, path)
  } catch (error) {
    // Another process was first: its keys are the keys.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(unfinished)
  }
}

function newSuppression(clock: Clock): KeyFile['suppression'][number] {
  const key = randomBytes(32)
  const from = clock.now()
  return {
    name: sha256Hex(key).slice(0, 16),
    key: key.toString('base64'),
    from: from.toISOString(),
    until: new Date(from.getTime() + (suppressionUseDays + suppressionTermDays) * 86_400_000).toISOString(),
  }
}

/** A new suppression key once the current one's year of use is over; those past their term are dropped from the file. */
function renew(path: string, file: KeyFile, clock: Clock): KeyFile {
  const now = clock.now().getTime()
  const alive = file.suppression.filter((key) => Date.parse(key.until) > now)
  const current = alive.at(-1)
  const worn = current === undefined || Date.parse(current.from) + suppressionUseDays * 86_400_000 <= now
  if (!worn && alive.length === file.suppression.length) return file
  const renewed = { ...file, suppression: worn ? [...alive, newSuppression(clock)] : alive }
  renameSync(write(path, renewed), path)
  return renewed
}

function write(path: string, file: KeyFile): string {
  const unfinished = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const handle = openSync(unfinished, 'wx', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(file, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  chmodSync(unfinished, 0o600)
  return unfinished
}

function tooMany(): Fault {
  return new Fault({
    code: 'keys.rotated-often',
    what: `The signing key was replaced ${mostRotations} times already.`,
    mend: 'Begin a new log with a new database; keep the last pack of this one.',
  })
}

class FileKeys implements Keys {
  readonly fingerprint: string
  readonly #path: string
  #file: KeyFile
  #readAt = 0
  readonly #master: KeyObject
  readonly #lookup: Buffer
  readonly #suppression: KeyFile['suppression']

  constructor(path: string, file: KeyFile) {
    this.#path = path
    this.#file = file
    createPrivateKey(file.signing)
    const master = Buffer.from(file.master, 'base64')
    this.#master = createSecretKey(master)
    this.#lookup = Buffer.from(file.lookup, 'base64')
    this.#suppression = file.suppression
    this.fingerprint = keyedHash(master, 'fingerprint', keyedHash(this.#lookup, 'fingerprint').toString('hex'))
      .toString('hex')
      .slice(0, 16)
  }

  signer(origin: string): Signer {
    return makeSigner(origin, this.#current().signing)
  }

  rotations(origin: string): Rotation[] {
    return (this.#current().rotations ?? []).filter(({ key }) => readVerifier(key)?.name === origin)
  }

  verifiers(origin: string): Verifier[] {
    const earlier = this.rotations(origin).flatMap(({ key }) => readVerifier(key) ?? [])
    return [...earlier, this.signer(origin)]
  }

  rotate(handOver: (old: (origin: string) => Signer, next: KeyObject) => readonly Rotation[]): void {
    const file = this.#current()
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const added = handOver((origin) => makeSigner(origin, file.signing), publicKey)
    const rotations = [...(file.rotations ?? []), ...added]
    const names = rotations.map(({ key }) => key.split('+')[0])
    if (names.some((name) => names.filter((other) => other === name).length > mostRotations)) throw tooMany()
    const signing = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    renameSync(write(this.#path, { ...file, signing, rotations }), this.#path)
    this.#readAt = 0
  }

  /** The file as it stands: a long-running process signs with the key that another one put in place. */
  #current(): KeyFile {
    const changedAt = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs
    if (changedAt !== undefined && changedAt !== this.#readAt) {
      this.#file = read(this.#path) ?? this.#file
      this.#readAt = changedAt
    }
    return this.#file
  }

  seal(plain: Uint8Array, context: string): { sealed: Buffer; wrappedKey: Buffer } {
    const key = randomBytes(32)
    return { sealed: encrypt(createSecretKey(key), plain, context), wrappedKey: encrypt(this.#master, key, context) }
  }

  unseal(sealed: Uint8Array, wrappedKey: Uint8Array, context: string): Buffer {
    return decrypt(createSecretKey(decrypt(this.#master, wrappedKey, context)), sealed, context)
  }

  tag(...parts: readonly string[]): Buffer {
    return keyedHash(this.#lookup, 'person', ...parts)
  }

  suppression(name?: string): { name: string; key: Uint8Array; from: string; until: string } {
    const found = name === undefined ? this.#suppression.at(-1) : this.#suppression.find((key) => key.name === name)
    if (found === undefined) {
      throw new Fault({
        code: 'keys.destroyed',
        what: `The suppression key ${/^[0-9a-f]{16}$/.test(name ?? '') ? name : ''} is not there: its term is over or the key file is another one.`,
        mend: 'Rows erased under it cannot be recognised any more; for younger backups put the right key file in place.',
      })
    }
    return { ...found, key: Buffer.from(found.key, 'base64') }
  }

  staff(who: string): string {
    return `s${base32(keyedHash(this.#lookup, 'staff', who), 26)}`
  }

  secretFor(purpose: string): Buffer {
    return keyedHash(this.#lookup, 'secret', purpose)
  }

  toJSON(): object {
    return { fingerprint: this.fingerprint }
  }
}

/**
 * AES-256-GCM: 12 bytes of nonce, 16 of tag, then the text. Keys are key objects: from plain bytes a cipher takes five
 * times as long to make.
 */
function encrypt(key: KeyObject, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

function decrypt(key: KeyObject, sealed: Uint8Array, context: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(context))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  } catch {
    throw new Fault({
      code: 'keys.cannot-open',
      what: 'Sealed data of a request cannot be opened: it was changed, or the key file is another one.',
      mend: 'Put the key file that belongs to this database in place.',
    })
  }
}
