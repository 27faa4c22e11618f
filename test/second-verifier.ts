/** A second, independent check of evidence packs: written from RFC 9162, RFC 8785 and C2SP alone, shares no code with Kept's. */
import { createHash, webcrypto } from 'node:crypto'

const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** MTH of RFC 9162 section 2.1.1, word for word. */
function merkleTreeHash(entries: Uint8Array[]): Buffer {
  if (entries.length === 0) return sha256()
  if (entries.length === 1) return sha256(Uint8Array.of(0), entries[0] as Uint8Array)
  const k = 2 ** (Math.ceil(Math.log2(entries.length)) - 1)
  return sha256(Uint8Array.of(1), merkleTreeHash(entries.slice(0, k)), merkleTreeHash(entries.slice(k)))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}

/** True where a pack is whole and signed by the key it names (or the given one); and continues the older checkpoint. */
export async function secondVerifier(pack: Uint8Array, key?: string, since?: string): Promise<boolean> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(pack)
    if (!text.endsWith('\n')) return false
    const lines = text.slice(0, -1).split('\n')
    const header = JSON.parse(lines[0] as string)
    for (const line of lines) if (JSON.stringify(sorted(JSON.parse(line))) !== line) return false
    if (header.kept !== 'evidence-pack/1' || Object.keys(header).length !== (header.rotations ? 6 : 5)) return false
    const entries = lines.slice(1)
    for (const [at, line] of entries.entries()) {
      const entry = JSON.parse(line)
      if (entry.index !== at || entry.controller !== header.controller) return false
    }
    const bytes = entries.map((line) => new TextEncoder().encode(line))
    const rotations: { key: string; note: string }[] = header.rotations ?? []
    const keys = [...rotations.map((rotation) => rotation.key), header.verifier]
    if (new Set(keys).size !== keys.length || (key !== undefined && !keys.includes(key))) return false
    let from = 0
    for (const [at, rotation] of rotations.entries()) {
      // The last line that a key signs names the next one; what it signed is a beginning of this log.
      const until = await signedHead(rotation.note, rotation.key, header.controller, `next ${keys[at + 1]}`)
      if (until === undefined || until.size < from || until.size > bytes.length) return false
      if (merkleTreeHash(bytes.slice(0, until.size)).toString('base64') !== until.root) return false
      from = until.size
    }
    const head = await signedHead(header.checkpoint, header.verifier, header.controller)
    if (head === undefined) return false
    if (head.size !== entries.length || header.size !== entries.length) return false
    if (merkleTreeHash(bytes).toString('base64') !== head.root) return false
    if (since === undefined) return true
    const older = await signedHead(since, header.verifier, header.controller)
    return (
      older !== undefined &&
      merkleTreeHash(bytes.slice(0, older.size)).toString('base64') === older.root &&
      older.size <= bytes.length
    )
  } catch {
    return false
  }
}

async function signedHead(
  note: string,
  key: string,
  controller: string,
  extension?: string,
): Promise<{ size: number; root: string } | undefined> {
  const [body, signature] = note.split('\n\n') as [string, string]
  const [origin, size, root, next] = body.split('\n') as [string, string, string, string | undefined]
  if (next !== extension) return undefined
  const [, name, encoded] = /^— (\S+) (\S+)\n$/.exec(signature) as unknown as [string, string, string]
  const [, keyName, keyId, publicKey] = /^([^+]+)\+([^+]+)\+(.+)$/s.exec(key) as unknown as [
    string,
    string,
    string,
    string,
  ]
  const tagged = Buffer.from(publicKey, 'base64')
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded || tagged.toString('base64') !== publicKey) return undefined
  const id = sha256(Buffer.from(`${keyName}\n`), tagged).subarray(0, 4)
  if (name !== keyName || origin !== keyName || keyName !== `kept/${encodeURIComponent(controller)}`) return undefined
  if (id.toString('hex') !== keyId || !bytes.subarray(0, 4).equals(id)) return undefined
  const imported = await webcrypto.subtle.importKey('raw', tagged.subarray(1), 'Ed25519', false, ['verify'])
  const signed = Buffer.from(`${body}\n`)
  if (!(await webcrypto.subtle.verify('Ed25519', imported, bytes.subarray(4), signed))) return undefined
  return { size: Number(size), root }
}
