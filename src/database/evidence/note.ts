import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'

/** Algorithm byte of Ed25519 in C2SP signed-note. */
const ed25519 = 1
/** DER header of an Ed25519 public key (RFC 8410), before its 32 bytes. */
const spkiHeader = Buffer.from('302a300506032b6570032100', 'hex')

/** A public key under the name it signs as; `key` is the C2SP verifier key `name+id+base64`. */
export interface Verifier {
  readonly name: string
  /** Key id: the first four bytes of SHA-256 over name, newline, algorithm byte and public key; hex. */
  readonly id: string
  readonly key: string
  readonly publicKey: KeyObject
}

export interface Signer extends Verifier {
  readonly privateKey: KeyObject
}

/** A checkpoint's text: log's origin, size and root (C2SP tlog-checkpoint). */
export interface TreeHead {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

/** A key name for a controller: no spaces and no plus may stand in it (C2SP signed-note). */
export function originOf(controller: string): string {
  return `kept/${encodeURIComponent(controller)}`
}

export function makeVerifier(name: string, publicKey: KeyObject): Verifier {
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const tagged = Buffer.concat([Buffer.from([ed25519]), raw])
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), tagged]), 'buffer')
    .subarray(0, 4)
    .toString('hex')
  return { name, id, key: `${name}+${id}+${tagged.toString('base64')}`, publicKey }
}

export function makeSigner(name: string, pkcs8: string): Signer {
  const privateKey = createPrivateKey(pkcs8)
  return { ...makeVerifier(name, createPublicKey(privateKey)), privateKey }
}

/** Reads a C2SP verifier key `name+id+base64`; undefined where it is none. */
export function readVerifier(key: string): Verifier | undefined {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(key.trim())
  const tagged = match === null ? undefined : strictBase64(match[3] as string)
  if (match === null || tagged?.length !== 33 || tagged[0] !== ed25519) return undefined
  const der = Buffer.concat([spkiHeader, tagged.subarray(1)])
  const verifier = makeVerifier(match[1] as string, createPublicKey({ key: der, format: 'der', type: 'spki' }))
  return verifier.id === match[2] ? verifier : undefined
}

/** Signs a text that ends with a newline: text, empty line, `— name base64(key id, signature)`. */
export function signText(text: string, signer: Signer): string {
  const signature = Buffer.concat([Buffer.from(signer.id, 'hex'), sign(null, Buffer.from(text), signer.privateKey)])
  return `${text}\n— ${signer.name} ${signature.toString('base64')}\n`
}

/** The checkpoint as a signed note. */
export function signNote(head: TreeHead, signer: Signer): string {
  return signText(`${head.origin}\n${head.size}\n${head.root.toString('base64')}\n`, signer)
}

export interface SignedText {
  readonly text: string
  /** True where the given key signed exactly this text. */
  signedBy(verifier: Verifier): boolean
}

/** Reads a signed note; undefined where its form is broken. Signatures of other keys may stand beside. */
export function readSignedText(note: string): SignedText | undefined {
  const gap = note.lastIndexOf('\n\n')
  if (gap < 0 || !note.endsWith('\n') || note.length > 65_536) return undefined
  const text = note.slice(0, gap + 1)
  const signatures: { name: string; bytes: Buffer }[] = []
  for (const line of note.slice(gap + 2, -1).split('\n')) {
    const match = /^— ([^\s+]+) (\S+)$/.exec(line)
    const bytes = match === null ? undefined : strictBase64(match[2] as string)
    if (match === null || bytes === undefined || bytes.length < 5) return undefined
    signatures.push({ name: match[1] as string, bytes })
  }
  const holds = (verifier: Verifier, bytes: Buffer) =>
    bytes.length === 68 &&
    bytes.subarray(0, 4).toString('hex') === verifier.id &&
    verify(null, Buffer.from(text), verifier.publicKey, bytes.subarray(4))
  return {
    text,
    signedBy: (verifier) => signatures.some(({ name, bytes }) => name === verifier.name && holds(verifier, bytes)),
  }
}

export interface Note extends SignedText {
  readonly head: TreeHead
}

/** Reads a signed checkpoint (C2SP tlog-checkpoint); undefined where its form is broken. */
export function readNote(note: string): Note | undefined {
  const signed = readSignedText(note)
  const [origin, size, root, ...more] = signed?.text.slice(0, -1).split('\n') ?? []
  if (signed === undefined || !origin || size === undefined || root === undefined || more.includes('')) return undefined
  const rootBytes = strictBase64(root)
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || rootBytes?.length !== 32) return undefined
  return { ...signed, head: { origin, size: Number(size), root: rootBytes } }
}

/** Base64 in its one canonical spelling: a flipped bit in the padding is not overlooked. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
