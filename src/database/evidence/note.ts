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
  if (match === null) return undefined
  const tagged = Buffer.from(match[3] as string, 'base64')
  if (tagged.length !== 33 || tagged[0] !== ed25519) return undefined
  const publicKey = createPublicKey({
    key: Buffer.concat([spkiHeader, tagged.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  const verifier = makeVerifier(match[1] as string, publicKey)
  return verifier.id === match[2] ? verifier : undefined
}

/** The checkpoint as a signed note: body, empty line, `— name base64(key id, signature)`. */
export function signNote(head: TreeHead, signer: Signer): string {
  const body = noteBody(head)
  const signature = Buffer.concat([Buffer.from(signer.id, 'hex'), sign(null, Buffer.from(body), signer.privateKey)])
  return `${body}\n— ${signer.name} ${signature.toString('base64')}\n`
}

function noteBody(head: TreeHead): string {
  return `${head.origin}\n${head.size}\n${head.root.toString('base64')}\n`
}

export interface Note {
  readonly head: TreeHead
  /** True where the given key signed exactly this text. */
  signedBy(verifier: Verifier): boolean
}

/** Reads a signed note; undefined where its form is broken in any byte. Notes may carry further signatures and lines. */
export function readNote(note: string): Note | undefined {
  const gap = note.lastIndexOf('\n\n')
  if (gap < 0 || !note.endsWith('\n') || note.length > 65_536) return undefined
  const body = note.slice(0, gap + 1)
  const [origin, size, root, ...more] = body.slice(0, -1).split('\n')
  if (origin === undefined || size === undefined || root === undefined) return undefined
  if (origin === '' || !/^(0|[1-9][0-9]{0,15})$/.test(size) || more.includes('')) return undefined
  const rootBytes = strictBase64(root)
  if (rootBytes?.length !== 32) return undefined
  const signatures: { name: string; bytes: Buffer }[] = []
  for (const line of note.slice(gap + 2, -1).split('\n')) {
    const match = /^— ([^\s+]+) (\S+)$/.exec(line)
    const bytes = match === null ? undefined : strictBase64(match[2] as string)
    if (match === null || bytes === undefined || bytes.length < 5) return undefined
    signatures.push({ name: match[1] as string, bytes })
  }
  return {
    head: { origin, size: Number(size), root: rootBytes },
    signedBy: (verifier) =>
      signatures.some(
        ({ name, bytes }) =>
          name === verifier.name &&
          bytes.subarray(0, 4).toString('hex') === verifier.id &&
          bytes.length === 68 &&
          verify(null, Buffer.from(body), verifier.publicKey, bytes.subarray(4)),
      ),
  }
}

/** Base64 in its one canonical spelling: a flipped bit in the padding is not overlooked. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
